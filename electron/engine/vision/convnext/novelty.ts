import type { Novelty } from '../../../../shared/domain/index.ts';
import type { Reference } from './reference.ts';

/** Training windows of which this share lies nearer, in percent: a window beyond is unlike them (DEFINITIONS 4). */
const FLAGGED_ABOVE = 99;

/**
 * How far a window lies from what the network was trained on. `distance` is the length of its embedding's first principal
 * components, each over its scale among the training windows (nearly Mahalanobis), `percentile` the share of training windows
 * that lie nearer. A window with fewer than half the distinct closes, or with a larger step beside its median step, than one
 * training window in 10,000 is at percentile 100: min-max scaling leaves the network half blind to both.
 * @param x the window as the network reads it
 * @param projected the embedding's projection
 */
export function noveltyOf(x: Float64Array, projected: Float32Array, { novelty }: Reference): Novelty {
  const distance = Math.sqrt(novelty.scales.reduce((sum, scale, i) => sum + (projected[i]! / scale) ** 2, 0));
  const { fewestDistinctCloses, largestStep } = novelty.limits;
  const outside = new Set(x).size < fewestDistinctCloses || largestOverMedianStep(x) > largestStep;
  const percentile = outside ? 100 : percentileOf(distance, novelty.quantiles);
  return { distance, percentile, flagged: percentile > FLAGGED_ABOVE };
}

/** Infinite where most steps are zero; not a number for a constant window, which has no distinct closes either. */
function largestOverMedianStep(x: Float64Array): number {
  const steps = x.subarray(1).map((value, i) => Math.abs(value - x[i]!));
  steps.sort();
  const middle = steps.length >> 1;
  const median = steps.length % 2 === 1 ? steps[middle]! : (steps[middle - 1]! + steps[middle]!) / 2;
  return steps.at(-1)! / median;
}

/** Linear between the stated quantiles, which rise. */
function percentileOf(distance: number, quantiles: readonly number[]): number {
  const above = quantiles.findIndex((quantile) => quantile > distance);
  if (above === -1) return 100;
  if (above === 0) return 0;
  const [low, high] = [quantiles[above - 1]!, quantiles[above]!];
  return (100 * (above - 1 + (distance - low) / (high - low))) / (quantiles.length - 1);
}
