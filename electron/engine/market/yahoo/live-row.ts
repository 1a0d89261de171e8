import type { Interval } from '../../../../shared/domain/index.ts';
import { isEmptyRow, type Row } from '../remote/rows.ts';
import { DAY, intradayMs } from '../sessions.ts';

/** A source that lags more than this shows no live bar any more; less than the second is no lag. */
const LONGEST_LAG = 30 * 60_000;
const LEAST_LAG = 60_000;

/**
 * Yahoo adds the running bar as a row of its own at the time of the last trade. The last row is brought onto the grid of the row
 * before it; where both are the same bar they become one: a daily bar takes the later row, a longer or shorter one the range and
 * the volume of both. Rows are in the order of time (`time` as bars have it).
 */
export function joinLiveRow(rows: readonly Row[], interval: Interval): Row[] {
  const live = rows.at(-1);
  const before = rows.at(-2);
  if (!live || !before) return [...rows];
  const time = gridTime(live.time, before.time, interval);
  if (time !== before.time) return [...rows.slice(0, -1), { ...live, time }];
  const kept = rows.slice(0, -2);
  if (isEmptyRow(live)) return [...kept, before];
  if (isEmptyRow(before) || interval === '1d') return [...kept, { ...live, time }];
  return [...kept, joined(before, live)];
}

/** Rows Yahoo may still add trades to because it lags behind the market; `lastTrade` is the newest trade it knows, UTC ms. */
export function isHeldBack(row: Row, interval: Interval, lastTrade: number, now: number): boolean {
  const length = intradayMs(interval);
  const lag = now - lastTrade;
  if (length === null || lag <= LEAST_LAG || lag > LONGEST_LAG) return false;
  return row.time + length > lastTrade && row.time + length <= now;
}

function gridTime(time: number, before: number, interval: Interval): number {
  if (interval === '1d' || interval === '1mo') return time;
  const length = intradayMs(interval) ?? 7 * DAY;
  return before + Math.floor((time - before) / length) * length;
}

function joined(bar: Row, live: Row): Row {
  const extreme = (pick: (...values: number[]) => number, a: number, b: number) =>
    Number.isNaN(a) ? b : Number.isNaN(b) ? a : pick(a, b);
  return {
    time: bar.time,
    open: Number.isNaN(bar.open) ? live.open : bar.open,
    high: extreme(Math.max, bar.high, live.high),
    low: extreme(Math.min, bar.low, live.low),
    close: Number.isNaN(live.close) ? bar.close : live.close,
    adjClose: Number.isNaN(live.adjClose) ? bar.adjClose : live.adjClose,
    volume: (bar.volume || 0) + (live.volume || 0),
  };
}
