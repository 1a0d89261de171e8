import { z } from 'zod';
import { TunedHeads } from './finetune.ts';
import { Sha256 } from './ids.ts';

/** A figure with its 95 % interval, over held-out windows. */
export const Figure = z.object({ value: z.number(), low: z.number(), high: z.number() });
export type Figure = z.infer<typeof Figure>;

export const HeadName = z.enum(['regime', 'direction', 'volatility']);
export type HeadName = z.infer<typeof HeadName>;

export const HeadCard = z.object({
  head: HeadName,
  classes: z.array(z.string()),
  label: z.string(),
  /** Held-out real windows: unseen symbols and unseen time. */
  accuracy: Figure,
  macroF1: Figure,
  logLoss: Figure,
  brier: Figure,
  ece: Figure,
  /** Accuracy of the class prior on the same windows. */
  priorAccuracy: Figure,
  /** Whether its log-loss gain over the class prior on held-out windows has an interval above 0. */
  skilled: z.boolean(),
  /** How much the card says that gain is worth. */
  level: z.enum(['none', 'unproven', 'small', 'strong']).optional(),
  /** Plain words: what this head can and cannot do. */
  verdict: z.string(),
  /** Whether the picture says more than the best method without it; undefined where the card does not tell. */
  pictureAdds: z.boolean().optional(),
  /** The card's own sentence on what the head is worth, with its gains over the class prior and the best baseline. */
  worth: z.string().optional(),
});
export type HeadCard = z.infer<typeof HeadCard>;

const HeadFigures = z.object({ accuracy: Figure, macroF1: Figure, logLoss: Figure, brier: Figure, ece: Figure });

/** One set of windows that nothing was fitted on, and how every method did there. */
export const MeasuredSet = z.object({
  set: z.string(),
  /** The set in words. */
  title: z.string(),
  windows: z.int(),
  /** The network first; `heads` lacks those that a method has none of. */
  methods: z.array(z.object({ method: z.string(), title: z.string(), heads: z.partialRecord(HeadName, HeadFigures) })),
});
export type MeasuredSet = z.infer<typeof MeasuredSet>;

/** Held-out windows to whose class the network gave a probability in [from, to): in which share the class was right. */
export const HeldOutBin = z.object({
  from: z.number(),
  to: z.number(),
  n: z.int().min(0),
  /** Null in a bin without windows. */
  meanProbability: z.number().nullable(),
  hitRate: z.number().nullable(),
  /** 95 % interval of the hit rate (Wilson), of as many windows as `n / designEffect` independent ones. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** How much less these windows tell than independent ones, as those of one time move together (Kish 1965, 8.2); absent = not measured. */
  designEffect: z.number().min(1).optional(),
  /** Over how many blocks of time they lie, where they share bars; absent = they share none. */
  blocks: z.int().min(0).optional(),
});
export type HeldOutBin = z.infer<typeof HeldOutBin>;

export const Reliability = z.object({
  /** The held-out windows it was counted on, in words. */
  set: z.string(),
  windows: z.int().optional(),
  note: z.string().optional(),
  /** By class, ten bins each, from 0 to 1. */
  heads: z.partialRecord(HeadName, z.record(z.string(), z.array(HeldOutBin))),
});
export type Reliability = z.infer<typeof Reliability>;

/** The network's card as the screen and `convnext-info` show it. */
export const ModelInfo = z.object({
  name: z.string(),
  architecture: z.string(),
  file: z.string(),
  bytes: z.number(),
  sha256: Sha256,
  parameters: z.int(),
  windowBars: z.int(),
  horizonBars: z.int(),
  embeddingLength: z.int(),
  trainedThrough: z.iso.date(),
  trainedSymbols: z.array(z.string()),
  calibratedOn: z.string(),
  heldOut: z.object({ set: z.string(), windows: z.int() }),
  heads: z.array(HeadCard),
  /** Every set that was measured; that of `heldOut` first. */
  measured: z.array(MeasuredSet),
  reliability: Reliability.optional(),
  /** The fine-tuned heads that this card speaks of, on the symbol and interval that they govern; absent = the shipped ones. */
  tuned: TunedHeads.optional(),
});
export type ModelInfo = z.infer<typeof ModelInfo>;

/** Time in the network a window, ms, with how many windows ran at once. */
export const Latency = z.object({ ms: z.number(), together: z.int() });
export type Latency = z.infer<typeof Latency>;

/** The network as it runs in this engine. */
export const NetworkState = z.object({
  /** Whether it is loaded; its file is then the one whose SHA-256 the card states, checked before it was used. */
  loaded: z.boolean(),
  executionProvider: z.string().nullable(),
  fallback: z.string().nullable(),
  threads: z.int().nullable(),
  /** The last readings that ran, oldest first; those out of the cache did not run. */
  latency: z.array(Latency),
});
export type NetworkState = z.infer<typeof NetworkState>;
