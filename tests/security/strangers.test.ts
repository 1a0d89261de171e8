import http from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { LIMITS } from '../../electron/hosts/server/limits.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { testEngine } from '../support/engine.ts';
import { bearer, socketClient, testServer, tokenOf } from '../support/transports.ts';

let engine: Engine;
let server: RunningServer;
let held: Socket[];

beforeAll(async () => {
  engine = await testEngine();
});
beforeEach(async () => {
  server = await testServer(engine.router);
  held = [];
  return async () => {
    for (const socket of held) socket.destroy();
    await server.close();
  };
});
afterAll(() => engine.close());

const MANY = 300;

/** A connection that never ends its own side, once its text is on its way. */
function hold(text: string): Promise<Socket> {
  return new Promise((resolve) => {
    const socket = connect({ port: server.port, host: '127.0.0.1', allowHalfOpen: true });
    held.push(socket);
    socket.on('error', () => resolve(socket)).on('close', () => resolve(socket));
    socket.on('connect', () => socket.write(text, () => resolve(socket)));
  });
}

/** The status of a request on a connection of its own, or why there is none within a second. */
function status(path: string, headers: http.OutgoingHttpHeaders = {}): Promise<number | string> {
  return new Promise((resolve) => {
    const options = { port: server.port, host: '127.0.0.1', path, headers, agent: false };
    const sent = http.get({ ...options, signal: AbortSignal.timeout(1000) }, (response) => {
      response.resume();
      resolve(response.statusCode!);
    });
    sent.on('error', (error) => resolve(error.message));
  });
}

const connections = () => new Promise((resolve) => server.http.getConnections((_error, count) => resolve(count)));
const cookie = () => ({ cookie: `brainnet-${server.port}=${tokenOf(server)}` });
const upgradeText = () =>
  `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n';

/** Asks without the token until the allowance of strangers is used up. */
async function useUpStrangers(path = '/', headers: http.OutgoingHttpHeaders = {}): Promise<(number | string)[]> {
  const seen: (number | string)[] = [];
  for (let batch = 0; batch < 30 && !seen.includes(429); batch += 1) {
    seen.push(...(await Promise.all(Array.from({ length: 50 }, () => status(path, headers)))));
  }
  return seen;
}

describe('connections of strangers cannot keep the owner out', () => {
  const kinds: [string, () => string][] = [
    ['that ask for a socket without the token', upgradeText],
    ['that say nothing', () => ''],
    ['that stop within a request', () => `GET / HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nX: `],
  ];
  test.each(kinds)('%s and are never ended', async (_kind, text) => {
    const { client, socket } = await socketClient(server);
    await Promise.all(Array.from({ length: MANY }, () => hold(text())));
    expect(await status('/', bearer(server))).toBe(200);
    expect(await status(`/?token=${tokenOf(server)}`)).toBe(303);
    const second = await socketClient(server);
    expect(await second.client.system.snapshot()).toMatchObject({ runs: [] });
    expect(await client.system.snapshot()).toMatchObject({ runs: [] });
    socket.terminate();
    second.socket.terminate();
  });

  test('a refused upgrade is over for the server though the other side keeps its end open', async () => {
    await Promise.all(Array.from({ length: 20 }, () => hold(upgradeText())));
    await expect.poll(connections, { timeout: 4000 }).toBe(0);
  });

  test('a silent one is dropped after a while', async () => {
    await hold('');
    await expect.poll(connections, { timeout: LIMITS.strangerMs + 5000 }).toBe(0);
  });
});

describe('requests of strangers cannot use up the owner’s allowance', () => {
  test('the token link and a ticket open when strangers at the same address have used up theirs', async () => {
    const ticket = new URL(server.ticketUrl());
    expect(await useUpStrangers()).toContain(429);
    expect(await status(ticket.pathname + ticket.search)).toBe(303);
    expect(await status(`/?token=${tokenOf(server)}`)).toBe(303);
    await useUpStrangers();
    expect(await status('/?token=wrong')).toBe(429);
  });

  test('upgrades count too', async () => {
    const upgrade = { upgrade: 'websocket', connection: 'Upgrade' };
    expect(await useUpStrangers('/ws', upgrade)).toContain(429);
  });

  test('nor can addresses that are none go around it', async () => {
    expect(await useUpStrangers('*')).toContain(429);
  });

  test('a page at another port of this machine, which the cookie follows, gets no file and spends nothing', async () => {
    for (const site of ['same-site', 'cross-site']) {
      for (const [mode, dest] of [
        ['no-cors', 'empty'],
        ['no-cors', 'image'],
        ['navigate', 'iframe'],
      ]) {
        const headers = { ...cookie(), 'sec-fetch-site': site, 'sec-fetch-mode': mode, 'sec-fetch-dest': dest };
        expect([site, mode, dest, await status('/', headers)]).toEqual([site, mode, dest, 403]);
      }
    }
    const image = { ...cookie(), 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' };
    expect(await useUpStrangers('/favicon.svg', image)).toContain(429);
    expect(await status('/favicon.svg', cookie())).toBe(200);
  });

  test('its links lead to the page, on the allowance of strangers', async () => {
    const link = {
      ...cookie(),
      'sec-fetch-site': 'same-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    expect(await status('/', link)).toBe(200);
    expect(await useUpStrangers('/', link)).toContain(429);
    expect(await status('/', cookie())).toBe(200);
  });
});
