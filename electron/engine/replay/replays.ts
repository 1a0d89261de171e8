import { setImmediate as nextTurn } from 'node:timers/promises';
import type {
  LeakageEvent,
  LeakageRequest,
  LeakageResult,
  ReplayEstimate,
  ReplayRequest,
  ReplayState,
  Reproduction,
} from '../../../shared/domain/index.ts';
import { BrainnetError, type ErrorData, toErrorData } from '../../../shared/errors.ts';
import type { Logger } from '../platform/index.ts';
import type { Convnext } from '../vision/index.ts';
import { testLeakage } from './leakage/leakage.ts';
import { type Plan, type PlanDeps, planReplay, toldInstruments } from './plan.ts';
import { emptyState, ended, estimateOf, progressed } from './replay-state.ts';
import type { StoredReplay } from './replay-store.ts';
import { type ReproduceDeps, reproduce } from './reproduce/reproduce.ts';
import { type WalkDeps, walk } from './walk.ts';

export interface ReplaysDeps extends WalkDeps, Omit<PlanDeps, 'market'>, Omit<ReproduceDeps, 'journal' | 'outcomes'> {
  log: Logger;
}

export interface Replays {
  /**
   * Starts a replay and tells its newest state to the end; it goes on when the reader leaves. The same bars, settings and network make
   * the same replay: one that was cut short goes on, one that is done is told as it is.
   * @throws REPLAY_RUNNING, REPLAY_CHANGED, UNKNOWN_REPLAY, UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT, CLOSING
   */
  start(request: ReplayRequest, signal?: AbortSignal): AsyncGenerator<ReplayState>;
  /** The newest state whenever it changes, to the end. @throws UNKNOWN_REPLAY */
  follow(id: string, signal?: AbortSignal): AsyncGenerator<ReplayState>;
  /** @throws as `start` */
  estimate(request: ReplayRequest): Promise<ReplayEstimate>;
  /** Newest first. */
  list(): ReplayState[];
  /** False where it is not under way. */
  cancel(id: string): boolean;
  /** Removes a replay with its decisions, outcomes and setups, and says how many decisions. @throws UNKNOWN_REPLAY, REPLAY_RUNNING */
  remove(id: string): Promise<number>;
  /** Makes a stored decision again and names the first thing that differs. @throws UNKNOWN_DECISION */
  reproduce(id: string): Promise<Reproduction>;
  /** Whether the judge knows the past it is shown; ended when the reader leaves. @throws as planning a replay */
  testLeakage(request: LeakageRequest, signal?: AbortSignal): AsyncGenerator<LeakageEvent>;
  /** Newest first. */
  leakageTests(): LeakageResult[];
  close(): Promise<void>;
}

/** Decisions removed in one transaction. */
const REMOVED_TOGETHER = 100;
const PARALLEL = 4;

interface Active {
  id: string | null;
  state: ReplayState | null;
  abort: AbortController;
  work: Promise<void>;
}

/** The replays of an engine, one under way at a time. */
export function createReplays(deps: ReplaysDeps): Replays {
  let active: Active | null = null;
  let closing = false;
  const waiting = new Set<() => void>();
  const changed = () => {
    for (const wake of [...waiting]) wake();
  };
  const known = (id: string): StoredReplay => {
    const stored = deps.store.get(id);
    if (!stored) throw new BrainnetError('UNKNOWN_REPLAY', { id });
    return stored;
  };
  const stateOf = (id: string): ReplayState => (active?.id === id && active.state) || known(id).state;

  async function* follow(id: string, signal?: AbortSignal): AsyncGenerator<ReplayState> {
    let seen: ReplayState | null = null;
    while (!signal?.aborted) {
      const running = active?.id === id;
      const state = stateOf(id);
      if (running && state === seen) await nextChange(waiting, signal);
      else if (seen !== null && seen.status !== 'running') return;
      else {
        seen = state;
        yield state;
      }
      if (!running && seen) return;
    }
  }

  async function begin(request: ReplayRequest): Promise<string> {
    if (closing) throw new BrainnetError('CLOSING');
    if (active) throw new BrainnetError('REPLAY_RUNNING', { id: active.id ?? 'being prepared' });
    const own: Active = { id: null, state: null, abort: new AbortController(), work: Promise.resolve() };
    active = own;
    const leave = () => {
      if (active === own) active = null;
      changed();
    };
    try {
      const prepared = await prepare(deps, request, known, own.abort.signal);
      const { state } = prepared.stored;
      if (state.status === 'done') return state.id;
      own.id = state.id;
      const tell = (state: ReplayState) => {
        own.state = state;
        changed();
      };
      own.work = perform(deps, prepared, request.parallel ?? PARALLEL, own.abort.signal, tell).finally(leave);
      return state.id;
    } finally {
      if (own.id === null) leave();
    }
  }

  return {
    async *start(request, signal) {
      yield* follow(await begin(request), signal);
    },
    follow,
    async estimate(request) {
      const network = await deps.convnext();
      const plan = await planReplay(deps, request, network, new AbortController().signal);
      const there = deps.store.get(plan.id);
      return estimateOf(plan, deps.store.list(), there?.state ?? null);
    },
    list: () => deps.store.list().map(({ id }) => stateOf(id)),
    cancel(id) {
      if (active?.id !== id) return false;
      active.abort.abort();
      return true;
    },
    async remove(id) {
      const stored = known(id);
      if (active?.id === id) throw new BrainnetError('REPLAY_RUNNING', { id });
      deps.store.save({ ...stored, state: { ...stored.state, status: 'removing' } });
      return removeReplay(deps, id);
    },
    reproduce: (id) => reproduce(deps, id),
    testLeakage: (request, signal) => testLeakage(deps, request, signal),
    leakageTests: () => deps.store.tests(),
    async close() {
      closing = true;
      active?.abort.abort();
      await active?.work;
    },
  };
}

