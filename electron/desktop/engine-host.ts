import { type MessagePortMain, utilityProcess } from 'electron';
import type { ErrorData } from '../../shared/errors.ts';
import type { FromEngine, ToEngine } from '../hosts/engine-messages.ts';
import { createBackoff } from './backoff.ts';

export interface EngineHost {
  /** Hands the engine one end of a channel to a page; false while no engine is ready. */
  connect(port: MessagePortMain): boolean;
  /** Lets the engine close its databases; ends it after 2 s at the latest. */
  close(): Promise<void>;
}

export interface EngineHostOptions {
  entry: string;
  dataDir: string;
  /** The engine is ready, for the first time or after a crash: pages need a fresh port. */
  onReady(): void;
  /** The engine cannot run, and starting it again would not help. */
  onFailed(error: ErrorData): void;
}

const CLOSE_MS = 2000;

/** Runs the engine as a utility process; when it crashes, starts it again after a growing pause. */
export function startEngineHost({ entry, dataDir, onReady, onFailed }: EngineHostOptions): EngineHost {
  const backoff = createBackoff();
  let ready = false;
  let closing = false;
  let child = fork();

  function fork() {
    const forked = utilityProcess.fork(entry, ['--data-dir', dataDir], { serviceName: 'Brainnet engine' });
    forked.on('message', (message: FromEngine) => {
      if (message.type === 'ready') {
        ready = true;
        backoff.started();
        onReady();
      } else {
        closing = true;
        onFailed(message.error);
      }
    });
    forked.on('exit', () => {
      ready = false;
      if (closing) return;
      setTimeout(() => {
        if (!closing) child = fork();
      }, backoff.next());
    });
    return forked;
  }

  const send = (message: ToEngine, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  return {
    connect(port) {
      if (ready) send({ type: 'connect' }, [port]);
      return ready;
    },
    async close() {
      closing = true;
      const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
      const timer = setTimeout(() => child.kill(), CLOSE_MS);
      if (child.pid === undefined) child.kill();
      else send({ type: 'close' });
      await Promise.race([exited, new Promise((resolve) => setTimeout(resolve, CLOSE_MS + 500))]);
      clearTimeout(timer);
    },
  };
}
