import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  AnalyzeRequest,
  Decision,
  RunEvent,
  RunItem,
  RunState,
  Settings,
  Stage,
} from '../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../shared/errors.ts';
import { type Journal, summarize } from '../decision/index.ts';
import type { WatchlistStore } from '../market/index.ts';
import { diskError, type Logger, newRunId } from '../platform/index.ts';
import { type AnalyzeDeps, analyzeSymbol } from './analyze.ts';
import type { EventLog } from './event-log.ts';
import { asOfFor, type ResolvedRequest, resolveRequest } from './requests.ts';
import type { RunStore } from './run-store.ts';

export interface RunsDeps extends AnalyzeDeps {
  journal: Journal;
  runStore: RunStore;
  watchlists: WatchlistStore;
  settings: () => Settings;
  events: EventLog;
  log: Logger;
}

export interface Runs {
  /** Queues a run and returns its state at once. @throws UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT, CLOSING, DISK_FULL */
  start(request: AnalyzeRequest, listener?: (event: RunEvent) => void): RunState;
  /** False where the run had ended. @throws UNKNOWN_RUN */
  cancel(id: string): boolean;
  /** Newest first, running ones and stored ones. */
  list(): RunState[];
  close(): Promise<void>;
}

interface ActiveRun {
  state: RunState;
  request: ResolvedRequest;
  abort: AbortController;
  listener: (event: RunEvent) => void;
  holds: number;
  beganMs: number;
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
    if (!trySave(deps, run.state)) unsaved.set(run.state.id, run.state);
    active.delete(run.state.id);
  };
  return {
    start(request, listener = () => {}) {
      if (closing) throw new BrainnetError('CLOSING');
      if (active.size > MOST_QUEUED) throw new BrainnetError('RATE_LIMITED');
      const resolved = resolveRequest(request, deps.watchlists, deps.settings());
      const run = newRun(deps, request, resolved, listener, active.size > 0);
      save(deps, run);
      active.set(run.state.id, run);
      publish(deps, run);
      queue = queue.then(() => work(run));
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

function newRun(
  deps: RunsDeps,
  request: AnalyzeRequest,
  resolved: ResolvedRequest,
  listener: ActiveRun['listener'],
  behindAnother: boolean,
): ActiveRun {
  const items = resolved.refs.map((ref): RunItem => {
    const nothing = { stage: null, decisionId: null, action: null, confidence: null, error: null };
    return { symbol: ref.symbol, source: ref.source ?? null, status: 'waiting', ...nothing };
  });
  const startedAt = new Date(deps.clock.now()).toISOString();
  const counts = { done: 0, failed: 0, total: items.length, ratePerSecond: null, leftMs: null };
  const state: RunState = {
    id: newRunId(),
    title: resolved.title,
    status: behindAnother ? 'queued' : 'running',
    startedAt,
    endedAt: null,
    request,
    items,
    ...counts,
  };
  return { state, request: resolved, abort: new AbortController(), listener, holds: 0, beganMs: 0 };
}

/** Stops a run at its next step; one that still waits for its turn ends at once. */
function abort(deps: RunsDeps, run: ActiveRun): void {
  run.abort.abort();
  if (run.state.status === 'queued') finish(deps, run);
}

async function perform(deps: RunsDeps, run: ActiveRun): Promise<void> {
  if (run.state.endedAt !== null) return;
  run.beganMs = deps.clock.now();
  run.state = { ...run.state, status: 'running' };
  for (let index = 0; index < run.state.items.length; index++) {
    if (run.abort.signal.aborted) break;
    await nextTurn();
    await performItem(deps, run, index);
  }
  finish(deps, run);
}

async function performItem(deps: RunsDeps, run: ActiveRun, index: number): Promise<void> {
  const ref = run.request.refs[index]!;
  const onStage = (stage: Stage) => report(deps, run, index, stage);
  try {
    const { settings, allowStale } = run.request;
    const asOf = await asOfFor(deps.market, ref, run.request.asOf, run.abort.signal);
    const decision = await analyzeSymbol(deps, {
      runId: run.state.id,
      ref,
      asOf,
      settings,
      allowStale,
      signal: run.abort.signal,
      onStage,
    });
    store(deps, run, index, decision);
  } catch (error) {
    fail(deps, run, index, error);
  }
}

function report(deps: RunsDeps, run: ActiveRun, index: number, stage: Stage): void {
  setItem(run, index, { status: 'running', stage });
  const { symbol, source } = run.state.items[index]!;
  const { id: runId, done, total, leftMs } = run.state;
  run.listener({ type: 'progress', runId, symbol, source, stage, done, total, leftMs });
  publish(deps, run);
}

function store(deps: RunsDeps, run: ActiveRun, index: number, decision: Decision): void {
  deps.journal.add(decision);
  const { id: decisionId, action, source, confidence } = decision;
  setItem(run, index, { status: 'done', stage: null, source, decisionId, action, confidence: confidence.value });
  advance(deps, run);
  if (action === 'hold') run.holds += 1;
  run.listener({ type: 'decision', runId: run.state.id, decision });
  deps.events.publish({ type: 'decision', decision: summarize(decision) });
  publish(deps, run);
}

function fail(deps: RunsDeps, run: ActiveRun, index: number, error: unknown): void {
  const data = toErrorData(error);
  if (data.code === 'CANCELLED') {
    setItem(run, index, { status: 'cancelled', stage: null });
    return;
  }
  if (data.code === 'INTERNAL') deps.log.error({ err: error }, 'analysis failed');
  setItem(run, index, { status: 'failed', stage: null, error: data });
  advance(deps, run);
  const { symbol, source } = run.state.items[index]!;
  run.listener({ type: 'failure', runId: run.state.id, symbol, source, error: data });
  publish(deps, run);
}

function finish(deps: RunsDeps, run: ActiveRun): void {
  const waiting = (item: RunItem) => item.status === 'waiting' || item.status === 'running';
  const items = run.state.items.map((item) => (waiting(item) ? { ...item, status: 'cancelled' as const } : item));
  const cancelled = items.some((item) => item.status === 'cancelled');
  const endedAt = new Date(deps.clock.now()).toISOString();
  run.state = { ...run.state, items, status: cancelled ? 'cancelled' : 'done', endedAt, leftMs: null };
  const { id: runId, status, total, failed } = run.state;
  const decided = items.filter((item) => item.status === 'done').length;
  const holdShare = decided > 0 ? run.holds / decided : null;
  const elapsedMs = run.beganMs === 0 ? 0 : deps.clock.now() - run.beganMs;
  run.listener({ type: 'end', runId, status, decided, failed, total, holds: run.holds, holdShare, elapsedMs });
  publish(deps, run);
}

function setItem(run: ActiveRun, index: number, change: Partial<RunItem>): void {
  const items = run.state.items.with(index, { ...run.state.items[index]!, ...change });
  run.state = { ...run.state, items };
}

function advance(deps: RunsDeps, run: ActiveRun): void {
  const { items, total } = run.state;
  const done = items.filter((item) => item.status === 'done').length;
  const failed = items.filter((item) => item.status === 'failed').length;
  const finished = done + failed;
  const elapsed = Math.max(1, deps.clock.now() - run.beganMs);
  const ratePerSecond = (1000 * finished) / elapsed;
  run.state = { ...run.state, done, failed, ratePerSecond, leftMs: ((total - finished) * elapsed) / finished };
}

const publish = (deps: RunsDeps, run: ActiveRun): void => deps.events.publish({ type: 'run', run: run.state });

function trySave(deps: RunsDeps, state: RunState): boolean {
  try {
    deps.runStore.save(state);
    return true;
  } catch (error) {
    deps.log.error({ err: error }, 'the end of a run was not stored');
    return false;
  }
}

function save(deps: RunsDeps, run: ActiveRun): void {
  try {
    deps.runStore.save(run.state);
  } catch (error) {
    throw diskError(error, 'the run');
  }
}
