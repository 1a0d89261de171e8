import type { RawColumns } from '../types.ts';

/** Where the same bar stands in the kept columns and in the arriving ones. */
export interface Pair {
  kept: number;
  arriving: number;
}

/** The bars both have; `time` strictly rising in both. */
export function overlapOf(kept: Float64Array, arriving: Float64Array): Pair[] {
  const pairs: Pair[] = [];
  for (let i = 0, j = 0; i < kept.length && j < arriving.length; ) {
    if (kept[i]! < arriving[j]!) i++;
    else if (kept[i]! > arriving[j]!) j++;
    else pairs.push({ kept: i++, arriving: j++ });
  }
  return pairs;
}

/** Adjusted closes of one source come rounded; a dividend moves the factor by far more than this. */
const FACTOR_ROUNDING = 1e-5;
/** Prices rescaled by the source are rounded again. */
const SCALE_ROUNDING = 1e-3;
/** Volume of the newest bars is still being counted. */
const VOLUME_TOLERANCE = 0.02;

/**
 * By how much the source moved `adjClose / close` of older bars since they were kept: read off the oldest bar both have, which stands for
 * all before it, as the mean over the bars that agree with it. Exactly 1 where it only rounded otherwise or cannot be told.
 */
export function adjCloseFactor(kept: RawColumns, arriving: RawColumns, pairs: readonly Pair[]): number {
  const ratios = pairs
    .map((pair) => factorAt(arriving, pair.arriving) / factorAt(kept, pair.kept))
    .filter((ratio) => Number.isFinite(ratio) && ratio > 0);
  const oldest = ratios[0];
  if (oldest === undefined || Math.abs(oldest - 1) <= FACTOR_ROUNDING) return 1;
  const agreeing = ratios.filter((ratio) => Math.abs(ratio / oldest - 1) <= FACTOR_ROUNDING);
  return agreeing.reduce((sum, ratio) => sum + ratio, 0) / agreeing.length;
}

function factorAt({ adjClose, close }: RawColumns, row: number): number {
  return adjClose ? adjClose[row]! / close[row]! : Number.NaN;
}

/**
 * By how much the source moved all older prices since they were kept, as one that delivers prices adjusted for splits does after a split:
 * every close both have moved by the same factor, and volumes the other way. 1 where that is not so; a price that moved alone is a correction.
 */
export function priceFactor(kept: RawColumns, arriving: RawColumns, pairs: readonly Pair[]): number {
  const ratios = pairs.map((pair) => arriving.close[pair.arriving]! / kept.close[pair.kept]!).filter(isUsable);
  const factor = middle(ratios);
  if (ratios.length < 2 || Math.abs(factor - 1) <= SCALE_ROUNDING * 10) return 1;
  if (ratios.some((ratio) => Math.abs(ratio / factor - 1) > SCALE_ROUNDING)) return 1;
  const volumes = pairs
    .map((pair) => (arriving.volume?.[pair.arriving] ?? Number.NaN) / (kept.volume?.[pair.kept] ?? Number.NaN))
    .filter(isUsable);
  return Math.abs(middle(volumes) * factor - 1) <= VOLUME_TOLERANCE ? factor : 1;
}

function isUsable(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > 0;
}

function middle(values: readonly number[]): number {
  return values.length === 0 ? Number.NaN : values.toSorted((a, b) => a - b)[values.length >> 1]!;
}
