import type {
  LeakageEstimate,
  LeakageEvent,
  LeakageRequest,
  LeakageResult,
  ReplayEstimate,
  ReplayRequest,
  ReplayState,
  Reproduction,
} from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { type Logger, nextChange } from '../platform/index.ts';
import type { WalkDeps } from './keep.ts';
import { estimateLeakage, type LeakageDeps, testLeakage } from './leakage/leakage.ts';
import { perform } from './perform.ts';
import { type PlanDeps, planReplay } from './plan.ts';
import { known, type PrepareDeps, prepare } from './prepare.ts';
import { liveRestingOn, removeReplay } from './remove.ts';
import { estimateOf } from './replay-state.ts';
import { type ReproduceDeps, reproduce } from './reproduce/reproduce.ts';

export interface ReplaysDeps
  extends WalkDeps,
    Omit<PlanDeps, 'market'>,
    Omit<ReproduceDeps, 'journal' | 'outcomes' | 'language'>,
    Pick<LeakageDeps, 'leakage'> {
  language: LeakageDeps['language'] & ReproduceDeps['language'];
  convnext: PrepareDeps['convnext'];
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
  /** Removes a replay with its decisions, outcomes and setups, and says how many decisions. @param force also where live decisions recalled some of it @throws UNKNOWN_REPLAY, REPLAY_RUNNING, REPLAY_NEEDED */
  remove(id: string, force?: boolean): Promise<number>;
  /** Makes a stored decision again and names the first thing that differs. @param regenerate asks the language model anew @throws UNKNOWN_DECISION, and where it is asked LLM_MISSING, LLM_FAILED, LLM_UNLOADABLE and those of a server */
  reproduce(id: string, regenerate?: boolean, signal?: AbortSignal): Promise<Reproduction>;
  /** Whether the judge knows the past it is shown; ended when the reader leaves. @throws as planning a replay */
  testLeakage(request: LeakageRequest, signal?: AbortSignal): AsyncGenerator<LeakageEvent>;
  /** What that would take. @throws as planning a replay, and of a language model that cannot be had */
  estimateLeakage(request: LeakageRequest): Promise<LeakageEstimate>;
  /** Newest first. */
  leakageTests(): LeakageResult[];
  close(): Promise<void>;
}

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
  const stateOf = (id: string): ReplayState => (active?.id === id && active.state) || known(deps, id).state;

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
      const preparing = prepare(deps, request, own.abort.signal);
      own.work = preparing.then(
        () => {},
        () => {},
      );
      const prepared = await preparing;
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
    async remove(id, force = false) {
      const stored = known(deps, id);
      const resting = force || stored.state.status === 'removing' ? 0 : await liveRestingOn(deps, id);
      if (resting > 0) throw new BrainnetError('REPLAY_NEEDED', { id, count: resting });
      if (active?.id === id) throw new BrainnetError('REPLAY_RUNNING', { id });
      deps.store.save({ ...stored, state: { ...stored.state, status: 'removing' } });
      return removeReplay(deps, id);
    },
    reproduce: (id, regenerate, signal) => reproduce(deps, id, regenerate, signal),
    testLeakage: (request, signal) => testLeakage(deps, request, signal),
    estimateLeakage: (request) => estimateLeakage(deps, request),
    leakageTests: () => deps.leakage.tests(),
    async close() {
      closing = true;
      active?.abort.abort();
      await active?.work;
    },
  };
}
