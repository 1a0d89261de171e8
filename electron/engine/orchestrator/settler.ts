import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type Decision,
  type InstrumentRef,
  type Interval,
  LOCAL_SOURCES,
  type OutcomeState,
  type SettleReport,
  type Source,
} from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Series } from '../market/index.ts';
import type { Logger } from '../platform/index.ts';
import type { EventLog } from './event-log.ts';
import { type SettleRequest, type SettlingDeps, settleDue } from './settling.ts';

export interface SettlerDeps extends SettlingDeps {
  events: Pick<EventLog, 'publish'>;
  log: Logger;
  /** Where a symbol without a source is looked for first; null = nowhere on the network. */
  liveSource: () => Source | null;
}

/** Which live decisions may be settled; what is left out does not narrow. */
export type SettleWish = Pick<SettleRequest, 'symbol' | 'interval' | 'sources' | 'barsUpTo'>;

/** Settles live decisions as bars arrive, and tells every page. */
export interface Settler {
  /** @throws CLOSING */
  settle(wish: SettleWish, signal?: AbortSignal): Promise<SettleReport>;
  /** Before an analysis: by local bars and by those of the source that the analysis asks anyway. */
  before(ref: InstrumentRef, signal: AbortSignal): Promise<void>;
  /** In the background, one wish after the other; wishes that wait are joined. */
  soon(wish: SettleWish): void;
  /** Resolves when no wish waits, so that an analysis draws on all that was due before it. */
  idle(): Promise<void>;
  /** Bars of days or longer have come from the network: settles by them soon, and asks for no others. */
  arrived(series: Pick<Series, 'symbol' | 'source' | 'interval' | 'asOf'>): void;
  /** How it stands with a decision; the bars of a local source are looked at, the network is never asked. */
  stateOf(decision: Decision): Promise<OutcomeState>;
  /** The same of many, from what is stored and was last looked at. */
  statesOf(ids: readonly string[]): OutcomeState[];
  close(): Promise<void>;
}

/** Of these, bars up to an earlier time are among the ones that have come. */
const DAY_OR_LONGER: readonly Interval[] = ['1d', '1wk', '1mo'];
/** While outcomes are settled, pages are told at most this often, ms. */
const TELL_MS = 1000;

/** Whether reading bars of a source asks nothing of the network. */
export const isLocal = (source: Source): boolean => (LOCAL_SOURCES as readonly Source[]).includes(source);

export function createSettler(deps: SettlerDeps): Settler {
  const lookedAt = new Map<string, OutcomeState>();
  const wishes = new Map<string, SettleWish>();
  const atWork = new Set<Promise<unknown>>();
  const closing = new AbortController();
  let [busy, working] = [false, Promise.resolve()];

  const perform = async (wish: SettleWish, signal: AbortSignal): Promise<SettleReport> => {
    const teller = createTeller(deps);
    const report = await settleDue(deps, {
      ...wish,
      origin: 'live',
      signal,
      onSettled: ({ decisionId }) => {
        lookedAt.delete(decisionId);
        teller.count();
      },
      onWaiting: (state) => void lookedAt.set(state.decisionId, state),
    });
    teller.tell();
    return report;
  };
  const settle = async (wish: SettleWish, signal?: AbortSignal): Promise<SettleReport> => {
    if (closing.signal.aborted) throw new BrainnetError('CLOSING');
    const work = perform(wish, signal ? AbortSignal.any([signal, closing.signal]) : closing.signal);
    atWork.add(work);
    return work.finally(() => atWork.delete(work));
  };
  const work = async () => {
    busy = true;
    await nextTurn();
    for (const [key, wish] of wishes) {
      wishes.delete(key);
      if (closing.signal.aborted) break;
      await settle(wish).catch((error) => deps.log.warn({ err: error }, 'outcomes were not settled'));
    }
    busy = false;
  };
  const stored = (decisionId: string): OutcomeState => {
    const outcome = deps.outcomes.get(decisionId);
    if (outcome) return { state: 'settled', decisionId, outcome };
    return lookedAt.get(decisionId) ?? { state: 'pending', decisionId, barsLeft: null, expected: null };
  };
  const soon = (wish: SettleWish) => {
    if (closing.signal.aborted) return;
    wishes.set(`${wish.symbol ?? ''} ${wish.interval ?? ''} ${wish.sources?.join() ?? ''}`, wish);
    if (!busy) working = work();
  };
  return {
    settle,
    soon,
    idle: () => working,
    arrived({ symbol, source, interval, asOf }) {
      if (isLocal(source) || !DAY_OR_LONGER.includes(interval)) return;
      soon({ symbol, interval, sources: [source], barsUpTo: new Date(asOf).toISOString() });
    },
    async before(ref, signal) {
      const asked = ref.source ?? deps.liveSource();
      await settle({ symbol: ref.symbol, sources: asked ? [...LOCAL_SOURCES, asked] : LOCAL_SOURCES }, signal);
    },
    async stateOf({ id, symbol, source, origin = 'live' }) {
      const known = stored(id);
      if (known.state === 'settled' || origin !== 'live' || !isLocal(source)) return known;
      await settle({ symbol, sources: [source] });
      return stored(id);
    },
    statesOf: (ids) => ids.map(stored),
    async close() {
      closing.abort();
      await Promise.allSettled(atWork);
    },
  };
}

/** Tells pages how many outcomes were settled, in the midst of many now and then. */
function createTeller({ events, clock }: Pick<SettlerDeps, 'events' | 'clock'>) {
  let [settled, toldAt] = [0, clock.now()];
  const tell = () => {
    if (settled > 0) events.publish({ type: 'outcomes', settled });
    [settled, toldAt] = [0, clock.now()];
  };
  const count = () => {
    settled++;
    if (clock.now() - toldAt >= TELL_MS) tell();
  };
  return { count, tell };
}
