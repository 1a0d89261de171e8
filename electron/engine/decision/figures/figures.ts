import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Scorecard, ScorecardQuery } from '../../../../shared/domain/index.ts';
import { BrainnetError, type ErrorData } from '../../../../shared/errors.ts';
import type { Calibration } from '../calibration/index.ts';
import type { OutcomeFilter } from '../outcomes/index.ts';

/** What is asked of the thread; `asOf` in UTC ms. */
export type FigureRequest =
  | { id: number; kind: 'calibration'; filter: OutcomeFilter; asOf: number }
  | { id: number; kind: 'scorecard'; query: ScorecardQuery };

export type FigureResponse =
  | { id: number; kind: 'answer'; value: Calibration | Scorecard }
  | { id: number; kind: 'failed'; data: ErrorData; message: string };

/** Figures over many outcomes, made in a thread that reads the journal itself, so that the engine is never held up. */
export interface Figures {
  /** P(correct)'s fit on the outcomes that the filter means and that were known by `asOf` (UTC ms), in-sample and late ones left out. */
  calibration(filter: OutcomeFilter, asOf: number): Promise<Calibration>;
  scorecard(query: ScorecardQuery): Promise<Scorecard>;
  /** Starts the thread, which else starts at the first question. */
  warmUp(): void;
  close(): Promise<void>;
}

/** @param journalFile the open journal.db; the thread reads it beside its writer */
export function createFigures(journalFile: string): Figures {
  const file = new URL(`./figures-worker${extname(new URL(import.meta.url).pathname)}`, import.meta.url);
  const waiting = new Map<number, { resolve(value: Calibration | Scorecard): void; reject(error: Error): void }>();
  let worker: Worker | null = null;
  let last = 0;

  const fail = (message: string) => {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
    worker = null;
  };
  const start = (): Worker => {
    const begun = new Worker(file, { workerData: { journalFile } });
    begun.unref();
    begun.on('message', (response: FigureResponse) => {
      const asked = waiting.get(response.id);
      waiting.delete(response.id);
      if (waiting.size === 0) begun.unref();
      if (response.kind === 'answer') asked?.resolve(response.value);
      else asked?.reject(errorOf(response));
    });
    begun.on('error', (error) => fail(error.message));
    begun.on('exit', () => fail('the thread of figures has ended'));
    return begun;
  };
  const ask = <T extends Calibration | Scorecard>(request: FigureRequest): Promise<T> => {
    worker ??= start();
    worker.ref();
    const answer = new Promise<Calibration | Scorecard>((resolve, reject) => {
      waiting.set(request.id, { resolve, reject });
    });
    worker.postMessage(request);
    return answer as Promise<T>;
  };
  let closed = false;
  const open = () => {
    if (closed) throw new BrainnetError('CLOSING');
    return ++last;
  };
  return {
    calibration: async (filter, asOf) => ask<Calibration>({ id: open(), kind: 'calibration', filter, asOf }),
    scorecard: async (query) => ask<Scorecard>({ id: open(), kind: 'scorecard', query }),
    warmUp() {
      if (!closed) worker ??= start();
    },
    async close() {
      closed = true;
      await worker?.terminate();
    },
  };
}

function errorOf({ data, message }: { data: ErrorData; message: string }): Error {
  return data.code === 'INTERNAL' ? new Error(message) : new BrainnetError(data.code, data.details);
}
