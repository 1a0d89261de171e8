import type { Notice } from '../../../shared/domain/index.ts';
import { lengthOf, type Timeframe } from './resample/timeframes.ts';
import { DAY } from './sessions.ts';

/**
 * Longer than markets close of themselves: six sessions (Golden Week, the Chinese New Year; New York four in September 2001), a share
 * that a regulator suspends ten. Bars that stop for longer are missing, or nothing could be traded, as Moscow's shares for four weeks of 2022:
 * what lies before and behind such a stop is no one stretch of prices either way.
 */
const HOLE_DAYS = 21;
/** Rule of the notice on holes. */
export const HOLE = 'hole';
/** Share of bars missing above which a window or a horizon is not one stretch of bars (the 5 % of DEFINITIONS 1). */
const MOST_MISSING = 0.05;
const DAYS_OF_WEEKDAYS = 7 / 5;
const DAYS_OF_MONTH = 365.25 / 12;

interface Bars {
  time: Float64Array;
  interval: Timeframe;
}

/** Where bars stop for three weeks or longer. */
export interface Hole {
  /** Start of the last bar before it and of the first behind it, UTC ms. */
  from: number;
  to: number;
  /** Bars that are missing; of intraday ones their days. */
  missing: number;
}

/** Holes between bars `first` and `last` (indices), oldest first. */
export function holesIn({ time, interval }: Bars, first = 0, last = time.length - 1): Hole[] {
  const holes: Hole[] = [];
  for (let i = Math.max(0, first); i < last; i++) {
    const [from, to] = [time[i]!, time[i + 1]!];
    if (to - from < HOLE_DAYS * DAY) continue;
    // Whole bars on from a start, an end or any day between: months are stamped with their last day as well as with their first
    const days = (to - from - lengthOf(interval)) / DAY;
    if (days >= HOLE_DAYS) holes.push({ from, to, missing: Math.round(days / daysOf(interval)) });
  }
  return holes;
}

/**
 * What breaks the stretch of bars `first` to `last`: its last hole, where more than 5 % of `bars` are missing in all. A window or a horizon
 * across it joins times that have nothing to do with each other.
 */
export function holeAcross(series: Bars, first: number, last: number, bars: number): Hole | null {
  const holes = holesIn(series, first, last);
  return missingIn(holes) > MOST_MISSING * bars ? holes.at(-1)! : null;
}

/** Holes between bars that start in [from, to], UTC ms. */
export function holesBetween(series: Bars, from: number, to: number): Hole[] {
  return holesIn(series, firstFrom(series.time, from), firstFrom(series.time, to, true) - 1);
}

export const missingIn = (holes: readonly Hole[]): number => holes.reduce((sum, { missing }) => sum + missing, 0);

/** What is said of holes: the longest by its dates; empty where there is none. */
export function holeNotices(holes: readonly Hole[]): Notice[] {
  if (holes.length === 0) return [];
  const { from, to } = holes.reduce((longest, hole) =>
    hole.to - hole.from > longest.to - longest.from ? hole : longest,
  );
  const others = holes.length - 1;
  const rest = `, nor in ${others} other ${others === 1 ? 'stretch' : 'stretches'} of three weeks or longer`;
  const sentence = `no bars between ${dateOf(from)} and ${dateOf(to)}${others > 0 ? rest : ''}`;
  return [{ rule: HOLE, effect: 'info', bars: 0, sentence }];
}

function daysOf(interval: Timeframe): number {
  if (interval === '1mo') return DAYS_OF_MONTH;
  if (interval === '1wk') return 7;
  return interval === '2d' ? 2 * DAYS_OF_WEEKDAYS : DAYS_OF_WEEKDAYS;
}

/** Index of the first value of a rising column that is at least, or more than, `value`. */
function firstFrom(rising: Float64Array, value: number, beyond = false): number {
  let [low, high] = [0, rising.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! < value || (beyond && rising[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

const dateOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
