import type { DecisionSummary, Interval, SeriesView } from '../../../shared/domain/index.ts';
import { barTime } from '../../format/index.ts';
import { intradayMs, isIntraday } from '../../workspace/clock.ts';

/** Bars as drawn: those known at the clock, then those revealed, in prices of the clock's bar. */
export interface Bars {
  interval: Interval;
  labels: string[];
  time: number[];
  open: number[] | null;
  high: number[] | null;
  low: number[] | null;
  close: number[];
  volume: number[] | null;
  /** Number of bars known at the clock. */
  known: number;
}

function tail(
  known: readonly number[] | null,
  later: readonly number[] | null,
  from: number,
  factor: number,
): number[] | null {
  if (!known) return null;
  if (!later) return [...known];
  return [...known, ...later.slice(from).map((value) => value * factor)];
}

/**
 * Puts the bars after the clock behind the known ones. `later` is adjusted to a later bar, so its prices are brought back to
 * those of the clock's bar by the ratio of the two closes there, its volumes by the ratio of the two volumes.
 */
export function joinBars(known: SeriesView, later: SeriesView | undefined): Bars {
  const last = known.time.length - 1;
  const at = later ? later.time.indexOf(known.time[last] ?? Number.NaN) : -1;
  const factor = later && at >= 0 ? (known.close[last] ?? 1) / (later.close[at] ?? 1) : 1;
  const ratio = later && at >= 0 ? (known.volume?.[last] ?? 1) / (later.volume?.[at] || 1) : 1;
  const from = at >= 0 ? at + 1 : Number.MAX_SAFE_INTEGER;
  const time = tail(known.time, later?.time ?? null, from, 1) ?? [];
  const intraday = isIntraday(known.interval);
  return {
    interval: known.interval,
    labels: time.map((value) => barTime(value, intraday)),
    time,
    open: tail(known.open, later?.open ?? null, from, factor),
    high: tail(known.high, later?.high ?? null, from, factor),
    low: tail(known.low, later?.low ?? null, from, factor),
    close: tail(known.close, later?.close ?? null, from, factor) ?? [],
    volume: tail(known.volume, later?.volume ?? null, from, ratio),
    known: known.time.length,
  };
}

/** The bar a decision was made on, as an index; -1 where it is not among these. */
export function barOfDecision(
  bars: Bars,
  { asOf, lastBarDate }: Pick<DecisionSummary, 'asOf' | 'lastBarDate'>,
): number {
  const length = intradayMs(bars.interval);
  return indexOfTime(bars.time, length === null ? Date.parse(lastBarDate) : Date.parse(asOf) - length);
}

/** Stretches of bar starts (UTC ms) as indices; those that are not among these bars are left out. */
export const indicesOf = (
  bars: Pick<Bars, 'time'>,
  spans: readonly (readonly [number, number])[],
): (readonly [number, number])[] =>
  spans
    .map(([from, to]) => [indexOfTime(bars.time, from), indexOfTime(bars.time, to)] as const)
    .filter(([from, to]) => from >= 0 && to >= from);

/** Binary search in rising times. */
function indexOfTime(times: readonly number[], time: number): number {
  let [low, high] = [0, times.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return times[low] === time ? low : -1;
}

export const RANGES = [
  { name: '3M', days: 91 },
  { name: '6M', days: 182 },
  { name: '1Y', days: 365 },
  { name: '5Y', days: 1826 },
  { name: 'All', days: Number.POSITIVE_INFINITY },
] as const;
export type RangeName = (typeof RANGES)[number]['name'];

const DAY = 86_400_000;

/** How many of the known bars lie within a range that ends at the last of them; at least 10. */
export function spanOf(bars: Pick<Bars, 'time' | 'known'>, range: RangeName): number {
  const days = RANGES.find((one) => one.name === range)?.days ?? 365;
  const from = (bars.time[bars.known - 1] ?? 0) - days * DAY;
  const first = bars.time.findIndex((time) => time >= from);
  return Math.max(10, bars.known - Math.max(0, first));
}
