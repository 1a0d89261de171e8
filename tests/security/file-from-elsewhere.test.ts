import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Engine } from '../../electron/engine/index.ts';
import { isFromHere } from '../../electron/hosts/server/auth.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import type { Client } from '../../shared/contract/index.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { bearer, testServer } from '../support/transports.ts';

/** An address of this machine that is not loopback; asking loopback from it looks as asking from another machine does. */
const outer = Object.values(os.networkInterfaces())
  .flatMap((each) => each ?? [])
  .find(({ family, internal }) => family === 'IPv4' && !internal)?.address;
const REFUSED = 'The input is not valid: a file can be named only on the machine where the engine runs.';

describe('the file of a model', () => {
  const file = path.join(temporaryFolder('own'), 'none.gguf');
  let engine: Engine;
  let server: RunningServer;
  beforeAll(async () => {
    engine = await testEngine({ env: { BRAINNET_LOG: 'silent' } });
    server = await testServer(engine.router);
  });
  afterAll(async () => {
    await server.close();
    await engine.close();
  });

  const byHttp = (localAddress: string, body: object) =>
    new Promise<{ message?: string }>((resolve, reject) => {
      const text = JSON.stringify(body);
      const headers = { ...bearer(server), 'content-type': 'application/json', 'content-length': text.length };
      const options = { port: server.port, host: '127.0.0.1', localAddress, method: 'POST', headers };
      const request = http.request({ ...options, path: '/api/models/files/use' }, async (response) => {
        resolve(JSON.parse(Buffer.concat(await response.toArray()).toString()));
      });
      request.once('error', reject).end(text);
    });
  const bySocket = async (localAddress: string, body: { path: string }) => {
    const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { headers: bearer(server), localAddress });
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    const client: Client = createORPCClient(new RPCLink({ websocket: socket }));
    const answer = await client.models.files.use(body).catch((error: Error) => error);
    socket.close();
    return answer as { message?: string };
  };

  it('is named on this machine, whichever door is used', async () => {
    for (const ask of [byHttp, bySocket])
      expect((await ask('127.0.0.1', { path: file })).message).toContain('none.gguf');
  });

  it.skipIf(outer === undefined)('is not named from another one, which learns nothing of the disk', async () => {
    for (const ask of [byHttp, bySocket]) {
      expect((await ask(outer!, { path: file })).message).toBe(REFUSED);
      expect((await ask(outer!, { path: '/etc/passwd' })).message).toBe(REFUSED);
    }
    expect(await byHttp(outer!, { path: null })).toMatchObject({ inUse: null });
  });

  it.each([
    ['127.0.0.1', '127.0.0.1', true],
    ['::1', '::1', true],
    ['::ffff:127.0.0.1', '::ffff:127.0.0.1', true],
    ['192.0.2.7', '192.0.2.7', true],
    ['::ffff:192.0.2.7', '192.0.2.7', true],
    ['192.0.2.8', '192.0.2.7', false],
    ['fe80::1', 'fe80::2', false],
    [undefined, '127.0.0.1', false],
  ])('asked for from %s at %s: here %s', (remoteAddress, localAddress, isHere) => {
    expect(isFromHere({ remoteAddress, localAddress })).toBe(isHere);
  });
});
