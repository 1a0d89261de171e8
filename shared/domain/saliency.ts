import { z } from 'zod';
import { TunedHeads } from './finetune.ts';
import { IsoTime, Sha256, Ticker } from './ids.ts';
import { Interval, Source } from './series.ts';

/** Two neighbouring bars of a window (0 = the oldest) and what the reading owes to them. */
export const SaliencyPair = z.object({
  from: z.int(),
  to: z.int(),
  /** Fall of the top class's probability when the two bars' moves are taken out; below 0 it rises. */
  change: z.number(),
});
export type SaliencyPair = z.infer<typeof SaliencyPair>;

export const HeadSaliency = z.object({
  head: z.enum(['regime', 'direction', 'volatility']),
  /** The class the head gives the most to, and how much. */
  topClass: z.string(),
  probability: z.number(),
  pairs: z.array(SaliencyPair),
  /** The reading with the most salient tenth of the bars taken out together. */
  without: z.object({
    /** Positions of those bars, ascending; empty where no pair holds the reading up. */
    bars: z.array(z.int()),
    topClass: z.string(),
    probability: z.number(),
    /** What is left of the class that was on top. */
    kept: z.number(),
  }),
});
export type HeadSaliency = z.infer<typeof HeadSaliency>;

/** Which bars moved the network's reading of one window. `heads` is empty, with the reason, where it cannot read that length. */
export const SaliencyView = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  asOf: IsoTime,
  windowHash: Sha256,
  modelHash: Sha256,
  /** The fine-tuned heads that read it; null = the shipped ones. */
  tuned: TunedHeads.nullable(),
  /** Starts of the window's bars, UTC ms. */
  time: z.array(z.number()),
  heads: z.array(HeadSaliency.extend({ sentence: z.string() })),
  reason: z.string().nullable(),
});
export type SaliencyView = z.infer<typeof SaliencyView>;
