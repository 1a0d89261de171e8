import { z } from 'zod';
import { Side } from './outcome.ts';

/** Probability that a decision like this wins, from decisions settled by its as-of (DEFINITIONS 5); never to be mixed with C. */
export const PCorrect = z.discriminatedUnion('state', [
  z.object({ state: z.literal('uncalibrated'), n: z.int(), sentence: z.string() }),
  z.object({
    state: z.literal('calibrated'),
    value: z.number().min(0).max(1),
    /** 95 % interval. */
    low: z.number().min(0).max(1),
    high: z.number().min(0).max(1),
    /** Settled decisions it rests on, and how many of them are from replays of history. */
    n: z.int(),
    replayed: z.int(),
    /** How often that side wins by the same decisions, in (0, 1). */
    baseRate: z.number(),
    /** The side it is about: the one taken, or of a hold the one it leans to. */
    side: Side,
    rule: z.enum(['trend', 'revert', 'none']),
    /** Which fit it was read from. */
    version: z.string(),
    sentence: z.string(),
  }),
]);
export type PCorrect = z.infer<typeof PCorrect>;

/** Hit rate of similar past setups, beside how often that side won on any bar of those symbols. */
export const TrackRecord = z.object({
  side: Side,
  n: z.int(),
  hits: z.int(),
  rate: z.number(),
  low: z.number(),
  high: z.number(),
  /** Null where none of their bars are at hand. */
  baseRate: z.number().nullable(),
  sentence: z.string(),
});
export type TrackRecord = z.infer<typeof TrackRecord>;

export const EdgeGate = z.enum(['off', 'warn', 'enforce']);
export type EdgeGate = z.infer<typeof EdgeGate>;

/** Whether the lower bound of P(correct) exceeds what is needed to break even, and the size that follows from it (DEFINITIONS 6). */
export const Edge = z.object({
  gate: EdgeGate,
  /** avgLoss / (avgWin + avgLoss) of settled positions, 0.5 until there are 50. */
  breakEven: z.number(),
  /** Settled positions it rests on. */
  n: z.int(),
  /** Null where P(correct) is uncalibrated or nothing is proposed. */
  exceeds: z.boolean().nullable(),
  /** Suggested share of equity, 0 to 0.1. */
  size: z.number().min(0).max(0.1),
  sentence: z.string(),
});
export type Edge = z.infer<typeof Edge>;
