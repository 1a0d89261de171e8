import { gathering } from './gather.ts';
import { splitRatio } from './splits.ts';
import { finish, isStep, type Steps } from './steps.ts';
import type { BarMark, RawColumns } from './types.ts';

/**
 * Significant digits of a ratio in use. A later split or dividend divides every adjusted close, which leaves the last bits of the
 * ratios different; rounded away, they change nothing. Sources give adjusted closes with some seven digits.
 */
const RATIO_DIGITS = 9;

/** Ratios that bring each good bar to the as-of bar (the last one), in the order of the bars, to nine significant digits. */
export interface Adjustment {
  /** Multiplies prices: splits and dividends between the bar and the as-of bar; exactly 1 on the as-of bar. */
  price: Float64Array;
  /** Multiplies volume: splits only. */
  volume: Float64Array;
  marks: BarMark[];
}

/**
 * Point-in-time adjustment of DEFINITIONS 1: `adjClose / close` divided by its value at the last of `rows`. A bar without an adjusted
 * close keeps the factor of the bar before it (the first ones: the first known factor) and is marked `adj-close-missing`.
 * Null where no row has an adjusted close: prices then stay as delivered.
 *
 * The same bars give the same ratios after every adjusted close was divided by any number (but for a ratio that lies on the edge of
 * rounding, about one in ten million). A source that itself rounds what it divided delivers other ratios in the digits it lost (of
 * 3.253009 the seventh): prices then differ by as much, which nothing here can undo.
 */
export function adjustmentOf(raw: RawColumns, rows: readonly number[]): Adjustment | null {
  return finish(adjustmentSteps(raw, rows));
}

/** `adjustmentOf` in steps. */
export function* adjustmentSteps(raw: RawColumns, rows: readonly number[]): Steps<Adjustment | null> {
  if (!raw.adjClose) return null;
  const known = yield* gathering(rows, (row) => factorOf(raw, row));
  let factor = known.find((value) => !Number.isNaN(value));
  if (factor === undefined) return null;
  const marks: BarMark[] = [];
  const factors = yield* gathering(rows, (row, index) => {
    const missing = Number.isNaN(known[index]!);
    if (missing) marks.push({ time: raw.time[row]!, rule: 'adj-close-missing', effect: 'repaired' });
    else factor = known[index]!;
    return factor!;
  });
  const asOfFactor = factor;
  const price = yield* gathering(rows, (_, index) => rounded(factors[index]! / asOfFactor));
  return { price, volume: yield* volumeRatios(raw, rows, factors), marks };
}

/** adjClose / close of a row; NaN where the adjusted close is missing, not positive or absurd. */
function factorOf({ adjClose, close }: RawColumns, row: number): number {
  const factor = adjClose![row]! / close[row]!;
  return factor > 1e-12 && factor < 1e12 ? factor : Number.NaN;
}

/** A positive ratio with RATIO_DIGITS significant digits. */
function rounded(ratio: number): number {
  if (ratio === 1) return 1;
  const scale = 10 ** (RATIO_DIGITS - 1 - Math.floor(Math.log10(ratio)));
  return Math.round(ratio * scale) / scale;
}

/** A smaller jump of the factor is a dividend, never a split (the least, 5/4, has a tolerance of 2 %). */
const LEAST_SPLIT = 1.2;

function* volumeRatios(raw: RawColumns, rows: readonly number[], factors: Float64Array): Steps<Float64Array> {
  const ratios = new Float64Array(rows.length).fill(1);
  for (let index = rows.length - 2; index >= 0; index--) {
    if (isStep(index)) yield;
    const jump = factors[index + 1]! / factors[index]!;
    ratios[index] = ratios[index + 1]!;
    if (jump > 1 / LEAST_SPLIT && jump < LEAST_SPLIT) continue;
    const priceRatio = raw.close[rows[index + 1]!]! / raw.close[rows[index]!]!;
    ratios[index]! *= splitRatio(rounded(jump), priceRatio);
  }
  return ratios;
}
