import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { HorizonBars } from './analysis.ts';
import { Action } from './decision.ts';
import { DecisionId, IsoTime, Sha256, Ticker } from './ids.ts';
import { REGIMES } from './reading.ts';
import { AsOf, InstrumentRef, Interval, Source, WatchlistName } from './series.ts';

/** A replay is named by what it is made of: the same bars, settings and network give the same id. */
export const ReplayId = z.string().regex(/^p-[0-9a-f]{16}$/, 'a replay id looks like p-0123456789abcdef');
export type ReplayId = z.infer<typeof ReplayId>;

/** Which history is walked. Symbols, watchlists or both; or a replay that was cut short, which goes on. */
export const ReplayRequest = z.object({
  symbols: z.array(InstrumentRef).max(1000).optional(),
  watchlists: z.array(WatchlistName).max(20).optional(),
  interval: Interval.optional(),
  /** Left out: of each symbol from where the network was not trained on it. Given: from then on, in sample or not. */
  from: AsOf.optional(),
  /** Nothing later is read, outcomes included; left out: the last closed bar. */
  to: AsOf.optional(),
  /** Bars between two decisions on a symbol; left out: the horizon, so that no two trips overlap. */
  stepBars: z.int().min(1).max(1000).optional(),
  horizonBars: HorizonBars.optional(),
  /** Symbols analyzed at once; the result does not depend on it. */
  parallel: z.int().min(1).max(16).optional(),
  resume: ReplayId.optional(),
});
export type ReplayRequest = z.infer<typeof ReplayRequest>;

export const ReplayInstrument = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  /** Decisions to be made on it, and the times of the first and the last; null where there are none. */
  windows: z.int(),
  first: IsoTime.nullable(),
  last: IsoTime.nullable(),
});
export type ReplayInstrument = z.infer<typeof ReplayInstrument>;

/** `interrupted`: the engine ended before the replay did; it and a cancelled one can be resumed. */
export const ReplayStatus = z.enum(['running', 'done', 'cancelled', 'interrupted', 'failed', 'removing']);

export const ReplayState = z.object({
  id: ReplayId,
  title: z.string(),
  status: ReplayStatus,
  request: ReplayRequest,
  startedAt: IsoTime,
  endedAt: IsoTime.nullable(),
  stepBars: z.int(),
  horizonBars: z.int(),
  instruments: z.array(ReplayInstrument),
  /** Windows of the plan; those behind it, `decided` with a decision and `refused` without one (too many bad bars, or a hole). */
  total: z.int(),
  done: z.int(),
  decided: z.int(),
  refused: z.int(),
  /** Decided windows that the network was trained on: stored, and never counted. */
  inSample: z.int(),
  settled: z.int(),
  /** Market time up to which everything is decided and stored; null before the first. */
  through: IsoTime.nullable(),
  /** Windows a second since it was started or resumed, and what is left at that rate; null before there is a rate. */
  ratePerSecond: z.number().nullable(),
  leftMs: z.number().nullable(),
  error: ErrorData.nullable(),
});
export type ReplayState = z.infer<typeof ReplayState>;

/** What a replay would take. */
export const ReplayEstimate = z.object({
  symbols: z.int(),
  windows: z.int(),
  seconds: z.number(),
  ratePerSecond: z.number(),
  /** Whether the rate is that of a replay on this machine, or the one of the README. */
  measuredHere: z.boolean(),
  /** A replay of just this that is there already. */
  replayId: ReplayId.nullable(),
});
export type ReplayEstimate = z.infer<typeof ReplayEstimate>;

/** What a stored decision is made of, in the order in which a repetition is compared with it. */
export const DECISION_PARTS = [
  'bars',
  'window hash',
  'model',
  'settings',
  'reading',
  'prompt',
  'round',
  'memory',
  'calibration',
  'action',
  'other',
] as const;

const Model = z.object({ name: z.string(), sha256: Sha256.nullable() });
const Word = z.object({ regime: z.enum(REGIMES), proposed: Action, confidence: z.number(), action: Action });

