import { finish, isStep, type Steps } from './steps.ts';
import type { BarMark, RawColumns } from './types.ts';

/**
 * How far `high` may fall short of open and close, as a fraction of the price, and still be rounding. The samples mix prices rounded
 * to a cent with prices of four decimals (half a cent on 50 dollars is 1e-4); none of their 22,000 bars falls short at all.
 */
const ROUNDING = 1e-4;
/** Prices of anything lie between these; a float beyond them comes from a damaged file. */
const LARGEST_PRICE = 1e15;
const SMALLEST_PRICE = 1e-12;

/** Limits on `time`: a bar starting after `begun` is later than now, one after `ended` has not closed. */
export interface NowLimits {
  begun: number;
  ended: number;
}

/** Rows of the file that make the series, in time order, with high and low where a repair changed them. */
export interface GoodBars {
  rows: number[];
  /** Row -> [high, low] after the repair. */
  widened: Map<number, [number, number]>;
  marks: BarMark[];
}

/**
 * Finds bad bars in prices as delivered (DEFINITIONS 1). `rows` are the rows to look at, oldest first; the verdict on a row uses it
 * and the rows before it only. With `candles` false only the close is looked at.
 */
export function findBadBars(raw: RawColumns, rows: readonly number[], candles: boolean, now: NowLimits): GoodBars {
  return finish(badBarSteps(raw, rows, candles, now));
}

/** `findBadBars` in steps. */
export function* badBarSteps(
  raw: RawColumns,
  rows: readonly number[],
  candles: boolean,
  now: NowLimits,
): Steps<GoodBars> {
  const good: GoodBars = { rows: [], widened: new Map(), marks: [] };
  let last = -Infinity;
  for (let index = 0; index < rows.length; index++) {
    if (isStep(index)) yield;
    const row = rows[index]!;
    const time = raw.time[row]!;
    const rule = timeRule(time, last, now) ?? priceRule(raw, row, candles);
    if (rule) {
      good.marks.push({ time, rule, effect: 'dropped' });
      continue;
    }
    if (candles && widen(raw, row, good)) good.marks.push({ time, rule: 'high-low', effect: 'repaired' });
    good.rows.push(row);
    last = time;
  }
  return good;
}

function timeRule(time: number, last: number, now: NowLimits): string | null {
  if (time > now.begun) return 'later-than-now';
  if (time > now.ended) return 'unfinished';
  if (time === last) return 'time-repeated';
  return time < last ? 'time-backwards' : null;
}

/** Whether anything can cost this much. */
export function isPrice(value: number): boolean {
  return value >= SMALLEST_PRICE && value <= LARGEST_PRICE;
}

function priceRule({ open, high, low, close }: RawColumns, row: number, candles: boolean): string | null {
  const last = close[row]!;
  const first = candles ? open![row]! : last;
  const top = candles ? high![row]! : last;
  const bottom = candles ? low![row]! : last;
  if (Number.isNaN(first) || Number.isNaN(top) || Number.isNaN(bottom) || Number.isNaN(last)) return 'price-missing';
  const largest = Math.max(Math.abs(first), Math.abs(top), Math.abs(bottom), Math.abs(last));
  if (largest > LARGEST_PRICE) return 'price-not-finite';
  const smallest = Math.min(first, top, bottom, last);
  if (smallest <= 0) return 'price-not-positive';
  return smallest < SMALLEST_PRICE ? 'price-not-finite' : null;
}

function widen(raw: RawColumns, row: number, good: GoodBars): boolean {
  const high = raw.high![row]!;
  const low = raw.low![row]!;
  const top = Math.max(raw.open![row]!, raw.close[row]!);
  const bottom = Math.min(raw.open![row]!, raw.close[row]!);
  if (high >= top * (1 - ROUNDING) && low <= bottom * (1 + ROUNDING)) return false;
  good.widened.set(row, [Math.max(high, top), Math.min(low, bottom)]);
  return true;
}
