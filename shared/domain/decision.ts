import { z } from 'zod';
import { HeadsId, TunedHeads } from './finetune.ts';
import { DecisionId, IsoTime, RunId, Sha256, Ticker } from './ids.ts';
import { LanguageAsks, LanguageReading, Opinions } from './language.ts';
import { Novelty } from './novelty.ts';
import { Origin } from './outcome.ts';
import { Edge, PCorrect, TrackRecord } from './p-correct.ts';
import { Features, REGIMES, Reading, Scores } from './reading.ts';
import { Interval, Notice, Source } from './series.ts';

export const ACTIONS = ['long', 'short', 'hold'] as const;
export const Action = z.enum(ACTIONS);
export type Action = z.infer<typeof Action>;

/** Why a decision is a hold; several may apply, the first that applied stands first. */
export const HOLD_REASONS = [
  'regime_not_traded',
  'weak_trend',
  'mid_range',
  'direction_veto',
  'low_confidence',
  'novelty',
  'judge_failed',
  'judge_abstained',
  'no_edge',
  'judges_disagree',
] as const;
export const HoldReason = z.object({ code: z.enum(HOLD_REASONS), sentence: z.string() });
export type HoldReason = z.infer<typeof HoldReason>;

/** Signal confidence C = 1 - H2(eps) of DEFINITIONS 5: how little the judge doubts its reading; never a chance of profit. */
export const SignalConfidence = z.object({
  value: z.number().min(0).max(1),
  /** Error probability of the reading, clipped to [0, 0.5]. */
  eps: z.number().min(0).max(0.5),
  /** [low, high] of C; null where a single ask gives no standard error. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
  method: z.enum(['numeric', 'token-probabilities', 'stated']),
  asks: z.int().min(1),
});
export type SignalConfidence = z.infer<typeof SignalConfidence>;

export const LOOK_KINDS = ['window', 'earlier', 'every-second-close', 'memory', 'coarser'] as const;

/** A past setup that a round of refinement recalled; `won` of each side is null where the outcome was not known by the as-of. */
export const Recalled = z.object({
  decisionId: DecisionId,
  symbol: Ticker,
  asOf: IsoTime,
  /** Euclidean distance of the network's features. */
  distance: z.number(),
  regime: z.enum(REGIMES),
  won: z.object({ long: z.boolean(), short: z.boolean() }).nullable(),
});
export type Recalled = z.infer<typeof Recalled>;

/**
 * One window the network read: `stepBars` 2 means every second close. `memory` is the mean reading of recalled setups, `coarser` a window of
 * the next coarser timeframe.
 */
export const Look = z.object({
  kind: z.enum(LOOK_KINDS),
  windowBars: z.int(),
  stepBars: z.int(),
  start: IsoTime,
  end: IsoTime,
  windowHash: Sha256,
  reading: Reading,
  /** Left out in decisions stored before it was measured. A flagged look is not pooled, but for the window itself, whose decision is a hold. */
  novelty: Novelty.optional(),
  /** The fine-tuned heads that read it; absent = the shipped ones. */
  heads: HeadsId.optional(),
  /** Of a `coarser` look: its timeframe. */
  interval: Interval.optional(),
  /** Of a `memory` look: the setups it is the mean of, the nearest first. */
  recalled: z.array(Recalled).optional(),
});
export type Look = z.infer<typeof Look>;

export const Round = z.object({
  round: z.int().min(0),
  added: z.array(Look),
  /** Logarithmic pool (geometric mean, normalised) of the regime probabilities of all looks so far. */
  pooledRegime: Reading.shape.regime,
  regime: z.enum(REGIMES),
  confidence: SignalConfidence,
  /** What the judge's table says, before the veto and the gates. */
  proposed: Action,
  sentence: z.string(),
});
export type Round = z.infer<typeof Round>;

export const Evidence = z.object({ code: z.string(), sentence: z.string() });
export type Evidence = z.infer<typeof Evidence>;

/** Whether the as-of lies in what the network was fitted on: `training` (in sample), `tuning` (temperatures only), `out`. */
export const SampleStatus = z.enum(['training', 'tuning', 'out']);
export type SampleStatus = z.infer<typeof SampleStatus>;

export const Decision = z.object({
  id: DecisionId,
  runId: RunId,
  /** Absent = live. */
  origin: Origin.optional(),
  replayId: z.string().optional(),
  /** Clock time of storing, UTC. */
  createdAt: IsoTime,
  engineVersion: z.string(),
  symbol: Ticker,
  source: Source,
  interval: Interval,
  currency: z.string(),
  timezone: z.string(),
  /** Market time up to which bars were seen: the end of the last bar of the window, UTC. It is also when this record becomes known. */
  asOf: IsoTime,
  knownAt: IsoTime,
  /** Start of the last bar, as the exchange's date. */
  lastBarDate: z.iso.date(),
  /** Close of the last bar, in prices of that day. */
  lastClose: z.number(),
  window: z.object({ bars: z.int(), start: IsoTime, end: IsoTime, hash: Sha256, notices: z.array(Notice) }),
  horizonBars: z.int(),
  /** Round-trip cost as a fraction of the price. */
  costFraction: z.number(),
  /** `llm`: both judges, joined by the rule of `opinions`. */
  judge: z.enum(['numeric', 'llm']),
  opinions: Opinions.optional(),
  language: LanguageReading.optional(),
  action: Action,
  /** What the judge's table says, before the veto and the gates. */
  proposed: Action,
  holdReasons: z.array(HoldReason),
  regime: z.enum(REGIMES),
  confidence: SignalConfidence,
  /** Threshold of C below which a decision is a hold. */
  threshold: z.number(),
  rounds: z.array(Round).min(1),
  features: Features,
  scores: Scores,
  evidenceFor: z.array(Evidence),
  evidenceAgainst: z.array(Evidence),
  sampleStatus: SampleStatus,
  /** The fine-tuned heads that govern this symbol and interval; absent = the shipped ones read it. */
  heads: TunedHeads.optional(),
  pCorrect: PCorrect,
  /** Absent in decisions of before there was a memory; null where no similar setup is known. */
  trackRecord: TrackRecord.nullable().optional(),
  edge: Edge.optional(),
  seed: z.int(),
  provenance: z.object({
    windowHash: Sha256,
    settingsHash: Sha256,
    /** The settings that shape a decision, as used. */
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    modelHashes: z.record(z.string(), Sha256),
    promptHashes: z.record(z.string(), Sha256),
    /** What the judges answered, verbatim; for the network the logits of each look in order. */
    rawAnswers: z.array(z.object({ judge: z.string(), lookHash: Sha256, values: z.array(z.number()) })),
    /** A language model's answers, verbatim. */
    rawTexts: z.array(z.object({ judge: z.string(), text: z.string() })).optional(),
    /** Of a decision of both judges; absent in those of before it was kept. */
    language: LanguageAsks.optional(),
    memoryIds: z.array(z.string()),
    executionProvider: z.string(),
    threads: z.int(),
    batchSize: z.int(),
  }),
  /** SHA-256 of the canonical JSON of everything above but identifiers and clock times. */
  contentHash: Sha256,
});
export type Decision = z.infer<typeof Decision>;

/** Novelty of the window that the decision rests on; undefined in decisions stored before it was measured. */
export const windowNovelty = ({ rounds }: Pick<Decision, 'rounds'>): Novelty | undefined =>
  rounds[0]?.added[0]?.novelty;

/** A line of the history. */
export const DecisionSummary = Decision.pick({
  id: true,
  runId: true,
  createdAt: true,
  symbol: true,
  source: true,
  interval: true,
  asOf: true,
  lastBarDate: true,
  lastClose: true,
  currency: true,
  horizonBars: true,
  action: true,
  regime: true,
  sampleStatus: true,
}).extend({
  confidence: z.number(),
  threshold: z.number(),
  holdReasons: z.array(HoldReason),
  scores: Scores,
  /** Absent = live. */
  origin: Origin.optional(),
  /** Absent = numeric. */
  judge: z.enum(['numeric', 'llm']).optional(),
  /** P(correct); null where it was uncalibrated, absent in lines of before there was one. */
  pCorrect: z.number().nullable().optional(),
});
export type DecisionSummary = z.infer<typeof DecisionSummary>;

/** What the history can be sorted by: its columns, `reason` by the first sentence, `outcome` by the gross return of the position taken as far as it was known, `createdAt` by the time of storing. */
export const DECISION_SORTS = [
  'createdAt',
  'lastBarDate',
  'symbol',
  'action',
  'judge',
  'confidence',
  'outcome',
  'regime',
  'lastClose',
  'horizonBars',
  'sampleStatus',
  'reason',
] as const;
export const DecisionSort = z.enum(DECISION_SORTS);
export type DecisionSort = z.infer<typeof DecisionSort>;
