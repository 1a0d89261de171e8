import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { LIMITS } from '../../electron/hosts/server/limits.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { testEngine } from '../support/engine.ts';
import { bearer, testServer } from '../support/transports.ts';

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

function post(path: string, body: string, init: RequestInit = {}, type = 'application/json'): Promise<Response> {
  const headers = { ...bearer(server), 'content-type': type };
  return fetch(`http://127.0.0.1:${server.port}/api/${path}`, { method: 'POST', headers, body, ...init });
}

test('calls at once over HTTP are bounded, and streams whose readers left make room', async () => {
  const leave = new AbortController();
  const streams = await Promise.all(
    Array.from({ length: LIMITS.callsAtOnce }, () => post('system/events', '{"after":0}', { signal: leave.signal })),
  );
  expect(new Set(streams.map(({ status }) => status))).toEqual(new Set([200]));
  const refused = await post('market/series', '{"symbol":"AAPL"}');
  expect([refused.status, await refused.json()]).toMatchObject([429, { code: 'RATE_LIMITED' }]);
  leave.abort();
  await expect.poll(async () => (await post('market/series', '{"symbol":"AAPL"}')).status).toBe(200);
});

test('a body that cannot be read is INVALID_INPUT, a code of the closed list', async () => {
  const bodies: [string, string][] = [
    ['{"symbol": ', 'application/json'],
    ['nonsense', 'multipart/form-data; boundary=x'],
    ['', 'application/json'],
    ['\u0000', 'application/json'],
  ];
  for (const [body, type] of bodies) {
    const answer = await post('market/series', body, {}, type);
    expect([body, answer.status, await answer.json()]).toMatchObject([
      body,
      400,
      { defined: true, code: 'INVALID_INPUT', message: expect.stringMatching(/^The input is not valid: /) },
    ]);
  }
});
