import type { AsOf, Interval, Notice } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Clock, Logger } from '../../platform/index.ts';
import { asOfInstant } from '../as-of.ts';
import type { Claim } from '../remote/checks.ts';
import { checkOverlap } from '../remote/overlap.ts';
import type { RemoteBars, RemoteSource } from '../remote/types.ts';
import { DAY, intradayMs } from '../sessions.ts';
import type { RemoteKey, RemoteStore, StoredBars } from '../store/index.ts';
import { yahooOffers } from '../yahoo/index.ts';
import { checkMoney, takesBack } from './restated.ts';

/** Bars younger than this are not asked for again, ms, nor than half of one of them; a failed ask is not repeated for as long. */
const FRESH_MS = 5 * 60_000;
const DAILY_YEARS = 20;
const YEAR = 365.25 * DAY;

export interface LiveKey {
  source: 'yahoo' | 'stooq';
  /** As `normaliseSymbol` spells it. */
  symbol: string;
  interval: Interval;
}

export interface LiveRead {
  bars: StoredBars;
  /** Why the kept bars are shown instead of new ones, one notice; empty where they are as new as the source has them. */
  notices: Notice[];
}

export interface LiveBars {
  /**
   * Bars of a source: the kept ones where they reach the as-of or are fresh, else brought up to date first; the kept ones with a notice
   * where that fails. @throws what the source throws, where nothing is kept
   */
  read(key: LiveKey, asOf: AsOf | undefined, signal?: AbortSignal): Promise<LiveRead>;
}

export interface LiveDeps {
  store: RemoteStore;
  sources: readonly RemoteSource[];
  clock: Clock;
  log?: Logger | undefined;
}

type Fetched = RemoteBars & { from: number };

interface Failure {
  at: number;
  error: BrainnetError;
}

/** A remote source in front of the bar store: only what is new is asked for, and one ask serves all who wait for it. */
export function createLiveBars({ store, sources, clock, log }: LiveDeps): LiveBars {
  const asking = new Map<string, Promise<void>>();
  const failures = new Map<string, Failure>();

  async function fetchFrom(source: RemoteSource, key: RemoteKey, from: number): Promise<Fetched[]> {
    const pieces: Fetched[] = [];
    for (const [start, end] of spans(source.name, key.interval, from, clock.now())) {
      const bars = await source.bars({ symbol: key.symbol, interval: key.interval, from: start, to: end });
      pieces.push({ ...bars, from: start });
    }
    return pieces;
  }

  async function update(source: RemoteSource, key: RemoteKey, wantedFrom: number): Promise<void> {
    const claim = { source: nameOf(source), symbol: key.symbol };
    const kept = store.read(key);
    let pieces = await fetchFrom(source, key, store.fetchFrom(key, wantedFrom));
    refuseOther(pieces, kept, claim);
    const again = kept !== null && pieces.some((piece) => takesBack(piece, kept.raw));
    if (again) {
      pieces = await fetchFrom(source, key, wantedFrom);
      refuseOther(pieces, kept, claim);
    }
    for (const piece of pieces) {
      const { problem } = store.merge(key, { ...piece, trust: again ? 'arriving' : 'kept' });
      if (problem) log?.warn({ err: problem }, 'bars are kept in memory only');
    }
    if (!store.read(key)) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol: key.symbol, where: claim.source });
  }

  /** One update at a time for each series; the first asker's signal is not shared, so that a cancel stops nobody else. */
  function updateOnce(source: RemoteSource, key: RemoteKey, wantedFrom: number): Promise<void> {
    const id = `${key.source} ${key.symbol} ${key.interval}`;
    const running = asking.get(id);
    if (running) return running;
    const work = update(source, key, wantedFrom)
      .then(
        () => void failures.delete(id),
        (error) => {
          if (error instanceof BrainnetError) failures.set(id, { at: clock.now(), error });
          throw error;
        },
      )
      .finally(() => asking.delete(id));
    asking.set(id, work);
    return work;
  }

  return {
    async read(key, asOf, signal) {
      const { source: name, symbol, interval } = key;
      const source = sources.find((candidate) => candidate.name === name);
      if (!source) throw new BrainnetError('SOURCE_UNAVAILABLE', { source: name });
      const id = `${name} ${symbol} ${interval}`;
      const kept = store.read(key);
      const wantedFrom = earliestWanted(name, interval, asOf, clock.now(), kept?.meta.timezone);
      const fresh = freshMs(interval);
      if (kept && isEnough(kept, wantedFrom, asOf, clock.now(), fresh)) return { bars: kept, notices: [] };
      const failed = failures.get(id);
      try {
        if (failed && isFresh(failed.at, clock.now(), fresh) && kept) throw failed.error;
        await unlessAborted(updateOnce(source, key, wantedFrom), signal);
        return { bars: store.read(key)!, notices: [] };
      } catch (error) {
        const before = store.read(key);
        if (!before || !(error instanceof BrainnetError) || error.code === 'CANCELLED') throw error;
        return { bars: before, notices: [keptNotice(error, before)] };
      }
    },
  };
}

