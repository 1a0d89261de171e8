import { parseArgs } from 'node:util';
import { callErrorData } from '../../shared/contract/errors.ts';
import { createEngine, type Engine } from '../engine/index.ts';
import { createLog } from '../engine/platform/index.ts';
import type { FromEngine, ToEngine } from './engine-messages.ts';
import { type ContractPort, servePort } from './serve-port.ts';

interface ParentPort {
  on(event: 'message', listener: (event: { data: ToEngine; ports: ContractPort[] }) => void): void;
  postMessage(message: FromEngine): void;
}

/** The engine in a process of its own (Electron's utilityProcess): a crash in native inference costs no window. */
async function main(parent: ParentPort): Promise<void> {
  const { values } = parseArgs({ options: { 'data-dir': { type: 'string' } } });
  const log = createLog();
  let engine: Engine;
  try {
    engine = await createEngine({ dataDir: values['data-dir']!, log, resumeRuns: true });
  } catch (error) {
    if (callErrorData(error).code === 'INTERNAL') log.error({ err: error }, 'the engine did not start');
    parent.postMessage({ type: 'failed', error: callErrorData(error) });
    return;
  }
  parent.on('message', ({ data, ports }) => {
    if (data.type === 'connect' && ports[0]) {
      servePort(ports[0], engine.router, (error) => log.error({ err: error }, 'a call failed unexpectedly'));
    } else if (data.type === 'close') void engine.close().finally(() => process.exit(0));
  });
  parent.postMessage({ type: 'ready' });
}

await main((process as unknown as { parentPort: ParentPort }).parentPort);