interface Prepared {
  plan: Plan;
  network: Convnext;
  stored: StoredReplay;
}

async function prepare(
  deps: ReplaysDeps,
  request: ReplayRequest,
  known: (id: string) => StoredReplay,
  signal: AbortSignal,
): Promise<Prepared> {
  const before = request.resume === undefined ? null : known(request.resume);
  const network = await deps.convnext();
  const meant = before ? { ...before.state.request, resume: undefined } : request;
  const plan = await planReplay(deps, meant, network, signal, before?.settings);
  if (before && before.state.id !== plan.id)
    throw new BrainnetError('REPLAY_CHANGED', { id: before.state.id, what: 'bars, network or version' });
  const there = deps.store.get(plan.id);
  if (there?.state.status === 'removing') throw new BrainnetError('UNKNOWN_REPLAY', { id: plan.id });
  if (there) return { plan, network, stored: there };
  const state = emptyState(plan, meant, toldInstruments(plan), deps.clock.now());
  return { plan, network, stored: { state, settings: plan.settings, cursor: null } };
}

async function perform(
  deps: ReplaysDeps,
  { plan, network, stored: before }: Prepared,
  parallel: number,
  signal: AbortSignal,
  tell: (state: ReplayState) => void,
): Promise<void> {
  const began = { at: deps.clock.now(), done: before.state.done };
  let stored: StoredReplay = { ...before, state: { ...before.state, status: 'running', endedAt: null, error: null } };
  const onStored = (next: StoredReplay) => {
    stored = next;
    tell(progressed(next.state, began, deps.clock.now()));
  };
  const end = (status: ReplayState['status'], error: ErrorData | null) => {
    const rated = progressed(stored.state, began, deps.clock.now());
    stored = { ...stored, state: ended(rated, status, error, deps.clock.now()) };
    try {
      deps.store.save(stored);
    } catch (failure) {
      deps.log.error({ err: failure }, 'the end of a replay was not stored');
    }
    tell(stored.state);
  };
  try {
    deps.store.save(stored);
    tell(stored.state);
    await walk(deps, { plan, network, parallel, signal, stored, onStored });
    end('done', null);
  } catch (error) {
    const data = toErrorData(signal.aborted ? new BrainnetError('CANCELLED') : error);
    if (data.code === 'INTERNAL') deps.log.error({ err: error }, 'a replay failed');
    if (data.code === 'CANCELLED') end('cancelled', null);
    else end('failed', data);
  }
}

async function removeReplay({ store, memory, together }: ReplaysDeps, id: string): Promise<number> {
  let removed = 0;
  for (;;) {
    const ids = store.decisionsOf(id, REMOVED_TOGETHER);
    if (ids.length === 0) break;
    together(() => {
      memory.forget(ids);
      store.removeDecisions(ids);
    });
    removed += ids.length;
    await nextTurn();
  }
  store.drop(id);
  return removed;
}

function nextChange(waiting: Set<() => void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      waiting.delete(done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    waiting.add(done);
    signal?.addEventListener('abort', done, { once: true });
  });
}
