import type { ModelJob } from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import { type Clock, type Logger, nextChange } from '../../platform/index.ts';

type Stage = ModelJob['stage'];

export interface JobWork {
  signal: AbortSignal;
  report(stage: Stage, done: number): void;
  note(sentence: string): void;
}

/** One piece of long work at a time, which goes on when those who watch it leave. */
export interface Jobs {
  /** @throws MODEL_FILE_BUSY, CLOSING */
  start(kind: ModelJob['kind'], total: number, work: (job: JobWork) => Promise<void>): Promise<void>;
  /** Ends the work and waits until it has ended; false where none is under way. */
  stop(as: 'paused' | 'cancelled'): Promise<boolean>;
  /** @throws MODEL_FILE_BUSY */
  requireIdle(): void;
  /** Under way or the last one. */
  state(): ModelJob | null;
  /** The newest state whenever it changes, to the end of the work. */
  follow(signal?: AbortSignal): AsyncGenerator<ModelJob>;
  /** Forgets the last one. */
  clear(): void;
  close(): Promise<void>;
}

interface Stopper {
  abort: AbortController;
  as: 'paused' | 'cancelled';
}

const RATE_OVER_MS = 5000;
const BETWEEN_REPORTS_MS = 100;

export function createJobs({ clock, log }: { clock: Clock; log: Logger }): Jobs {
  let state: ModelJob | null = null;
  let work: Promise<void> = Promise.resolve();
  let stopper: Stopper | null = null;
  let closing = false;
  const waiting = new Set<() => void>();
  const set = (next: ModelJob | null) => {
    state = next;
    for (const wake of [...waiting]) wake();
  };
  const change = (changes: Partial<ModelJob>) => state && set({ ...state, ...changes });
  const isRunning = () => state?.status === 'running';
  const requireIdle = () => {
    if (isRunning()) throw busy(state);
  };
  const end = (as: Stopper['as']) => {
    if (stopper) stopper.as = as;
    stopper?.abort.abort();
  };

  return {
    start(kind, total, perform) {
      if (closing) throw new BrainnetError('CLOSING');
      requireIdle();
      const own: Stopper = { abort: new AbortController(), as: 'cancelled' };
      stopper = own;
      set(begun(kind, total));
      const meter = createMeter(clock, total);
      const report: JobWork['report'] = (stage, done) => {
        const figures = meter(stage, done);
        if (figures) change({ stage, done, ...figures });
      };
      work = perform({ signal: own.abort.signal, report, note: (note) => change({ note }) }).then(
        () => void change({ status: 'done', done: total, leftMs: null }),
        (error) => {
          const as = own.abort.signal.aborted ? own.as : 'failed';
          const data = as === 'failed' ? toErrorData(error) : null;
          if (data?.code === 'INTERNAL') log.error({ err: error }, 'the model file');
          change({ status: as, error: data, leftMs: null, bytesPerSecond: null });
          throw as === 'failed' ? error : new BrainnetError('CANCELLED');
        },
      );
      work.catch(() => undefined);
      return work;
    },
    requireIdle,
    async stop(as) {
      if (!isRunning()) return false;
      end(as);
      await work.catch(() => undefined);
      return true;
    },
    state: () => state,
    clear: () => set(null),
    follow: (signal) => followed(() => state, isRunning, waiting, signal),
    async close() {
      closing = true;
      end('paused');
      await work.catch(() => undefined);
    },
  };
}

async function* followed(
  state: () => ModelJob | null,
  isRunning: () => boolean,
  waiting: Set<() => void>,
  signal?: AbortSignal,
): AsyncGenerator<ModelJob> {
  let seen: ModelJob | null = null;
  while (!signal?.aborted) {
    const now = state();
    if (now && seen !== now) {
      seen = now;
      yield now;
    } else if (!isRunning()) return;
    else await nextChange(waiting, signal);
  }
}

function begun(kind: ModelJob['kind'], total: number): ModelJob {
  const stage = kind === 'download' ? 'connecting' : 'verifying';
  const nothing = { bytesPerSecond: null, leftMs: null, note: null, error: null };
  return { kind, status: 'running', stage, done: 0, total, ...nothing };
}

function busy(state: ModelJob | null): BrainnetError {
  return new BrainnetError('MODEL_FILE_BUSY', { doing: state?.kind === 'verify' ? 'verified' : 'downloaded' });
}

type Figures = Pick<ModelJob, 'bytesPerSecond' | 'leftMs'>;

/** Rate over the last seconds of a stage, and time left at it; null where it was told a moment ago. */
function createMeter(clock: Clock, total: number): (stage: Stage, done: number) => Figures | null {
  let stage: Stage | null = null;
  let marks: { at: number; done: number }[] = [];
  let told = -Infinity;
  return (now, done) => {
    const at = clock.now();
    if (stage === now && at - told < BETWEEN_REPORTS_MS && done < total) return null;
    if (stage !== now) marks = [];
    stage = now;
    told = at;
    marks = [...marks.filter((mark) => mark.at >= at - RATE_OVER_MS), { at, done }];
    const first = marks[0]!;
    if (at <= first.at || done <= first.done) return { bytesPerSecond: null, leftMs: null };
    const bytesPerSecond = (1000 * (done - first.done)) / (at - first.at);
    return { bytesPerSecond, leftMs: (1000 * (total - done)) / bytesPerSecond };
  };
}
