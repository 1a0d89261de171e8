import type { FeatureName, Scores } from '../../../shared/domain/index.ts';

/** What each feature reads as (DEFINITIONS 3). */
export const MEANINGS: Record<FeatureName, string> = {
  diagonal_mean: 'Where in its range the window spent its time: mean of the diagonal',
  diagonal_std: 'Where in its range the window spent its time: spread of the diagonal',
  trend_score: 'Positive is an uptrend, negative a downtrend; from \u22121 to 1',
  symmetry: '0 looks the same read backwards; high is one-sided',
  momentum: 'Recent against historical strength; not directional',
  recent_strength: 'Pattern strength in recent bars',
  field_mean: 'Level of the field',
  field_std: 'Contrast of the field',
  persistence: 'How fast likeness fades with the lag',
  entropy: '0 is ordered, 1 is spread out',
  cycle_strength: 'Share of the strongest cycle',
  cycle_period: 'Length of the strongest cycle, in bars',
  burst_share: 'Jumps: share of movement in the largest twentieth of steps',
};

export const SCORES: Record<keyof Scores, { label: string; title: string }> = {
  trend: { label: 'TREND', title: 'Ten times the size of trend_score' },
  cycle: { label: 'CYCLE', title: 'cycle_strength between the median and the 99th percentile of random walks' },
  burst: { label: 'BURST', title: 'burst_share from 0.35 to 0.85' },
};
