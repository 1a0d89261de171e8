import { believedSplit } from '../remote/overlap.ts';
import type { RawColumns } from '../types.ts';
import type { Pair } from './overlap.ts';

/** How arriving bars stand to the kept ones, read off the bars both have. */
export interface Basis {
  /** Arriving adjusted closes divided by this are in the basis of the kept ones: a dividend or split moves all of them. */
  adjusted: number;
  /** Of each pair: by how much the source has moved the prices of that bar since it was kept; 1 = not at all. */
  scales: number[];
}

/** Adjusted closes of one source come rounded; a dividend moves the factor by far more than this. */
const FACTOR_ROUNDING = 1e-5;
/** Prices rescaled by the source are rounded again. */
export const SCALE_ROUNDING = 1e-3;
/** A move of all prices that is smaller is rounding, or corrections one by one. */
const LEAST_SCALE = 1e-4;
/** Volume of the newest bars is still being counted. */
const VOLUME_TOLERANCE = 0.02;
/** A move of all prices up to this needs no other witness: a dividend, a spin-off. */
const SMALL_SCALE = 1.25;

/** A pair whose prices can be compared: ratio of closes, and of adjClose / close, each arriving over kept. */
interface Ratios {
  price: number;
  factor: number;
  volume: number;
}

/**
 * The basis of arriving bars. Adjusted closes stand still at a split whether or not the source tells of it, but for one number for all of them;
 * raw closes move where the source divides its past before it names the split. So prices that moved alike while adjusted closes agree up to
 * that number are the same bars in another basis, not corrections. At least two bars must say so, and more than say otherwise; the move
 * must be small, the fraction of a split, or one that volume answers. The oldest bar both have stands for all before it.
 */
export function basisOf(kept: RawColumns, arriving: RawColumns, pairs: readonly Pair[]): Basis {
  const ratios = pairs.map((pair) => ratiosOf(kept, arriving, pair));
  const usable = ratios.filter(({ price, factor }) => isUsable(price) && isUsable(factor));
  const factor = factorOf(usable);
  const scale = scaleOf(usable);
  if (scale === 1) return { adjusted: factor, scales: pairs.map(() => 1) };
  const adjusted = scale * factor;
  return { adjusted, scales: ratios.map((own) => nearest(own, [1, scale, adjusted / own.factor])) };
}

function ratiosOf(kept: RawColumns, arriving: RawColumns, pair: Pair): Ratios {
  const ratio = (name: 'close' | 'adjClose' | 'volume') =>
    (arriving[name]?.[pair.arriving] ?? Number.NaN) / (kept[name]?.[pair.kept] ?? Number.NaN);
  const price = ratio('close');
  return { price, factor: arriving.adjClose && kept.adjClose ? ratio('adjClose') / price : 1, volume: ratio('volume') };
}

/** By how much `adjClose / close` of older bars moved: of the oldest bar, as the mean over the bars that agree with it. */
function factorOf(usable: readonly Ratios[]): number {
  const oldest = usable[0]?.factor;
  if (oldest === undefined || alike(oldest, 1, FACTOR_ROUNDING)) return 1;
  return mean(usable.map(({ factor }) => factor).filter((factor) => alike(factor, oldest, FACTOR_ROUNDING)));
}

/** By how much the oldest bar's prices were moved with others'; 1 where they were not, or it cannot be told from a correction. */
function scaleOf(usable: readonly Ratios[]): number {
  const oldest = usable[0];
  if (!oldest || alike(oldest.price, 1, LEAST_SCALE)) return 1;
  const tolerance = Math.min(SCALE_ROUNDING, Math.abs(oldest.price - 1) / 4);
  const agreeing = usable.filter((own) => alike(own.price * own.factor, oldest.price * oldest.factor, tolerance));
  const otherwise = usable.filter((own) => alike(own.price * own.factor, oldest.factor, tolerance));
  if (agreeing.length < 2 || agreeing.length <= otherwise.length) return 1;
  const moved = agreeing.filter(({ price }) => alike(price, oldest.price, tolerance));
  const scale = mean(moved.map(({ price }) => price));
  const split = believedSplit(scale, SCALE_ROUNDING);
  if (split) return split;
  return Math.max(scale, 1 / scale) <= SMALL_SCALE || isAnswered(scale, moved) ? scale : 1;
}

/** True where volume moved the other way, as at a split. */
function isAnswered(scale: number, moved: readonly Ratios[]): boolean {
  const volumes = moved.map(({ volume }) => volume).filter(isUsable);
  return (
    volumes.length > 0 && alike(volumes.toSorted((a, b) => a - b)[volumes.length >> 1]! * scale, 1, VOLUME_TOLERANCE)
  );
}

/** The one of `scales` that explains most of a bar's move. */
function nearest({ price }: Ratios, scales: readonly number[]): number {
  if (!isUsable(price)) return scales[1]!;
  const distance = (scale: number) => (isUsable(scale) ? Math.abs(Math.log(price / scale)) : Infinity);
  const best = scales.reduce((found, scale) => (distance(scale) < distance(found) ? scale : found));
  return alike(best, 1, FACTOR_ROUNDING) ? 1 : best;
}

export function alike(a: number, b: number, tolerance: number): boolean {
  return Math.abs(a / b - 1) <= tolerance;
}

function isUsable(ratio: number): boolean {
  return Number.isFinite(ratio) && ratio > 0;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
