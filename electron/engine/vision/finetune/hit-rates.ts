import { DIRECTIONS, type HeldOutBin, REGIMES, VOLATILITIES } from '../../../../shared/domain/index.ts';
import { designEffect, wilson } from '../../platform/index.ts';
import type { HeadName } from './training-set.ts';

const NAMES = { regime: REGIMES, direction: DIRECTIONS, volatility: VOLATILITIES } as const;
const BINS = 10;
/** Windows of a bin below which its own design effect is noise. */
const FEWEST = 30;
/**
 * Windows on either side of a block's border share bars, which sums within blocks do not see. Where what two windows share falls evenly from
 * all to nothing over the length of a block, block sums hold two thirds of the whole variance.
 */
const OVER_BORDERS = 1.5;

/** Which series and which block of time each row is of; a block is at least window + horizon bars long. */
export interface RowPlaces {
  series: Int32Array;
  blocks: Int32Array;
}

/**
 * How often each class was right by the probability that the new head gave it, over all rows; ten bins from 0 to 1. Rows share bars, and those
 * of one time move together, so the intervals are Wilson's of n / design effect windows. The design effect of a bin is the greatest of: its
 * own over blocks of time (raised by `OVER_BORDERS`), that of the class over all bins (as the card has them, models/training/reliability.py), and its windows over its
 * stretches, a stretch being one series in one block: overlapping windows of a stretch tell no more than one that stands alone.
 * @param probabilities `rows * classes`
 */
export function hitRates(
  head: HeadName,
  probabilities: Float64Array,
  labels: Uint8Array,
  { series, blocks }: RowPlaces,
): Record<string, HeldOutBin[]> {
  const names = NAMES[head];
  return Object.fromEntries(
    names.map((name, k) => {
      const given = Array.from(labels, (label, row) => ({
        p: probabilities[row * names.length + k]!,
        hit: label === k,
        series: series[row]!,
        block: blocks[row]!,
      }));
      const bins = Array.from({ length: BINS }, (_, bin) => given.filter(({ p }) => binAt(p) === bin));
      const whole = effectOf(bins.filter((own) => own.length >= FEWEST));
      return [name, bins.map((own, bin) => binOf(own, bin, whole))];
    }),
  );
}

interface Given {
  p: number;
  hit: boolean;
  series: number;
  block: number;
}

const binAt = (p: number): number => Math.min(BINS - 1, Math.floor(p * BINS));
const rateOf = (own: readonly Given[]): number => own.filter(({ hit }) => hit).length / own.length;

/** Design effect over bins, the residuals taken from each one's own rate. */
function effectOf(bins: readonly (readonly Given[])[]): number {
  const residuals = bins.flatMap((own) => own.map(({ hit }) => Number(hit) - rateOf(own)));
  const blocks = bins.flatMap((own) => own.map(({ block }) => block));
  return OVER_BORDERS * designEffect(residuals, blocks);
}

function binOf(own: readonly Given[], bin: number, whole: number): HeldOutBin {
  const blocks = new Set(own.map(({ block }) => block)).size;
  const bounds = { from: bin / BINS, to: (bin + 1) / BINS, n: own.length, blocks };
  if (own.length === 0) return { ...bounds, meanProbability: null, hitRate: null, low: null, high: null };
  const hitRate = rateOf(own);
  const stretches = new Set(own.map(({ series, block }) => `${series} ${block}`)).size;
  const effect = Math.max(whole, own.length >= FEWEST ? effectOf([own]) : 1, own.length / stretches);
  const [low, high] = wilson((hitRate * own.length) / effect, own.length / effect);
  const meanProbability = own.reduce((sum, { p }) => sum + p, 0) / own.length;
  return { ...bounds, meanProbability, hitRate, low, high, designEffect: effect };
}
