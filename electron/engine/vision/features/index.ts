import type { Features } from '../../../../shared/domain/index.ts';
import { sines } from '../scale.ts';
import { burstShare } from './burst.ts';
import { strongestCycle } from './cycle.ts';
import { persistence, trendScore } from './direction.ts';
import { summationFeatures } from './summation.ts';

/**
 * The 13 features of DEFINITIONS 3 in float64, dimensionless (`cycle_period` in bars).
 * @param x scaled window of at least 8 bars, values in [-1, 1]
 * @throws RangeError below 8 bars
 */
export function features(x: Float64Array): Features {
  if (x.length < 8) throw new RangeError(`features need at least 8 bars, not ${x.length}`);
  const s = sines(x);
  const cycle = strongestCycle(x);
  const field = summationFeatures(x, s);
  return {
    diagonal_mean: field.diagonal_mean,
    diagonal_std: field.diagonal_std,
    trend_score: trendScore(x, s),
    symmetry: field.symmetry,
    momentum: field.momentum,
    recent_strength: field.recent_strength,
    field_mean: field.field_mean,
    field_std: field.field_std,
    persistence: persistence(x, s),
    entropy: field.entropy,
    cycle_strength: cycle.strength,
    cycle_period: cycle.period,
    burst_share: burstShare(x),
  };
}