/** Bars in another money or unit than the kept ones are refused. @throws SOURCE_LYING */
function refuseOther(pieces: readonly Fetched[], kept: StoredBars | null, claim: Claim): void {
  if (!kept) return;
  for (const { raw, splits, meta } of pieces) {
    checkMoney(kept, meta, claim);
    checkOverlap(raw, kept.raw, splits, claim);
  }
}

/** A moment ago; a time ahead of a clock that was set back is not. */
const isFresh = (at: number, now: number, fresh: number): boolean => now >= at && now - at < fresh;

const freshMs = (interval: Interval): number => Math.min(FRESH_MS, (intradayMs(interval) ?? Infinity) / 2);

/** True where asking again could bring nothing that the as-of may see, or was done a moment ago. */
function isEnough(kept: StoredBars, wantedFrom: number, asOf: AsOf | undefined, now: number, fresh: number): boolean {
  if (wantedFrom < kept.coveredFrom && Number.isFinite(wantedFrom)) return false;
  if (isFresh(kept.fetchedAt, now, fresh)) return true;
  if (kept.fetchedAt > now) return false;
  return asOf !== undefined && asOfInstant(asOf, kept.meta.timezone) < kept.fetchedAt;
}

/** The start of the history to have: 20 years of days, all weeks and months, what the source keeps of shorter bars. */
function earliestWanted(source: string, interval: Interval, asOf: AsOf | undefined, now: number, zone = 'UTC'): number {
  const until = asOf === undefined ? now : Math.min(now, asOfInstant(asOf, zone));
  const length = intradayMs(interval);
  const years = interval === '1d' ? DAILY_YEARS : 60;
  const day = Math.floor(until / DAY) * DAY;
  const from =
    length === null ? Math.min(day - 2 * YEAR, Math.floor(now / YEAR) * YEAR - years * YEAR) : until - 3000 * length;
  const { earliest } = source === 'yahoo' ? yahooOffers(interval, now) : { earliest: -Infinity };
  return Math.max(from, earliest);
}

/** A range in pieces that one request may span. */
function spans(source: string, interval: Interval, from: number, to: number): [number, number][] {
  const { span } = source === 'yahoo' ? yahooOffers(interval, to) : { span: Infinity };
  const pieces: [number, number][] = [];
  for (let start = from; start < to; start += span) pieces.push([start, Math.min(to, start + span)]);
  return pieces;
}

function keptNotice(error: BrainnetError, { fetchedAt }: StoredBars): Notice {
  const when = new Date(fetchedAt).toISOString().slice(0, 16).replace('T', ' ');
  const sentence = `${error.message} The bars kept since ${when} UTC are shown`;
  return { rule: 'kept-bars', effect: 'info', bars: 0, sentence };
}

const nameOf = ({ name }: RemoteSource): string => (name === 'yahoo' ? 'Yahoo' : 'Stooq');

function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const stop = () => reject(new BrainnetError('CANCELLED'));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
