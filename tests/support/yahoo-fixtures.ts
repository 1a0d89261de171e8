/** Answers in Yahoo's form, made here by code; nothing of a recording is in them. */

import type { RemoteSource } from '../../electron/engine/market/remote/types.ts';
import { createYahoo } from '../../electron/engine/market/yahoo/index.ts';
import type { Interval } from '../../shared/domain/index.ts';

export const seconds = (iso: string): number => Date.parse(iso) / 1000;
export const ms = (iso: string): number => Date.parse(iso);

export interface ChartParts {
  symbol?: string;
  timestamps?: unknown[];
  closes?: (number | null)[];
  quote?: Record<string, unknown>;
  adjclose?: unknown;
  meta?: Record<string, unknown>;
  regular?: [start: string, end: string];
  events?: unknown;
  error?: unknown;
}

/** A chart answer: each bar opens and closes at its close, its high 1 % above and its low 1 % below, volume 1000. */
export function chartBody(parts: ChartParts = {}): { chart: { result: Record<string, unknown>[]; error: unknown } } {
  const { timestamps = ['2020-06-01T13:30:00Z', '2020-06-02T13:30:00Z', '2020-06-03T13:30:00Z'].map(seconds) } = parts;
  const closes = parts.closes ?? timestamps.map((_, index) => 100 + index);
  const times = (factor: number) => closes.map((close) => (close === null ? null : close * factor));
  const quote = {
    ...{ open: closes, high: times(1.01), low: times(0.99), close: closes },
    ...{ volume: closes.map((close) => close && 1000), ...parts.quote },
  };
  const adjclose = parts.adjclose === undefined ? closes : parts.adjclose;
  const indicators = { quote: [quote], ...(adjclose === null ? {} : { adjclose: [{ adjclose }] }) };
  const result = { meta: metaOf(parts), timestamp: timestamps, indicators };
  return {
    chart: { result: [parts.events ? { ...result, events: parts.events } : result], error: parts.error ?? null },
  };
}

function metaOf({ symbol = 'TEST', meta, regular = ['2020-06-15T13:30:00Z', '2020-06-15T20:00:00Z'] }: ChartParts) {
  const period = (start: string, end: string) => ({
    ...{ timezone: 'EDT', gmtoffset: -14400 },
    ...{ start: seconds(start), end: seconds(end) },
  });
  return {
    ...{ currency: 'USD', symbol, exchangeName: 'NMS', fullExchangeName: 'NasdaqGS', instrumentType: 'EQUITY' },
    ...{ firstTradeDate: 345479400, regularMarketTime: seconds('2020-06-12T20:00:00Z'), gmtoffset: -14400 },
    ...{ timezone: 'EDT', exchangeTimezoneName: 'America/New_York', regularMarketPrice: 103, priceHint: 2 },
    ...{ longName: 'Test Incorporated', shortName: 'Test', dataGranularity: '1d', range: '', validRanges: ['max'] },
    currentTradingPeriod: {
      pre: period(regular[0], regular[0]),
      regular: period(...regular),
      post: period(regular[1], regular[1]),
    },
    ...meta,
  };
}

/** A fetch that always answers this body; an object goes out as JSON. */
export function answering(body: unknown, init: ResponseInit = {}): typeof fetch {
  return async () => new Response(typeof body === 'string' ? body : JSON.stringify(body), init);
}

/** Monday noon in New York, after the bars of `chartBody`. */
export const NOW = ms('2020-06-15T16:00:00Z');

/** A Yahoo that never waits between retries. */
export function yahooOver(fetchStub: typeof fetch, now = NOW, timeoutMs = 5_000): RemoteSource {
  return createYahoo({
    fetch: fetchStub,
    clock: { now: () => now },
    sleep: async () => undefined,
    random: () => 0.5,
    timeoutMs,
  });
}

/** All bars of one answer. */
export function barsOf(parts: ChartParts, options: { interval?: Interval; now?: number; from?: string } = {}) {
  const { interval = '1d', now = NOW, from = '1990-01-01' } = options;
  const granular = { ...parts, meta: { dataGranularity: interval, ...parts.meta } };
  const symbol = parts.symbol ?? 'TEST';
  return yahooOver(answering(chartBody(granular)), now).bars({ symbol, interval, from: ms(from), to: now });
}

/** Bar starts as ISO instants. */
export const starts = (raw: { time: Float64Array }): string[] =>
  Array.from(raw.time, (time) => new Date(time).toISOString());
/** Bar dates, YYYY-MM-DD. */
export const dates = (raw: { time: Float64Array }): string[] => starts(raw).map((start) => start.slice(0, 10));
