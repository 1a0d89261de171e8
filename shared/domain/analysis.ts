import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { Action, Decision } from './decision.ts';
import { TunedHeads } from './finetune.ts';
import { DecisionId, IsoTime, RunId, Sha256, Ticker } from './ids.ts';
import { Novelty } from './novelty.ts';
import { Features, Reading, Scores } from './reading.ts';
import { AsOf, InstrumentRef, Interval, Notice, Source, WatchlistName } from './series.ts';

export const WindowBars = z.int().min(32).max(256);
export const HorizonBars = z.int().min(1).max(256);

/** A request names symbols, or a watchlist, or both; without an as-of the watchlist's, then the instrument's default is used. */
export const AnalyzeRequest = z.object({
  symbols: z.array(InstrumentRef).max(1000).optional(),
  watchlist: WatchlistName.optional(),
  interval: Interval.optional(),
  asOf: AsOf.optional(),
  windowBars: WindowBars.optional(),
  horizonBars: HorizonBars.optional(),
  /** The user's word that live bars more than two sessions behind may be analyzed. */
  allowStale: z.boolean().optional(),
  /** Whether the language model judges too: `later` from its queue (default), `wait` before the run ends, `off` not at all. */
  language: z.enum(['later', 'wait', 'off']).optional(),
});
export type AnalyzeRequest = z.infer<typeof AnalyzeRequest>;

export const STAGES = ['bars', 'fields', 'network', 'judge', 'refine', 'store'] as const;
export const Stage = z.enum(STAGES);
export type Stage = z.infer<typeof Stage>;

export const RunItem = z.object({
  symbol: Ticker,
  source: Source.nullable(),
  status: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  stage: Stage.nullable(),
  decisionId: DecisionId.nullable(),
  action: Action.nullable(),
  confidence: z.number().nullable(),
  error: ErrorData.nullable(),
});
export type RunItem = z.infer<typeof RunItem>;

/** `queued`: behind another run; `interrupted`: the engine ended before the run did. */
export const RunStatus = z.enum(['queued', 'running', 'done', 'cancelled', 'interrupted']);

export const RunState = z.object({
  id: RunId,
  title: z.string(),
  status: RunStatus,
  startedAt: IsoTime,
  endedAt: IsoTime.nullable(),
  request: AnalyzeRequest,
  items: z.array(RunItem),
  done: z.int(),
  failed: z.int(),
  total: z.int(),
  /** Symbols a second so far, and milliseconds left at that rate; null before the first is done. */
  ratePerSecond: z.number().nullable(),
  leftMs: z.number().nullable(),
});
export type RunState = z.infer<typeof RunState>;

export const RunEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('progress'),
    runId: RunId,
    symbol: Ticker,
    source: Source.nullable(),
    stage: Stage,
    done: z.int(),
    total: z.int(),
    leftMs: z.number().nullable(),
  }),
  z.object({ type: z.literal('decision'), runId: RunId, decision: Decision }),
  /** Why the language model did not judge a symbol; the numeric decision stands. */
  z.object({ type: z.literal('language'), runId: RunId, symbol: Ticker, sentence: z.string() }),
  z.object({ type: z.literal('failure'), runId: RunId, symbol: Ticker, source: Source.nullable(), error: ErrorData }),
  z.object({
    type: z.literal('end'),
    runId: RunId,
    status: RunStatus,
    decided: z.int(),
    failed: z.int(),
    total: z.int(),
    holds: z.int(),
    /** holds / decided; null when nothing was decided. */
    holdShare: z.number().nullable(),
    elapsedMs: z.number(),
  }),
]);
export type RunEvent = z.infer<typeof RunEvent>;

export const FieldRequest = InstrumentRef.extend({ asOf: AsOf.optional(), windowBars: WindowBars.optional() });

/**
 * The window as a picture: fields of its closes row by row (`bars * bars` values in [-1, 1]), the heat map as `heat`. `networkPicture` is
 * what the network reads, the same fields of log closes: base64 of `bars * bars` cells of red, green, blue, -1 as 0 and 1 as 255.
 */
export const FieldView = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  asOf: IsoTime,
  bars: z.int(),
  time: z.array(z.number()),
  close: z.array(z.number()),
  windowHash: Sha256,
  gasf: z.array(z.number()),
  gadf: z.array(z.number()),
  heat: z.array(z.number()),
  networkPicture: z.base64(),
  features: Features,
  scores: Scores,
  notices: z.array(Notice),
});
export type FieldView = z.infer<typeof FieldView>;

/** The network's reading of one window. `reading` is null, with the reason, where the window's length is not the network's. */
export const ReadingView = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  asOf: IsoTime,
  windowHash: Sha256,
  modelHash: Sha256,
  /** The fine-tuned heads that read it; null = the shipped ones. */
  heads: TunedHeads.nullable(),
  /** Which heads read it, in words; and why it is not those that were chosen, where that is so. */
  headsNote: z.string(),
  executionProvider: z.string(),
  /** Why another provider than the one asked for runs; null when it is the one asked for. */
  fallback: z.string().nullable(),
  reading: Reading.nullable(),
  reason: z.string().nullable(),
  embeddingLength: z.int(),
  /** null where there is no reading. */
  novelty: Novelty.nullable(),
  inferenceMs: z.number(),
});
export type ReadingView = z.infer<typeof ReadingView>;
