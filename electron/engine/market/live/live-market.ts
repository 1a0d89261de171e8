import type { AsOf, Instrument, Interval, Notice, Source } from '../../../../shared/domain/index.ts';
import type { Clock } from '../../platform/index.ts';
import { asOfInstant } from '../as-of.ts';
import { noticesUpTo } from '../notices.ts';
import { emptySentence, type Staleness, stalenessOf, staleSentence } from '../resample/index.ts';
import { seriesUpTo } from '../series.ts';
import { barEnd, intradayMs, latestEndedStart } from '../sessions.ts';
import type { Correction, RemoteStore, StoredBars } from '../store/index.ts';
import { normaliseSymbol } from '../symbols/index.ts';
import type { RawColumns, Series } from '../types.ts';
import { zoneDate } from '../zones.ts';
import type { LiveBars, LiveKey } from './live-bars.ts';

const MOST_CORRECTIONS = 1000;
/** Ratios of adjClose to close that differ by less are the same. */
const SAME_FACTOR = 1e-9;

export interface LiveRef {
  symbol: string;
  source: LiveKey['source'];
  interval?: Interval | undefined;
}

/** Series and instruments of sources on the network. */
export interface LiveMarket {
  series(ref: LiveRef, asOf: AsOf | undefined, signal?: AbortSignal): Promise<Series>;
  instrument(ref: LiveRef, signal?: AbortSignal): Promise<Instrument>;
  /** What is kept, without asking the network. */
  kept(): Instrument[];
}

export const isLive = (source: Source | undefined): source is LiveKey['source'] =>
  source === 'yahoo' || source === 'stooq';

export function createLiveMarket(bars: LiveBars, store: RemoteStore, clock: Clock): LiveMarket {
  const keyOf = ({ symbol, source, interval = '1d' }: LiveRef): LiveKey => ({
    symbol: normaliseSymbol(symbol),
    source,
    interval,
  });
  return {
    async series(ref, asOf, signal) {
      const key = keyOf(ref);
      const { bars: stored, notices } = await bars.read(key, asOf, signal);
      const { currency, timezone, kind } = stored.meta;
      const { interval } = key;
      const wanted = asOf === undefined ? clock.now() : Math.min(clock.now(), asOfInstant(asOf, timezone));
      const said = noticesUpTo(stored.notices, latestTold(wanted, interval, timezone));
      const identity = { symbol: ref.symbol, source: key.source, interval, currency, timezone };
      const about = { ...identity, sourceNotices: [...said, ...notices] };
      const series = await seriesUpTo(stored.raw, about, asOf, clock.now());
      const [until, answered] = [wanted, stored.fetchedAt].map((time) => knowable(time, interval, timezone));
      const staleness = stalenessOf(series.asOf, until!, answered!, { timezone, kind });
      const corrected = correctionNotice(store.corrections(key, MOST_CORRECTIONS), series.time.at(-1)!);
      return {
        ...series,
        adjustment: isAdjusted(key, stored.raw, series) ? 'point-in-time' : 'none',
        sessionsBehind: staleness.behind,
        notices: [...series.notices, ...corrected, ...staleNotices(staleness)],
      };
    },
    async instrument(ref, signal) {
      const key = keyOf(ref);
      return instrumentOf(ref.symbol, key, (await bars.read(key, undefined, signal)).bars);
    },
    kept: () => {
      const live = store.list().filter(({ key }) => isLive(key.source as Source));
      return live.map((line) => listed(line.key as LiveKey, line));
    },
  };
}

function staleNotices({ behind, empty }: Staleness): Notice[] {
  const notice = (rule: string, sentence: string | null): Notice[] =>
    sentence === null ? [] : [{ rule, effect: 'info', bars: 0, sentence: sentence.replace(/\.$/, '') }];
  return [...notice('stale', staleSentence(behind)), ...notice('no-new-bars', emptySentence(empty))];
}

/**
 * Whether prices are adjusted: always where the source has adjusted closes, else where a split or a restatement lies in the series. One told
 * later gives the bars before it adjusted closes too, which change nothing of them.
 */
function isAdjusted({ source, interval }: LiveKey, { time, close, adjClose }: RawColumns, series: Series): boolean {
  if (!adjClose || (source === 'yahoo' && intradayMs(interval) === null)) return adjClose !== null;
  const last = series.time.at(-1)!;
  const first = adjClose[0]! / close[0]!;
  return adjClose.some((value, row) => time[row]! <= last && Math.abs(value / close[row]! / first - 1) > SAME_FACTOR);
}

/** The newest bar or event that notices may name: events of days bear a date, which is over when its day is. */
function latestTold(wanted: number, interval: Interval, timezone: string): number {
  return intradayMs(interval) === null ? latestEndedStart(wanted, '1d', timezone) : wanted - 1;
}

/** The moment up to which bars can have ended: a day's bar ends with its day, not with the bell. */
function knowable(now: number, interval: Interval, timezone: string): number {
  if (intradayMs(interval) !== null) return now;
  return barEnd(latestEndedStart(now, '1d', timezone), '1d', timezone);
}

/** What the source has changed of bars up to `last` (UTC ms) that were kept; the earlier values stay in the log of corrections. */
function correctionNotice(corrections: readonly Correction[], last: number): Notice[] {
  const shown = corrections.filter(({ time }) => time <= last);
  const newest = shown[0];
  if (!newest) return [];
  const bars = new Set(shown.map(({ time }) => time)).size;
  const when = new Date(newest.seenAt).toISOString().slice(0, 10);
  const were = bars === 1 ? '1 past bar was' : `${bars} past bars were`;
  const sentence = `${were} corrected by the source since first kept, the last time on ${when}`;
  return [{ rule: 'corrected', effect: 'info', bars, sentence }];
}

function instrumentOf(symbol: string, key: LiveKey, stored: StoredBars): Instrument {
  const closeOnly = stored.raw.open === null;
  return { ...listed(key, { ...stored, bars: stored.raw.time.length }), symbol, closeOnly };
}

function listed(key: LiveKey, line: Pick<StoredBars, 'meta' | 'first' | 'last'> & { bars: number }): Instrument {
  const { meta, first, last, bars } = line;
  const day = (time: number) => (intradayMs(key.interval) === null ? time : zoneDate(time, meta.timezone));
  const date = (time: number) => new Date(day(time)).toISOString().slice(0, 10);
  return {
    ...key,
    name: meta.name ?? key.symbol,
    currency: meta.currency,
    timezone: meta.timezone,
    closeOnly: false,
    bars,
    firstDate: date(first),
    lastDate: date(last),
    defaultAsOf: null,
  };
}
