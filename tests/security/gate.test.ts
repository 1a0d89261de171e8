import http from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../electron/engine/index.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { testEngine } from '../support/engine.ts';
import { bearer, testServer, tokenOf } from '../support/transports.ts';

let engine: Engine;
let server: RunningServer;

beforeAll(async () => {
  engine = await testEngine();
  server = await testServer(engine.router);
});
afterAll(async () => {
  await server.close();
  await engine.close();
});

interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** A request whose Host and other headers are exactly those given. */
function request(path: string, headers: http.OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { port: server.port, host: '127.0.0.1', path, headers, method, agent: false },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk) => chunks.push(chunk));
        const finish = () =>
          resolve({ status: response.statusCode!, headers: response.headers, body: Buffer.concat(chunks).toString() });
        response.on('end', finish);
      },
    );
    sent.on('error', reject).end();
  });
}

/** The status a WebSocket upgrade is answered with; 101 when it opens. */
function upgrade(headers: Record<string, string>, path = '/ws'): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, { headers });
    socket.on('open', () => resolve(101)).on('open', () => socket.terminate());
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', () => {});
  });
}

const own = () => `http://127.0.0.1:${server.port}`;
const cookie = () => ({ cookie: `brainnet-${server.port}=${tokenOf(server)}` });
const otherCase = (text: string) =>
  text.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));

describe('the token', () => {
  test('nothing is served without it: not the page, not the API, not a socket', async () => {
    for (const path of ['/', '/index.html', '/assets/x.js', '/api/openapi.json', '/api/system/snapshot', '/nothing']) {
      const answer = await request(path);
      expect([path, answer.status]).toEqual([path, 401]);
      expect(answer.body).toContain('This address needs the token that the server printed when it started.');
    }
    expect(await upgrade({ origin: own() })).toBe(401);
  });

  test('a wrong one, one in another case, a part or a longer one opens nothing', async () => {
    const token = tokenOf(server);
    for (const wrong of ['', 'x', otherCase(token), token.slice(0, -1), `${token}A`]) {
      expect((await request(`/?token=${wrong}`)).status).toBe(401);
      expect((await request('/', { authorization: `Bearer ${wrong}` })).status).toBe(401);
      expect((await request('/', { cookie: `brainnet-${server.port}=${wrong}` })).status).toBe(401);
    }
    expect((await request('/', { cookie: `brainnet-1=${token}` })).status).toBe(401);
  });

  test('who asks for a page without it is shown a page that says where the new address is, and nothing of the server', async () => {
    const html = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
    const stale = { ...html, cookie: `brainnet-${server.port}=${otherCase(tokenOf(server))}` };
    for (const path of ['/', '/assets/x.js', `/?token=${otherCase(tokenOf(server))}`]) {
      const answer = await request(path, stale);
      expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 401, 'text/html; charset=utf-8']);
      expect(answer.body).toMatch(/takes a new address.*in the terminal where the server was started/s);
      expect(answer.body).not.toContain(tokenOf(server));
      expect(answer.body.toLowerCase()).not.toContain(tokenOf(server).toLowerCase());
      expect(answer.body).not.toMatch(/<script|<form|https?:/);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers['x-frame-options']).toBe('DENY');
      const nonce = /<style nonce="([^"]+)">/.exec(answer.body)![1]!;
      expect(answer.headers['content-security-policy']).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect((await request(path, stale)).body).not.toContain(nonce);
    }
    expect((await request('/', html, 'HEAD')).body).toBe('');
    expect((await request('/api/system/snapshot', html)).headers['content-type']).toMatch(/json/);
    expect((await request('/', { ...html, host: 'evil.example' })).headers['content-type']).toMatch(/text\/plain/);
    expect((await request('/', { accept: '*/*' })).headers['content-type']).toMatch(/text\/plain/);
  });

  test('has 256 bits and differs from server to server', async () => {
    const other = await testServer(engine.router);
    expect(Buffer.from(tokenOf(server), 'base64url')).toHaveLength(32);
    expect(tokenOf(other)).not.toBe(tokenOf(server));
    await other.close();
  });

  test('its link sets a cookie that scripts and other sites cannot use, and leaves the address bar', async () => {
    const answer = await request(`/?token=${tokenOf(server)}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    expect(answer.headers['set-cookie']).toEqual([
      `brainnet-${server.port}=${tokenOf(server)}; HttpOnly; SameSite=Strict; Path=/`,
    ]);
    expect((await request('/', cookie())).status).toBe(200);
    expect((await request('/', bearer(server))).status).toBe(200);
  });

  test('a ticket opens the page once', async () => {
    const url = new URL(server.ticketUrl());
    expect(url.search).not.toContain(tokenOf(server));
    expect((await request(url.pathname + url.search)).status).toBe(303);
    expect((await request(url.pathname + url.search)).status).toBe(401);
  });
});

describe('other sites', () => {
  test('a Host that is not ours is refused, token or not (DNS rebinding)', async () => {
    for (const host of ['evil.example', `evil.example:${server.port}`, '127.0.0.1', `127.0.0.1:${server.port + 1}`]) {
      expect([host, (await request('/', { ...bearer(server), host })).status]).toEqual([host, 421]);
      expect(await upgrade({ ...bearer(server), host })).toBe(421);
    }
    for (const host of [`localhost:${server.port}`, `[::1]:${server.port}`]) {
      expect((await request('/', { ...bearer(server), host })).status).toBe(200);
    }
  });

  test('an Origin that is not exactly ours is refused', async () => {
    const wrong = [
      'http://evil.example',
      'null',
      `https://127.0.0.1:${server.port}`,
      `http://localhost:${server.port}`,
      'http://127.0.0.1',
    ];
    for (const origin of wrong) {
      expect([origin, (await request('/api/system/snapshot', { ...cookie(), origin })).status]).toEqual([origin, 403]);
      expect([origin, await upgrade({ ...cookie(), origin })]).toEqual([origin, 403]);
    }
    expect((await request('/api/system/snapshot', { ...cookie(), origin: own() })).status).toBe(200);
    expect(await upgrade({ ...cookie(), origin: own() })).toBe(101);
  });

  test('a socket with the cookie but without an Origin is refused; a script brings the bearer', async () => {
    expect(await upgrade(cookie())).toBe(403);
    expect(await upgrade(bearer(server))).toBe(101);
  });

  test('fetch metadata of another site is refused at the API', async () => {
    for (const site of ['cross-site', 'same-site']) {
      expect((await request('/api/system/snapshot', { ...cookie(), 'sec-fetch-site': site })).status).toBe(403);
    }
    expect((await request('/api/system/snapshot', { ...cookie(), 'sec-fetch-site': 'same-origin' })).status).toBe(200);
  });

  test('sockets open at /ws only', async () => {
    expect(await upgrade(bearer(server), '/')).toBe(404);
    expect(await upgrade(bearer(server), '/ws/more')).toBe(404);
  });

  test('no answer invites another origin', async () => {
    const answer = await request('/api/system/snapshot', { ...bearer(server) });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    const preflight = await request('/api/system/snapshot', { origin: 'http://evil.example' }, 'OPTIONS');
    expect(preflight.status).toBe(403);
  });
});

test('every kind of answer carries the security headers', async () => {
  const paths = [
    '/',
    '/nothing',
    '/api/system/snapshot',
    '/api/openapi.json',
    '/api/nothing',
    `/?token=${tokenOf(server)}`,
  ];
  for (const headers of [{}, bearer(server)]) {
    for (const path of paths) {
      const answer = await request(path, headers);
      expect(answer.headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(answer.headers['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self'; /);
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  }
});
