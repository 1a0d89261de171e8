import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision, RunEvent, RunState, Settings, Stage } from '../../../shared/domain/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { contentHash, summarize } from '../decision/index.ts';
import type { Market, WatchlistStore } from '../market/index.ts';
import { type Clock, diskError, type Logger, newDecisionId } from '../platform/index.ts';
import type { Analyzer } from './analyzer.ts';
import type { EventLog } from './event-log.ts';
import type { LanguageDesk } from './language/language-desk.ts';
import { type RecorderDeps, record } from './recorder.ts';
import { asOfFor, type ResolvedRequest } from './requests.ts';
import { counted, countOf, ended, withItem } from './run-state.ts';
import type { OpenRun, RunStore } from './run-store.ts';
import { isLocal, type Settler } from './settler.ts';

export interface RunsDeps extends RecorderDeps {
  market: Market;
  analyzer: Analyzer;
  clock: Clock;
  settler: Pick<Settler, 'before' | 'idle' | 'soon'>;
  language: LanguageDesk;
  runStore: RunStore;
  watchlists: WatchlistStore;
  settings: () => Settings;
  events: EventLog;
  log: Logger;
}

/** A run that waits for its turn or is at work. */
export interface ActiveRun {
  state: RunState;
  request: ResolvedRequest;
  abort: AbortController;
  listener: (event: RunEvent) => void;
  holds: number;
  beganMs: number;
}

/** Stops a run at its next step; one that still waits for its turn ends at once. */
export function abort(deps: RunsDeps, run: ActiveRun): void {
  run.abort.abort();
  if (run.state.status === 'queued') finish(deps, run);
}

/** Analyzes what still waits in a run, one instrument after the other. */
export async function perform(deps: RunsDeps, run: ActiveRun): Promise<void> {
  if (run.state.endedAt !== null) return;
  run.beganMs = deps.clock.now();
  run.state = { ...run.state, status: 'running' };
  await deps.settler.idle();
  for (let index = 0; index < run.state.items.length; index++) {
    if (run.abort.signal.aborted) break;
    if (run.state.items[index]!.status !== 'waiting') continue;
    await nextTurn();
    await performItem(deps, run, index);
  }
  if (run.state.request.language === 'wait') await deps.language.idle(run.abort.signal);
  finish(deps, run);
}

async function performItem(deps: RunsDeps, run: ActiveRun, index: number): Promise<void> {
  const ref = run.request.refs[index]!;
  const { signal } = run.abort;
  const onStage = (stage: Stage) => report(deps, run, index, stage);
  const thread = `${run.state.id}:${index}`;
  try {
    const { settings, allowStale, experience } = run.request;
    const asOf = await asOfFor(deps.market, ref, run.request.asOf, signal);
    await deps.settler.before(ref, signal);
    const task = { ref, asOf, settings, allowStale, experience, signal, onStage };
    const { content, embedding } = await deps.analyzer.analyze(task, thread);
    const createdAt = new Date(deps.clock.now()).toISOString();
    const identity = { id: newDecisionId(), runId: run.state.id, createdAt };
    const decision: Decision = { ...identity, ...content, contentHash: contentHash(content) };
    record(deps, decision, embedding);
    store(deps, run, index, decision);
    if (run.state.request.language !== 'off')
      deps.language.follow({ decision, task: { ref, settings, allowStale: true, experience }, tell: run.listener });
  } catch (error) {
    fail(deps, run, index, diskError(error, `the decision on ${ref.symbol}`));
  }
  forget(deps, thread);
}

/** What was decided with the clock set back has its horizon in the bars at hand. */
export function settleSoon({ settler }: RunsDeps, { state }: ActiveRun): void {
  for (const { symbol, source, status } of state.items) {
    if (status === 'done' && source && isLocal(source)) settler.soon({ symbol, sources: [source] });
  }
}

function forget({ analyzer, log }: RunsDeps, thread: string): void {
  try {
    analyzer.forget(thread);
  } catch (error) {
    log.warn({ err: error }, 'checkpoints were not deleted');
  }
}

/** A run as it was begun: its instruments, clock and settings, whatever watchlist and settings have become. */
export function takenUp({ state, begun }: OpenRun, listener: ActiveRun['listener']): ActiveRun {
  const holds = state.items.filter(({ action }) => action === 'hold').length;
  const waiting: RunState = { ...state, status: 'queued', endedAt: null };
  return { state: waiting, request: begun, abort: new AbortController(), listener, holds, beganMs: 0 };
}

function report(deps: RunsDeps, run: ActiveRun, index: number, stage: Stage): void {
  run.state = withItem(run.state, index, { status: 'running', stage });
  const { symbol, source } = run.state.items[index]!;
  const { id: runId, done, total, leftMs } = run.state;
  run.listener({ type: 'progress', runId, symbol, source, stage, done, total, leftMs });
  publish(deps, run);
}

function store(deps: RunsDeps, run: ActiveRun, index: number, decision: Decision): void {
  const { id: decisionId, action, source, confidence } = decision;
  run.state = withItem(run.state, index, {
    status: 'done',
    stage: null,
    source,
    decisionId,
    action,
    confidence: confidence.value,
  });
  if (action === 'hold') run.holds += 1;
  run.listener({ type: 'decision', runId: run.state.id, decision });
  deps.events.publish({ type: 'decision', decision: summarize(decision) });
  advance(deps, run);
}

function fail(deps: RunsDeps, run: ActiveRun, index: number, error: unknown): void {
  const data = toErrorData(error);
  if (data.code === 'CANCELLED') {
    run.state = withItem(run.state, index, { status: 'cancelled', stage: null });
    return;
  }
  if (data.code === 'INTERNAL') deps.log.error({ err: error }, 'analysis failed');
  run.state = withItem(run.state, index, { status: 'failed', stage: null, error: data });
  const { symbol, source } = run.state.items[index]!;
  run.listener({ type: 'failure', runId: run.state.id, symbol, source, error: data });
  advance(deps, run);
}

/** Ends a run, and tells everyone how it came out. */
export function finish(deps: RunsDeps, run: ActiveRun): void {
  run.state = ended(run.state, new Date(deps.clock.now()).toISOString());
  const { id: runId, status, total, failed } = run.state;
  const decided = countOf(run.state, 'done');
  const holdShare = decided > 0 ? run.holds / decided : null;
  const elapsedMs = run.beganMs === 0 ? 0 : deps.clock.now() - run.beganMs;
  run.listener({ type: 'end', runId, status, decided, failed, total, holds: run.holds, holdShare, elapsedMs });
  publish(deps, run);
}

/** Counts what has ended, and tells everyone how the run stands. */
function advance(deps: RunsDeps, run: ActiveRun): void {
  run.state = counted(run.state, deps.clock.now() - run.beganMs);
  publish(deps, run);
}

export const publish = (deps: RunsDeps, run: ActiveRun): void => deps.events.publish({ type: 'run', run: run.state });

/** Stores how a run ended. False = the disk did not take it. */
export function trySave(deps: RunsDeps, state: RunState): boolean {
  try {
    deps.runStore.save(state);
    return true;
  } catch (error) {
    deps.log.error({ err: error }, 'the end of a run was not stored');
    return false;
  }
}

/** Stores a run with what it was asked, so that it can be taken up. @throws DISK_FULL, FILE_UNWRITABLE */
export function save(deps: RunsDeps, run: ActiveRun): void {
  try {
    deps.runStore.save(run.state, run.request);
  } catch (error) {
    throw diskError(error, 'the run');
  }
}
