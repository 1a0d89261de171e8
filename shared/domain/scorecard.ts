import { z } from 'zod';
import { IsoTime, Sha256 } from './ids.ts';
import { Origin } from './outcome.ts';
import { LeakageResult } from './replay.ts';
import { AsOf, Interval } from './series.ts';

/** [low, high] of a 95 % interval; null where there are too few blocks of time for one. */
const Range = z.tuple([z.number(), z.number()]).nullable();

/** How often something happened, with Wilson's 95 % interval; null below 10. */
export const HitRate = z.object({ n: z.int(), hits: z.int(), rate: z.number(), low: z.number(), high: z.number() });
export type HitRate = z.infer<typeof HitRate>;

/** A bin of the reliability diagram: mean forecast, share that won, and its interval. */
export const ReliabilityBin = z.object({
  n: z.int(),
  meanP: z.number(),
  hitRate: z.number(),
  low: z.number(),
  high: z.number(),
});
export type ReliabilityBin = z.infer<typeof ReliabilityBin>;

/** "P(correct) against win" of DEFINITIONS 7, beside the base rate as it stood when each forecast was made. */
export const ForecastScore = z.object({
  n: z.int(),
  brier: z.number(),
  baseBrier: z.number(),
  brierSkill: z.number(),
  brierSkillInterval: Range,
  logLoss: z.number(),
  baseLogLoss: z.number(),
  /** Expected calibration error over 15 equal-mass bins; what a perfect forecaster shows at this n; the first less the mean of the second. */
  ece: z.number(),
  ecePerfectMean: z.number(),
  ecePerfectP95: z.number(),
  eceCorrected: z.number(),
  /** How far the forecasts lie apart: a constant one has 0 and can show no skill, however well it is calibrated. */
  spread: z.object({ sd: z.number(), p5: z.number(), p95: z.number() }),
  meanP: z.number(),
  /** Mean of the base rates that stood beside the forecasts. */
  meanBase: z.number(),
  winRate: z.number(),
  bins: z.array(ReliabilityBin),
});
export type ForecastScore = z.infer<typeof ForecastScore>;

export const SCORE_DIMENSIONS = ['action', 'regime', 'horizon', 'model', 'sample'] as const;

export const ScoreGroup = z.object({
  by: z.enum(SCORE_DIMENSIONS),
  name: z.string(),
  settled: z.int(),
  /** Of the positions taken. */
  taken: HitRate.nullable(),
  forecast: ForecastScore.nullable(),
});
export type ScoreGroup = z.infer<typeof ScoreGroup>;

export const SCORED_JUDGES = ['numeric', 'language', 'combined'] as const;

/** Which decisions a scorecard is about; live ones and replayed ones are mixed only where `origin` is left out on purpose. */
export const ScorecardQuery = z.object({
  origin: z.enum([...Origin.options, 'both']).default('live'),
  replayId: z.string().optional(),
  /** Whose decisions: the numeric judge's, the language model's own word, or what both say together. */
  judge: z.enum(SCORED_JUDGES).default('numeric'),
  interval: Interval.optional(),
  horizonBars: z.int().optional(),
  /** Only outcomes known by then. */
  asOf: AsOf.optional(),
  by: z.array(z.enum(SCORE_DIMENSIONS)).default([...SCORE_DIMENSIONS]),
});
export type ScorecardQuery = z.infer<typeof ScorecardQuery>;

/** A language model whose word is in the figures, and what its leakage test found; null = it was not tested. */
export const ScoredModel = z.object({
  name: z.string(),
  /** Of its file; null behind a server. */
  sha256: Sha256.nullable(),
  /** SHA-256 of each prompt it was asked with. */
  prompts: z.record(z.string(), Sha256),
  /** Decisions of the scorecard that rest on it. */
  decisions: z.int(),
  leakage: LeakageResult.pick({ at: true, windows: true, sentence: true }).nullable(),
});
export type ScoredModel = z.infer<typeof ScoredModel>;

export const Scorecard = z.object({
  origin: ScorecardQuery.shape.origin,
  judge: ScorecardQuery.shape.judge,
  asOf: IsoTime.nullable(),
  /** Settled decisions, pending ones, and those left out because the network was trained on their bars. */
  settled: z.int(),
  pending: z.int(),
  inSample: z.int(),
  /** Live ones left out because they were made too late to be forecasts; 0 where replayed ones count too. */
  late: z.int(),
  /** Counted ones that were made too late: of live and replayed ones mixed. */
  lateCounted: z.int(),
  /** Counted ones of the years that only the network's temperatures were fitted on; they stand apart in the group of samples. */
  tuning: z.int(),
  /** Settled ones left out because their trip overlaps an earlier one of the same symbol, of whatever source. */
  overlapping: z.int(),
  holds: z.int(),
  holdShare: z.number().nullable(),
  taken: HitRate.nullable(),
  /** Mean gross return of the positions taken, a fraction; null below 10. */
  meanGrossReturn: z.number().nullable(),
  /** What going long on each of the same windows would have won. */
  alwaysLong: HitRate.nullable(),
  forecast: ForecastScore.nullable(),
  /** Plain words: whether P(correct) has skill over the base rate. */
  verdict: z.string(),
  groups: z.array(ScoreGroup),
  /** Language models that the figures rest on. */
  models: z.array(ScoredModel),
});
export type Scorecard = z.infer<typeof Scorecard>;

/**
 * Why decisions count as late, and what there is to do about it, in a sentence; null where none is late.
 * @param ways how this host replays and shows other decisions
 */
export function lateSentence(
  { late, lateCounted }: Pick<Scorecard, 'late' | 'lateCounted'>,
  ways: { replay: string; replayed: string; both: string },
): string | null {
  if (late + lateCounted === 0) return null;
  const { replay, replayed, both } = ways;
  const why =
    'when the decision was made, the session of its entry had closed, or bars on this machine were ahead of it or of the clock, so it is no forecast';
  return late > 0
    ? `Late: ${why}; ${replay} makes decisions that knew nothing of later, which ${replayed} shows, and ${both} counts late ones too.`
    : `Late: ${why}; ${replayed} shows figures without any.`;
}
