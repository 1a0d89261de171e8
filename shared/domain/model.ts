import { z } from 'zod';
import { Sha256 } from './ids.ts';

/** A figure with its 95 % interval, over held-out windows. */
export const Figure = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const HeadCard = z.object({
  head: z.enum(['regime', 'direction', 'volatility']),
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
  /** Plain words: what this head can and cannot do. */
  verdict: z.string(),
});

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
});
export type ModelInfo = z.infer<typeof ModelInfo>;
