import { type ChildProcess, fork } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import type { FromProcess, Ready, Reply, Request, Start, ToProcess } from './messages.ts';

const LAST_WORDS = 2000;

export interface Link {
  readonly ready: Ready;
  /** @throws LLM_FAILED (the process ended), CANCELLED (at once, whatever llama.cpp is at), and what the process answers */
  ask<K extends Request['kind']>(
    request: Extract<Request, { kind: K }>,
    options?: { signal?: AbortSignal; onToken?(text: string): void },
  ): Promise<Reply[K]>;
  alive(): boolean;
  /** Of the process, for tests that end it. */
  pid: number | undefined;
  end(): Promise<void>;
}

interface Pending {
  settle(answer: Reply[keyof Reply] | BrainnetError): void;
  onToken?(text: string): void;
}

export interface LinkOptions {
  /** The load is given up after this, and the process ended. */
  limitMs: number;
  /** Ends the process, loading or not. */
  signal: AbortSignal;
  /** Is given what the process wrote to its error stream when it ends. */
  lastWords(text: string): void;
}

/**
 * Starts the process of llama.cpp and loads the file in it.
 * @throws LLM_FAILED, CLOSING
 */
export async function openLink(start: Start, { limitMs, signal, lastWords }: LinkOptions): Promise<Link> {
  if (signal.aborted) throw new BrainnetError('CLOSING');
  const child = forkProcess();
  const pending = new Map<number, Pending>();
  let next = 0;
  let problem: BrainnetError | null = null;
  let tail = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    tail = (tail + bytes.toString('utf8')).slice(-LAST_WORDS);
  });

  const ended = new Promise<void>((resolve) => {
    const gone = (why: string) => {
      if (problem) return;
      problem = new BrainnetError('LLM_FAILED', { problem: why });
      for (const { settle } of pending.values()) settle(problem);
      if (tail) lastWords(tail);
      resolve();
    };
    child.once('error', (error) => gone(`its process could not be run: ${error.message}`));
    child.once('exit', (code, signal) =>
      gone(signal ? `its process was ended by ${signal}` : `its process ended with code ${code}`),
    );
  });

  const hold = (on: boolean) => {
    for (const handle of [child, child.channel]) on ? handle?.ref() : handle?.unref();
  };
  const tell = (message: ToProcess) => {
    if (child.connected) child.send(message, () => {});
  };
  const end = async () => {
    hold(true);
    if (problem === null) child.kill('SIGKILL');
    await ended;
  };

  signal.addEventListener('abort', () => void end(), { once: true });

  const ready = new Promise<Ready>((resolve, reject) => {
    const late = setTimeout(() => {
      reject(
        new BrainnetError('LLM_FAILED', { problem: `it was not ready within ${Math.round(limitMs / 1000)} seconds` }),
      );
      void end();
    }, limitMs);
    const done = (work: () => void) => {
      clearTimeout(late);
      work();
    };
    child.on('message', (message: FromProcess) => {
      if (message.kind === 'ready') return done(() => resolve({ info: message.info, tuning: message.tuning }));
      if (message.kind === 'refused') {
        done(() => reject(errorOf(message.error)));
        return void end();
      }
      const asked = pending.get(message.id);
      if (message.kind === 'token') asked?.onToken?.(message.text);
      else asked?.settle(message.kind === 'answer' ? message.reply : errorOf(message.error));
    });
    void ended.then(() => done(() => reject(problem)));
  });
  tell({ kind: 'start', start });

  const loaded = await ready;
  hold(false);
  return {
    ready: loaded,
    pid: child.pid,
    alive: () => problem === null,
    end,
    ask<K extends Request['kind']>(
      request: Extract<Request, { kind: K }>,
      { signal, onToken }: { signal?: AbortSignal; onToken?(text: string): void } = {},
    ) {
      return new Promise<Reply[K]>((resolve, reject) => {
        if (problem) return reject(problem);
        if (signal?.aborted) return reject(new BrainnetError('CANCELLED'));
        const id = next++;
        const abort = () => {
          tell({ kind: 'abort', id });
          settle(new BrainnetError('CANCELLED'));
        };
        const settle: Pending['settle'] = (answer) => {
          pending.delete(id);
          signal?.removeEventListener('abort', abort);
          if (pending.size === 0) hold(false);
          if (answer instanceof BrainnetError) reject(answer);
          else resolve(answer as Reply[K]);
        };
        pending.set(id, { settle, onToken });
        signal?.addEventListener('abort', abort, { once: true });
        hold(true);
        tell({ kind: 'ask', id, request });
      });
    },
  };
}

/** Beside this file, bundled or not. Keys and tokens of the environment are not for it. */
function forkProcess(): ChildProcess {
  const here = import.meta.url;
  const file = fileURLToPath(new URL(`./llm-process${path.extname(fileURLToPath(here))}`, here));
  const secret = /KEY|TOKEN|SECRET|PASSWORD/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !secret.test(name)));
  return fork(file, [], {
    env: { ...env, ...(process.versions.electron ? { ELECTRON_RUN_AS_NODE: '1' } : {}) },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

const errorOf = ({ code, details }: ErrorData) => new BrainnetError(code, details);