/** What a language model that was asked again said beside what is stored; equal texts are no proof of equal bits. */
export const Regenerated = z.object({
  model: z.object({ stored: Model, now: Model, same: z.boolean() }),
  /** Where what the answers rest on besides the model differs: threads, device, context. */
  setting: z.array(z.string()),
  answers: z.array(
    z.object({
      /** From 0. */
      ask: z.int(),
      kind: z.enum(['text', 'probabilities']),
      samePrompt: z.boolean(),
      same: z.boolean(),
      /** Of a text: the first character that differs; of probabilities the largest difference. */
      at: z.int().nullable(),
      difference: z.number().nullable(),
      stored: z.string(),
      now: z.string(),
    }),
  ),
  stored: Word,
  now: Word,
});
export type Regenerated = z.infer<typeof Regenerated>;

/** Whether a stored decision comes out again, and if not, what is the first thing to differ. */
export const Reproduction = z.object({
  decisionId: DecisionId,
  identical: z.boolean(),
  /** The first part that differs; of rounds the one it is. */
  differs: z
    .object({ part: z.enum(DECISION_PARTS), round: z.int().nullable(), stored: z.string(), now: z.string() })
    .nullable(),
  /** One sentence for a person, and what must be known besides. */
  sentence: z.string(),
  notes: z.array(z.string()),
  /** Where a language model was asked again. */
  regenerated: Regenerated.optional(),
});
export type Reproduction = z.infer<typeof Reproduction>;

export const LEAKAGE_VARIANTS = ['hidden', 'rescaled', 'perturbed'] as const;

/** A figure with its 95 % interval. */
const Share = z.object({ value: z.number(), low: z.number(), high: z.number() });

/** What becomes of decisions when the same windows are shown otherwise, beside the windows as they are. */
export const LeakageVariant = z.object({
  name: z.enum(LEAKAGE_VARIANTS),
  /** Share of windows with another action, and with another side that the setup leans to. */
  actionDiffers: Share,
  leanDiffers: Share,
  /** Share of windows in which the side leant to won, and that less the share of the windows as they are. */
  hitRate: Share,
  hitDifference: Share,
});
export type LeakageVariant = z.infer<typeof LeakageVariant>;

export const LeakageRequest = ReplayRequest.omit({ resume: true, parallel: true }).extend({
  /** Which judge: the numeric one, or the language model in use, which takes its time. */
  judge: z.enum(['numeric', 'language']).default('numeric'),
  /** Windows drawn, spread over symbols and time. */
  windows: z.int().min(4).max(2000).default(200),
  seed: z.int().min(0).max(1_000_000).default(0),
});
export type LeakageRequest = z.infer<typeof LeakageRequest>;

/** What a leakage test would take: at the rates measured on this machine, null where there are none yet. */
export const LeakageEstimate = z.object({
  judge: LeakageRequest.shape.judge,
  /** The judge as a sentence names it. */
  who: z.string(),
  windows: z.int(),
  /** Windows behind a test of just this that was cut short. */
  done: z.int(),
  seconds: z.number().nullable(),
});
export type LeakageEstimate = z.infer<typeof LeakageEstimate>;

/** Whether a judge knows the past it is shown: same windows with names and dates hidden, prices rescaled, the path slightly changed. */
export const LeakageResult = z.object({
  at: IsoTime,
  /** `numeric` or `language`. */
  judge: z.string(),
  /** SHA-256 of the network. */
  model: z.string(),
  /** The language model that was tested, and its prompts; absent for the numeric judge. */
  language: z
    .object({
      name: z.string(),
      sha256: Sha256.nullable(),
      prompts: z.record(z.string(), Sha256),
      promptVersions: z.record(z.string(), z.int()),
    })
    .optional(),
  windows: z.int(),
  seed: z.int(),
  /** Of the windows as they are, with symbol and dates shown. */
  shownHitRate: Share,
  actions: z.record(Action, z.int()),
  variants: z.array(LeakageVariant),
  sentence: z.string(),
});
export type LeakageResult = z.infer<typeof LeakageResult>;

export const LeakageEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('progress'), done: z.int(), total: z.int(), leftMs: z.number().nullable() }),
  z.object({ type: z.literal('result'), result: LeakageResult }),
]);
export type LeakageEvent = z.infer<typeof LeakageEvent>;
