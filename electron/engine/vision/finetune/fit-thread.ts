import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import type { OnFit, Training } from './train-heads.ts';
import type { HeadName, TrainingSet } from './training-set.ts';

export interface FitRequest {
  set: Omit<TrainingSet, 'block'>;
  /** Bar starts of each symbol. */
  times: Float64Array[];
  /** Window + horizon. */
  blockBars: number;
  seed: number;
}

export type FitResponse =
  | { kind: 'fit'; head: HeadName; fold: number; folds: number }
  | { kind: 'done'; training: Training }
  | { kind: 'failed'; message: string; data: ErrorData };

/**
 * Fits heads in a thread of its own, which an abort ends at once.
 * @throws TOO_FEW_WINDOWS, CANCELLED, MODEL_FAILED where the thread ends early
 */
export function fitInThread(request: FitRequest, signal: AbortSignal, onFit: OnFit): Promise<Training> {
  const file = new URL(`./fit-worker${extname(new URL(import.meta.url).pathname)}`, import.meta.url);
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(new BrainnetError('CANCELLED'));
    const worker = new Worker(file, { workerData: request });
    const settle = (work: () => void) => {
      signal.removeEventListener('abort', cancel);
      void worker.terminate();
      work();
    };
    const cancel = () => settle(() => reject(new BrainnetError('CANCELLED')));
    const failed = (problem: string) => reject(new BrainnetError('MODEL_FAILED', { problem }));
    signal.addEventListener('abort', cancel, { once: true });
    worker.on('message', (response: FitResponse) => {
      if (response.kind === 'fit') onFit(response.head, response.fold, response.folds);
      else if (response.kind === 'done') settle(() => resolve(response.training));
      else settle(() => reject(errorOf(response)));
    });
    worker.on('error', (error: Error) => settle(() => failed(error.message)));
    worker.on('exit', () => settle(() => failed('the thread that fits heads has ended')));
  });
}

function errorOf({ message, data }: { message: string; data: ErrorData }): BrainnetError {
  if (data.code === 'INTERNAL') return new BrainnetError('MODEL_FAILED', { problem: message });
  return new BrainnetError(data.code, data.details);
}
