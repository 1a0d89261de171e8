import type { AnalyzeRequest, RunEvent, RunState } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { resolveRequest } from './requests.ts';
import { initialState } from './run-state.ts';
import {
  type ActiveRun,
  abort,
  finish,
  perform,
  publish,
  type RunsDeps,
  save,
  settleSoon,
  takenUp,
  trySave,
} from './run-work.ts';

export interface Runs {
  /** Queues a run and returns its state at once. @throws UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT, CLOSING, DISK_FULL */
  start(request: AnalyzeRequest, listener?: (event: RunEvent) => void): RunState;
  /** Takes up runs that an ended engine left behind; what was decided stays, and an analysis cut short goes on where it was. */
  resume(): void;
  /** The same of the newest run that was marked as interrupted. @throws UNKNOWN_RUN where there is none, CLOSING, DISK_FULL */
  resumeInterrupted(listener: (event: RunEvent) => void): RunState;
  /** False where the run had ended. @throws UNKNOWN_RUN */
  cancel(id: string): boolean;
  /** Newest first, running ones and stored ones. */
  list(): RunState[];
  close(): Promise<void>;
}

/** Runs listed at most, and symbols in them, so that a snapshot stays small. */
const LISTED = 50;
const LISTED_ITEMS = 5000;
/** Runs that may wait behind the one at work. */
const MOST_QUEUED = 100;

/** Analyses queue behind each other; a decision is on disk before anyone hears of it. */
export function createRuns(deps: RunsDeps): Runs {
  const active = new Map<string, ActiveRun>();
  /** Ends that the disk did not take; what they say stands until the engine closes. */
  const unsaved = new Map<string, RunState>();
  let queue: Promise<void> = Promise.resolve();
  let closing = false;

  const work = async (run: ActiveRun) => {
    try {
      await perform(deps, run);
    } catch (error) {
      deps.log.error({ err: error }, 'a run ended unexpectedly');
      finish(deps, run);
    }
    settleSoon(deps, run);
    if (!trySave(deps, run.state)) unsaved.set(run.state.id, run.state);
    active.delete(run.state.id);
  };
  const enqueue = (run: ActiveRun) => {
    active.set(run.state.id, run);
    publish(deps, run);
    queue = queue.then(() => work(run));
  };
  return {
    start(request, listener = () => {}) {
      if (closing) throw new BrainnetError('CLOSING');
      if (active.size > MOST_QUEUED) throw new BrainnetError('RATE_LIMITED');
      const resolved = resolveRequest(request, deps.watchlists, deps.settings());
      const startedAt = new Date(deps.clock.now()).toISOString();
      const state = initialState(request, resolved, startedAt, active.size > 0);
      const run: ActiveRun = { state, request: resolved, abort: new AbortController(), listener, holds: 0, beganMs: 0 };
      save(deps, run);
      enqueue(run);
      return run.state;
    },
    resume() {
      for (const open of deps.runStore.open(deps.journal.ofRun)) enqueue(takenUp(open, () => {}));
    },
    resumeInterrupted(listener) {
      if (closing) throw new BrainnetError('CLOSING');
      const open = deps.runStore.interrupted(deps.journal.ofRun);
      if (!open) throw new BrainnetError('UNKNOWN_RUN', { id: 'that was interrupted' });
      const run = takenUp(open, listener);
      save(deps, run);
      enqueue(run);
      return run.state;
    },
    cancel(id) {
      const run = active.get(id);
      if (run) abort(deps, run);
      else if (!deps.runStore.get(id)) throw new BrainnetError('UNKNOWN_RUN', { id });
      return run !== undefined && run.state.status !== 'done';
    },
    list() {
      const stored = deps.runStore.newest(LISTED);
      let room = LISTED_ITEMS;
      const known = stored.map((run) => active.get(run.id)?.state ?? unsaved.get(run.id) ?? run);
      return known.filter(({ items }, index) => {
        room -= items.length;
        return index === 0 || room >= 0;
      });
    },
    async close() {
      closing = true;
      for (const run of active.values()) abort(deps, run);
      await queue;
    },
  };
}
