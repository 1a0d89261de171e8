import { z } from 'zod';
import { DecisionId, IsoTime } from './ids.ts';

export const SIDES = ['long', 'short'] as const;
export const Side = z.enum(SIDES);
export type Side = z.infer<typeof Side>;

/** Gross return r above the cost, below minus the cost, else flat, which is not a win (DEFINITIONS 6). */
export const SideResult = z.enum(['win', 'loss', 'flat']);
export type SideResult = z.infer<typeof SideResult>;

/** `grossReturn` is a fraction of the entry price, in the direction of the side, before costs. */
export const SideOutcome = z.object({ grossReturn: z.number(), result: SideResult });
export type SideOutcome = z.infer<typeof SideOutcome>;

/** What became of a decision h bars later; settled never changes. */
export const Outcome = z.object({
  decisionId: DecisionId,
  /** Clock time of settling. */
  settledAt: IsoTime,
  /** Market time from which it is known: the end of the exit's bar. */
  knownAt: IsoTime,
  /** Starts of the bars of entry and exit. */
  entryTime: IsoTime,
  exitTime: IsoTime,
  /** Of a series of closes alone: it was entered at the close of its bar, not at the open. */
  entersAtClose: z.literal(true).optional(),
  /** In prices of the exit's day. */
  entryPrice: z.number(),
  exitPrice: z.number(),
  /** Both sides, so that a hold keeps what either would have brought. */
  long: SideOutcome,
  short: SideOutcome,
  /** The result of the action taken; null for a hold. */
  result: SideResult.nullable(),
  /** Of a live decision that was made when the session of its entry had closed, or bars on the machine were ahead of it or of the clock, so that it is no forecast; absent = it was made in time. */
  late: z.literal(true).optional(),
});
export type Outcome = z.infer<typeof Outcome>;

/** Where a decision comes from: made when its bars were the newest at hand, or by a replay of history. */
export const ORIGINS = ['live', 'replay'] as const;
export const Origin = z.enum(ORIGINS);
export type Origin = z.infer<typeof Origin>;

/** How it stands with the outcome of a decision. */
export const OutcomeState = z.discriminatedUnion('state', [
  z.object({ state: z.literal('settled'), decisionId: DecisionId, outcome: Outcome }),
  z.object({
    state: z.literal('pending'),
    decisionId: DecisionId,
    /** Bars that have yet to close; 0 where they are at hand and the outcome is about to be stored; null where its bars were not looked at. */
    barsLeft: z.int().min(0).nullable(),
    /** Exchange date on which the last of them is expected to close, holidays not counted; null where that cannot be told. */
    expected: z.iso.date().nullable(),
  }),
  /** The bar of the decision is not in its series any more, or its bars stop within the horizon: `hole`, the dates around it. */
  z.object({
    state: z.literal('lost'),
    decisionId: DecisionId,
    hole: z.object({ from: z.iso.date(), to: z.iso.date() }).optional(),
  }),
]);
export type OutcomeState = z.infer<typeof OutcomeState>;
