import type { Features, Scores } from '../../../shared/domain/index.ts';

/**
 * Pattern scores, whole numbers 0 to 10 (DEFINITIONS 3). The constants are the median and the 99th percentile of
 * Gaussian random walks (cycle) and a rounding of theirs (burst).
 */
export function scores(features: Features): Scores {
  return {
    trend: Math.round(10 * Math.abs(features.trend_score)),
    cycle: Math.round(10 * share((features.cycle_strength - 0.24) / 0.41)),
    burst: Math.round(10 * share((features.burst_share - 0.35) / 0.5)),
  };
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value));
}
