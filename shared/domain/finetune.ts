import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { IsoTime, Sha256, Ticker } from './ids.ts';
import { AsOf, InstrumentRef, Interval, Source, WatchlistName } from './series.ts';

/** Fine-tuned heads: the day they were fitted and the start of their hash. */
export const HeadsId = z.string().regex(/^h-\d{8}-[0-9a-f]{8}$/, 'heads have an id such as h-20261123-0a1b2c3d');
export type HeadsId = z.infer<typeof HeadsId>;

/** A request names symbols, or a watchlist, or both. */
export const FinetuneRequest = z.object({
  symbols: z.array(InstrumentRef).max(1000).optional(),
  watchlist: WatchlistName.optional(),
  interval: Interval.optional(),
  /** Bars before are left out. */
  from: AsOf.optional(),
  /** Nothing later is read; left out: the last closed bar. */
  to: AsOf.optional(),
  /** For the draws of the bootstrap. */
  seed: z.int().min(0).max(1_000_000).default(0),
  /** Fit and measure, but keep nothing. */
  dryRun: z.boolean().default(false),
});
export type FinetuneRequest = z.infer<typeof FinetuneRequest>;

export const HEAD_NAMES = ['regime', 'direction', 'volatility'] as const;

/** Nats a window, with an interval whose tails hold 2.5 % shared by the three heads. */
const Nats = z.object({ value: z.number(), low: z.number(), high: z.number() });
const Skill = z.object({ accuracy: z.number(), logLoss: z.number() });

/** How a new head did on the validation windows, beside the old one and the class shares of what it was fitted on. */
export const HeadResult = z.object({
  head: z.enum(HEAD_NAMES),
  /** Better than the old head and than the class shares, both by more than noise. */
  better: z.boolean(),
  /** Log-loss of the old head less that of the new one. */
  gain: Nats,
  /** Log-loss of the class shares less that of the new head. */
  overShares: Nats,
  fresh: Skill,
  old: Skill,
  shares: Skill,
  /** One sentence for a person. */
  sentence: z.string(),
});
export type HeadResult = z.infer<typeof HeadResult>;

/** What heads were fitted on: every decision of the symbol with an as-of up to `through` is in sample. */
export const FittedSeries = z.object({
  symbol: Ticker,
  source: Source,
  from: IsoTime,
  through: IsoTime,
  /** Date of the last bar read. */
  lastDate: z.iso.date(),
});
export type FittedSeries = z.infer<typeof FittedSeries>;

export const FinetuneResult = z.object({
  /** The version that was stored and is in force now; null where none was. */
  version: HeadsId.nullable(),
  dryRun: z.boolean(),
  interval: Interval,
  /** Windows fitted on, and every how many bars one was taken. */
  windows: z.int(),
  strideBars: z.int(),
  validationWindows: z.int(),
  /** Blocks of time, as long as a window with its horizon, that the validation spans. */
  blocks: z.int(),
  folds: z.int(),
  fitted: z.array(FittedSeries),
  heads: z.array(HeadResult),
  /** What became of it, in one sentence, and what a reader must know besides. */
  sentence: z.string(),
  notes: z.array(z.string()),
});
export type FinetuneResult = z.infer<typeof FinetuneResult>;

export const FinetuneState = z.object({
  startedAt: IsoTime,
  status: z.enum(['running', 'done', 'cancelled', 'failed']),
  dryRun: z.boolean(),
  title: z.string(),
  stage: z.enum(['bars', 'features', 'fitting']),
  /** Symbols, windows or fits of the stage, done and in all. */
  done: z.int(),
  total: z.int(),
  /** What is being done now, for example "regime, fold 2 of 5". */
  step: z.string(),
  /** Left of this stage at the rate so far; null before the first is done. */
  leftMs: z.number().nullable(),
  result: FinetuneResult.nullable(),
  error: ErrorData.nullable(),
});
export type FinetuneState = z.infer<typeof FinetuneState>;

/** A head of a version, and where it speaks: nowhere but on a symbol of one source and an interval that it was validated on. */
export const Governed = z.object({
  head: z.enum(HEAD_NAMES),
  symbol: Ticker,
  source: Source,
  interval: Interval,
  /** Date of the last bar that a validation window, or what it was to foretell, reached. */
  validatedThrough: z.iso.date(),
});
export type Governed = z.infer<typeof Governed>;

/** The fine-tuned heads that read a series; those not named here are the shipped ones. */
export const TunedHeads = z.object({
  id: HeadsId,
  /** Of the version. */
  sha256: Sha256,
  symbol: Ticker,
  interval: Interval,
  heads: z.array(z.enum(HEAD_NAMES)).min(1),
  /** The earliest of these heads' dates. */
  validatedThrough: z.iso.date(),
  /** Date of the last bar of this symbol that they were fitted on: through then its readings are in sample. */
  trainedThrough: z.iso.date(),
});
export type TunedHeads = z.infer<typeof TunedHeads>;

/** A stored version of heads. */
export const HeadsVersion = z.object({
  id: HeadsId,
  createdAt: IsoTime,
  sha256: Sha256,
  /** Which heads it holds; the others are the shipped ones. */
  heads: z.array(z.enum(HEAD_NAMES)),
  /** Where they speak; everything else is read by the shipped heads. */
  governs: z.array(Governed),
  fitted: z.array(FittedSeries),
  trainedThrough: z.iso.date(),
  results: z.array(HeadResult),
});
export type HeadsVersion = z.infer<typeof HeadsVersion>;

export const HeadsVersions = z.object({
  /** null = the shipped heads. */
  inForce: HeadsId.nullable(),
  /** Why the shipped heads stand in for those chosen; null where they do not. */
  problem: z.string().nullable(),
  /** What `rollback` would put in force: an id or `shipped`; null where there is nothing to go back to. */
  before: z.union([HeadsId, z.literal('shipped')]).nullable(),
  /** Newest first. */
  versions: z.array(HeadsVersion),
  /** Files that cannot be used, each with why. */
  unusable: z.array(z.object({ file: z.string(), problem: z.string() })),
});
export type HeadsVersions = z.infer<typeof HeadsVersions>;
