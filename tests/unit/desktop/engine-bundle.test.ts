import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import { build } from 'electron-vite';
import { afterAll, expect, test } from 'vitest';
import type { Client } from '../../../shared/contract/index.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const outDir = path.join(root, 'out', `test-${process.pid}`);
afterAll(() => rmSync(outDir, { recursive: true, force: true }));

/** Gives the bundle, in a thread of plain Node, what Electron gives a utility process: `process.parentPort` with ports. */
const BRIDGE = `
  const { parentPort, workerData } = require('node:worker_threads');
  process.argv.push('--data-dir', workerData.dataDir);
  process.parentPort = {
    on: (_event, listener) => parentPort.on('message', ({ data, ports }) => listener({ data, ports: ports.map(asMain) })),
    postMessage: (message) => parentPort.postMessage(message),
  };
  const asMain = (port) => ({
    on: (event, listener) => port.on(event, (data) => listener({ data })),
    postMessage: (message) => port.postMessage(message),
    start: () => port.start(),
  });
  import(workerData.entry);
`;

test('the bundled engine process reads a window with the network, and llama.cpp judges it in its own, over a port as Electron hands it', async () => {
  await build({ root, configFile: path.join(root, 'electron.vite.config.ts'), logLevel: 'error', build: { outDir } });
  const entry = path.join(outDir, 'main', 'engine-process.js');
  const worker = new Worker(BRIDGE, { eval: true, workerData: { entry, dataDir: temporaryFolder() } });
  const told = await new Promise((resolve) => worker.once('message', resolve));
  expect(told).toEqual({ type: 'ready' });

  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ data: { type: 'connect' }, ports: [port1] }, [port1 as never]);
  const client: Client = createORPCClient(new RPCLink({ port: port2 }));
  port2.start();
  const view = await client.analysis.reading({ symbol: 'AAPL', asOf: '2010-06-30' });
  expect(view.embeddingLength).toBe(768);
  expect(Object.values(view.reading!.regime).reduce((sum, p) => sum + p)).toBeCloseTo(1, 5);

  await client.models.files.use({ path: terseModelFile() });
  const judges: string[] = [];
  const run = { symbols: [{ symbol: 'AAPL' }], asOf: '2010-06-30', language: 'wait' as const };
  for await (const event of await client.analysis.run(run)) {
    if (event.type === 'decision') judges.push(event.decision.judge);
    if (event.type === 'language') throw new Error(event.sentence);
  }
  expect(judges).toEqual(['numeric', 'llm']);
  port2.close();
  await worker.terminate();
});
