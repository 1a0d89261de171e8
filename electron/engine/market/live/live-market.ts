import type { AsOf, Instrument, Interval, Notice, Source } from '../../../../shared/domain/index.ts';
import type { Clock } from '../../platform/index.ts';
import { asOfInstant } from '../as-of.ts';
import { sessionsBehind, staleSentence } from '../resample/index.ts';
import { buildSeries } from '../series.ts';
import { barEnd, intradayMs, latestEndedStart } from '../sessions.ts';
import type { Correction, RemoteStore, StoredBars } from '../store/index.ts';
import { normaliseSymbol } from '../symbols/index.ts';
import type { Series } from '../types.ts';
import type { LiveBars, LiveKey } from './live-bars.ts';

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
      const { meta } = stored;
      const identity = { symbol: ref.symbol, source: key.source, interval: key.interval };
      const sourceNotices = [...stored.notices, ...notices, ...correctionNotice(store.corrections(key))];
      const money = { currency: meta.currency, timezone: meta.timezone };
      const series = buildSeries(stored.raw, { ...identity, ...money, sourceNotices }, asOf, clock.now());
      const wanted = asOf === undefined ? clock.now() : Math.min(clock.now(), asOfInstant(asOf, meta.timezone));
      const until = knowable(wanted, key.interval, meta.timezone);
      const behind = sessionsBehind(series.asOf, until, { timezone: meta.timezone, kind: meta.kind });
      return { ...series, sessionsBehind: behind, notices: [...series.notices, ...staleNotice(behind)] };
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

function staleNotice(behind: number): Notice[] {
  const sentence = staleSentence(behind);
  return sentence === null ? [] : [{ rule: 'stale', effect: 'info', bars: 0, sentence: sentence.replace(/\.$/, '') }];
}

/** The moment up to which bars can have ended: a day's bar ends with its day, not with the bell. */
function knowable(now: number, interval: Interval, timezone: string): number {
  if (intradayMs(interval) !== null) return now;
  return barEnd(latestEndedStart(now, '1d', timezone), '1d', timezone);
}

/** What the source has changed of bars that were kept; the earlier values stay in the log of corrections. */
function correctionNotice(corrections: readonly Correction[]): Notice[] {
  const newest = corrections[0];
  if (!newest) return [];
  const bars = new Set(corrections.map(({ time }) => time)).size;
  const when = new Date(newest.seenAt).toISOString().slice(0, 10);
  const sentence = `${bars} past bars were corrected by the source since they were first kept, the last on ${when}`;
  return [{ rule: 'corrected', effect: 'info', bars, sentence }];
}

function instrumentOf(symbol: string, key: LiveKey, stored: StoredBars): Instrument {
  const closeOnly = stored.raw.open === null;
  return { ...listed(key, { ...stored, bars: stored.raw.time.length }), symbol, closeOnly };
}

function listed(key: LiveKey, line: Pick<StoredBars, 'meta' | 'first' | 'last'> & { bars: number }): Instrument {
  const { meta, first, last, bars } = line;
  const date = (time: number) => new Date(time).toISOString().slice(0, 10);
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
