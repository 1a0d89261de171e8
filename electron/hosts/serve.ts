import { BrainnetError } from '../../shared/errors.ts';
import { createEngine } from '../engine/index.ts';
import { createLog, engineVersion } from '../engine/platform/index.ts';
import { pageFiles } from './page-files.ts';
import { PAGE_FOLDER } from './paths.ts';
import { isLoopback } from './server/auth.ts';
import { type RunningServer, type ServerOptions, startServer } from './server.ts';

export interface ServeOptions {
  dataDir: string;
  port: number;
  host: string;
  /** Where the port is taken, take the next free one instead of PORT_IN_USE. */
  nextFreePort?: boolean;
  development?: ServerOptions['development'];
  otherUpgrade?: ServerOptions['otherUpgrade'];
  /** Told in a sentence what the user must know. */
  warn(sentence: string): void;
}

export interface Served extends RunningServer {
  /** Resolves after Ctrl+C or SIGTERM, when everything is closed; a second one leaves at once. */
  interrupted(): Promise<void>;
}

/** An engine and its server in this process. @throws PORT_IN_USE and what `createEngine` throws */
export async function serve(options: ServeOptions): Promise<Served> {
  const { dataDir, host, warn } = options;
  const log = createLog();
  const engine = await createEngine({ dataDir, log, resumeRuns: true });
  for (const notice of engine.notices) warn(notice);
  try {
    const page = pageFiles(PAGE_FOLDER);
    const server = await openPort(options, (port) =>
      startServer({ ...options, page, port, router: engine.router, version: engineVersion(), log }),
    );
    if (!isLoopback(host)) {
      warn(
        `Listening at ${host}: whoever on the network has the address with its token can use this engine, unencrypted.`,
      );
    }
    const close = async () => {
      await server.close();
      await engine.close();
    };
    return { ...server, close, interrupted: () => untilInterrupted(close) };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

const PORTS_TRIED = 20;

async function openPort(
  { port, nextFreePort }: ServeOptions,
  open: (port: number) => Promise<RunningServer>,
): Promise<RunningServer> {
  for (let at = port; ; at += 1) {
    try {
      return await open(at);
    } catch (error) {
      const taken = error instanceof BrainnetError && error.code === 'PORT_IN_USE';
      if (!taken || !nextFreePort || at >= port + PORTS_TRIED || at >= 65_535) throw error;
    }
  }
}

function untilInterrupted(close: () => Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(130);
      stopping = true;
      close().then(resolve, reject);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
  });
}
