import { connect } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../electron/engine/index.ts';
import { LIMITS } from '../../electron/hosts/server/limits.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { testEngine } from '../support/engine.ts';
import { bearer, socketClient, testServer } from '../support/transports.ts';

let engine: Engine;
let server: RunningServer;

beforeAll(async () => {
  engine = await testEngine();
});
beforeEach(async () => {
  server = await testServer(engine.router);
  return () => server.close();
});
afterAll(() => engine.close());

const closing = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));
const code = (call: Promise<unknown>) =>
  call.then(
    () => 'answered',
    (error: { code?: string }) => error.code,
  );

test('a socket message over the limit closes the socket', async () => {
  const { socket } = await socketClient(server);
  const closed = closing(socket);
  socket.send('x'.repeat(LIMITS.messageBytes + 1));
  expect(await closed).toBe(1009);
});

test('an HTTP body over the limit, or of no stated size, is refused before it is read', async () => {
  const head = (lines: string[]) =>
    [
      'POST /api/market/importBars HTTP/1.1',
      `Host: 127.0.0.1:${server.port}`,
      `Authorization: ${bearer(server).authorization}`,
      ...lines,
      '',
      '',
    ].join('\r\n');
  const answer = (text: string) =>
    new Promise<string>((resolve) => {
      const socket = connect(server.port, '127.0.0.1', () => socket.write(text));
      socket.once('data', (data) => resolve(data.toString()));
      socket.on('error', () => {});
    });
  expect(await answer(head([`Content-Length: ${LIMITS.messageBytes + 1}`]))).toMatch(
    /^HTTP\/1.1 413 [\s\S]*"code":"TOO_LARGE"/,
  );
  expect(await answer(head(['Transfer-Encoding: chunked']))).toMatch(/^HTTP\/1.1 411 /);
});

test('a flood over a socket is answered RATE_LIMITED, then closed; another socket does not notice', async () => {
  const quiet = await socketClient(server);
  const { client, socket } = await socketClient(server);
  const closed = closing(socket);
  const calls = Array.from({ length: LIMITS.burst + LIMITS.patience + 500 }, () => code(client.market.watchlists()));
  expect(await closed).toBe(1008);
  const codes = await Promise.all(calls);
  expect(codes.filter((each) => each === 'answered').length).toBeLessThanOrEqual(LIMITS.burst + LIMITS.perSecond * 10);
  expect(await code(quiet.client.market.watchlists())).toBe('answered');
});

test('a flood of strangers over HTTP is answered 429, and the owner of the token does not notice', async () => {
  const statuses: number[] = [];
  for (let batch = 0; batch < 20 && !statuses.includes(429); batch += 1) {
    const some = Array.from({ length: 50 }, () => fetch(`http://127.0.0.1:${server.port}/`).catch(() => null));
    for (const response of await Promise.all(some)) if (response) statuses.push(response.status);
  }
  expect(statuses).toContain(429);
  expect((await fetch(`http://127.0.0.1:${server.port}/`, { headers: bearer(server) })).status).toBe(200);
});

test('calls at once are bounded, and a stream that ended makes room', async () => {
  const { client } = await socketClient(server);
  const leave = new AbortController();
  for (let at = 0; at < LIMITS.callsAtOnce; at += 1) {
    await client.system.events({ after: 0 }, { signal: leave.signal });
  }
  expect(await code(client.market.watchlists())).toBe('RATE_LIMITED');
  leave.abort();
  await expect.poll(() => code(client.market.watchlists())).toBe('answered');
});

test('sockets are bounded', async () => {
  const sockets = await Promise.all(Array.from({ length: LIMITS.sockets }, () => socketClient(server)));
  const status = await new Promise((resolve) => {
    const one = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { headers: bearer(server) });
    one.on('unexpected-response', (_request, response) => resolve(response.statusCode)).on('error', () => {});
    one.on('open', () => resolve(101));
  });
  expect(status).toBe(503);
  for (const { socket } of sockets) socket.terminate();
});

test('a reader that does not read is dropped once its backlog is over the bound', async () => {
  const { client, socket } = await socketClient(server);
  const closed = closing(socket);
  socket.pause();
  const ask = () => Array.from({ length: 40 }, () => code(client.market.series({ symbol: '^GSPC' })));
  const calls: Promise<string | undefined>[] = [];
  await expect
    .poll(
      () => {
        if (calls.length < 400) calls.push(...ask());
        return new Promise((resolve) => server.http.getConnections((_error, count) => resolve(count)));
      },
      { timeout: 30_000, interval: 250 },
    )
    .toBe(0);
  socket.resume();
  expect(await closed).toBe(1006);
  expect(await Promise.all(calls)).not.toContain('INTERNAL');
});

test('closing waits for no connection: neither an idle one nor one that something else upgraded', async () => {
  const other = await testServer(engine.router, { otherUpgrade: () => true });
  const open = (text: string) =>
    new Promise<void>((resolve) => {
      const socket = connect(other.port, '127.0.0.1', () => socket.write(text, () => resolve()));
      socket.on('error', () => {});
    });
  await open('');
  await open(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${other.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n`);
  expect(await other.close()).toBeUndefined();
});
