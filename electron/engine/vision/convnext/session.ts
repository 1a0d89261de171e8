import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import type { Weights } from './card.ts';
import type { Device, Provider } from './providers.ts';
import { forbidTelemetry } from './telemetry.ts';

export interface Start {
  modelFile: string;
  weights: Weights;
  device: Device;
  threads: number;
  windowBars: number;
}

export type Request = { kind: 'run'; windows: Float64Array } | { kind: 'close' };

interface RawAnswer {
  /** 11 a window. */
  logits: Float32Array;
  embeddings: Float32Array;
  /** Time in the network alone. */
  ms: number;
}

export type Response =
  | { kind: 'ready'; provider: Provider; fallback: string | null }
  | ({ kind: 'answer' } & RawAnswer)
  | { kind: 'failed'; message: string; data: ErrorData | null };

export interface Session {
  provider: Provider;
  fallback: string | null;
  /** Scaled windows one after another, read as one batch. Calls queue. @throws MODEL_FAILED */
  run(windows: Float64Array): Promise<RawAnswer>;
  /** False once its thread has ended, for whatever reason. */
  alive(): boolean;
  /** Ends after what is queued. */
  close(): Promise<void>;
}

/**
 * Loads the network in a thread of its own, since a run of ONNX Runtime holds the thread that calls it (50 ms and more
 * on a slow machine). The file's SHA-256 is checked before it is used.
 * @throws MODEL_MISSING, MODEL_DAMAGED, MODEL_FAILED
 */
export async function openSession(start: Start): Promise<Session> {
  const file = new URL(`./session-worker${extname(new URL(import.meta.url).pathname)}`, import.meta.url);
  forbidTelemetry();
  const worker = new Worker(file, { workerData: start });
  const ready = await reply(worker);
  if (ready.kind !== 'ready') throw new Error('the network thread answered out of turn');
  worker.unref();
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.on('error', () => {}); // a thread that dies between runs: the next run says so
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  return {
    provider: ready.provider,
    fallback: ready.fallback,
    run(windows) {
      if (closing) return Promise.reject(new BrainnetError('MODEL_FAILED', { problem: 'it has been closed' }));
      const result = last.then(() => exchange(worker, windows));
      last = result.catch(() => {});
      return result;
    },
    alive: () => closing === undefined && worker.threadId !== -1,
    close() {
      closing ??= last.then(() => (worker.threadId === -1 ? ended : end(worker, ended)));
      return closing;
    },
  };
}

async function exchange(worker: Worker, windows: Float64Array): Promise<RawAnswer> {
  if (worker.threadId === -1) throw new BrainnetError('MODEL_FAILED', { problem: 'its thread has ended' });
  const answer = reply(worker);
  worker.ref();
  worker.postMessage({ kind: 'run', windows } satisfies Request);
  try {
    const response = await answer;
    if (response.kind !== 'answer') throw new Error('the network thread answered out of turn');
    return response;
  } finally {
    worker.unref();
  }
}

/** The thread's next word; one request is under way at a time. */
function reply(worker: Worker): Promise<Response> {
  return new Promise((resolve, reject) => {
    const failed = (problem: string) => new BrainnetError('MODEL_FAILED', { problem });
    const settle = (work: () => void) => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      work();
    };
    const onMessage = (response: Response) =>
      settle(() => (response.kind === 'failed' ? reject(errorOf(response)) : resolve(response)));
    const onError = (error: Error) => settle(() => reject(failed(error.message)));
    const onExit = () => settle(() => reject(failed('its thread has ended')));
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
  });
}

function errorOf({ message, data }: { message: string; data: ErrorData | null }): BrainnetError {
  if (!data || data.code === 'INTERNAL') return new BrainnetError('MODEL_FAILED', { problem: message });
  return new BrainnetError(data.code, data.details);
}

function end(worker: Worker, ended: Promise<void>): Promise<void> {
  worker.ref();
  worker.postMessage({ kind: 'close' } satisfies Request);
  return ended;
}
