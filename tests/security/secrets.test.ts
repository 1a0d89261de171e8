import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import pino from 'pino';
import { expect, test } from 'vitest';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { bearer, socketClient, testServer, tokenOf } from '../support/transports.ts';

test('the log never holds the token, whatever is asked and however it is brought', async () => {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  const engine = await testEngine();
  const server = await testServer(engine.router, { log: pino({ level: 'trace' }, sink) });
  const token = tokenOf(server);
  await fetch(server.url, { redirect: 'manual' });
  await fetch(`http://127.0.0.1:${server.port}/nothing?token=${token}`, { headers: bearer(server) });
  await fetch(`http://127.0.0.1:${server.port}/`, { headers: { cookie: `brainnet-${server.port}=${token}` } });
  const { client, socket } = await socketClient(server);
  await client.market.watchlists();
  socket.terminate();
  await server.close();
  await engine.close();
  expect(lines.length).toBeGreaterThan(2);
  expect(lines.join('')).not.toContain(token);
});

test('the server command prints the token once, on stdout only', async () => {
  const args = ['electron/hosts/cli/brainnet.js', 'server', '--port', '0', '--data-dir', temporaryFolder()];
  const child = spawn(process.execPath, args, { env: { ...process.env, BRAINNET_LOG: 'trace' } });
  let out = '';
  let err = '';
  child.stdout.on('data', (data) => {
    out += data;
  });
  child.stderr.on('data', (data) => {
    err += data;
  });
  const url = await new Promise<string>((resolve) => createInterface({ input: child.stdout }).once('line', resolve));
  await fetch(url, { redirect: 'manual' });
  const token = new URL(url).searchParams.get('token')!;
  const ended = new Promise((resolve) => child.once('close', resolve));
  child.kill('SIGINT');
  expect(await ended).toBe(0);
  expect(out.split(token)).toHaveLength(2);
  expect(err).not.toContain(token);
});
