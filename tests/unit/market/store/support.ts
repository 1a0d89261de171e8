import type { RemoteMeta } from '../../../../electron/engine/market/remote/types.ts';
import type { RawColumns } from '../../../../electron/engine/market/types.ts';

export const DAY = 86_400_000;
export const KEY = { source: 'yahoo', symbol: 'AAPL', interval: '1d' } as const;
export const META: RemoteMeta = {
  symbol: 'AAPL',
  name: 'Apple Inc.',
  currency: 'USD',
  timezone: 'America/New_York',
  exchange: null,
  kind: 'equity',
};
/** Long after every bar of these tests has closed. */
export const LATER = Date.parse('2021-01-01T00:00:00Z');

/** A row of a daily series: date, close, adjusted close (null: no such column), volume; open, high and low follow the close. */
export type Row = readonly [date: string, close: number, adjClose?: number | null, volume?: number];

/** Columns of daily candles: open = close - 1, high = close + 1, low = close - 2. */
export function daily(rows: readonly Row[]): RawColumns {
  const column = (value: (row: Row) => number) => Float64Array.from(rows, value);
  const adjusted = rows.some(([, , adjClose]) => typeof adjClose === 'number');
  return {
    time: column(([date]) => Date.parse(date)),
    open: column(([, close]) => close - 1),
    high: column(([, close]) => close + 1),
    low: column(([, close]) => close - 2),
    close: column(([, close]) => close),
    adjClose: adjusted ? column(([, , adjClose]) => adjClose ?? Number.NaN) : null,
    volume: column(([, , , volume]) => volume ?? 1000),
  };
}

/** `count` daily bars from 2000-01-01 on, every day, with every value its own. */
export function manyBars(count: number, from = 0): RawColumns {
  const column = (value: (index: number) => number) => Float64Array.from({ length: count }, (_, i) => value(from + i));
  return {
    time: column((i) => Date.UTC(2000, 0, 1) + i * DAY),
    open: column((i) => 100 + i / 7),
    high: column((i) => 102 + i / 7),
    low: column((i) => 99 + i / 7),
    close: column((i) => 101 + i / 7),
    adjClose: column((i) => 50 + i / 14),
    volume: column((i) => 1e6 + i),
  };
}

/** One fetch, long after. */
export function fetched(raw: RawColumns, fetchedAt = LATER) {
  return { raw, meta: META, fetchedAt };
}

export function isoDate(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
