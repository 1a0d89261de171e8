import { z } from 'zod';

export const FEATURE_NAMES = [
  'diagonal_mean',
  'diagonal_std',
  'trend_score',
  'symmetry',
  'momentum',
  'recent_strength',
  'field_mean',
  'field_std',
  'persistence',
  'entropy',
  'cycle_strength',
  'cycle_period',
  'burst_share',
] as const;
export type FeatureName = (typeof FEATURE_NAMES)[number];

/** The 13 features of DEFINITIONS 3, float64, dimensionless (`cycle_period` in bars). */
export const Features = z.object(
  Object.fromEntries(FEATURE_NAMES.map((name) => [name, z.number()])) as Record<FeatureName, z.ZodNumber>,
);
export type Features = z.infer<typeof Features>;

/** Whole numbers 0 to 10. */
export const Scores = z.object({
  trend: z.int().min(0).max(10),
  cycle: z.int().min(0).max(10),
  burst: z.int().min(0).max(10),
});
export type Scores = z.infer<typeof Scores>;

export const REGIMES = ['trending', 'mean_reverting', 'volatile', 'quiet'] as const;
export const DIRECTIONS = ['bullish', 'bearish', 'neutral'] as const;
export const VOLATILITIES = ['calm', 'normal', 'elevated', 'explosive'] as const;
export type Regime = (typeof REGIMES)[number];

const probabilities = <const N extends readonly string[]>(names: N) =>
  z.object(Object.fromEntries(names.map((name) => [name, z.number().min(0).max(1)])) as Record<N[number], z.ZodNumber>);

/** Class probabilities of the network's three heads, temperature-scaled; each head sums to 1. */
export const Reading = z.object({
  regime: probabilities(REGIMES),
  direction: probabilities(DIRECTIONS),
  volatility: probabilities(VOLATILITIES),
});
export type Reading = z.infer<typeof Reading>;
