import { z } from 'zod';
import { DecisionSummary } from './decision.ts';
import { DecisionId, Ticker } from './ids.ts';
import { TradeFields } from './knowledge.ts';
import { Interval, Source } from './series.ts';

/** How a position went, as the user tells it. */
export const ToldOutcome = z.enum(['win', 'loss', 'flat']);
export type ToldOutcome = z.infer<typeof ToldOutcome>;

/** What a user says to a decision or to a symbol: an outcome, a correction, a wish in words. */
export const Feedback = z
  .object({
    decisionId: DecisionId.optional(),
    symbol: Ticker.optional(),
    /** Of the symbol; left out where it alone decides. */
    source: Source.optional(),
    interval: Interval.optional(),
    words: z.string().trim().max(2000, 'at most 2000 characters').default(''),
    outcome: ToldOutcome.optional(),
    /** The position itself, which is then logged as a trade; prices in the symbol's currency, `pnl` after costs in the account's. */
    trade: TradeFields.pick({ side: true, entry: true, exit: true, pnl: true }).required().optional(),
  })
  .refine(({ decisionId, symbol }) => (decisionId === undefined) !== (symbol === undefined), {
    error: 'name a decision or a symbol, one of the two',
  })
  .refine(({ words, outcome, trade }) => words !== '' || outcome !== undefined || trade !== undefined, {
    error: 'say something in words, or name an outcome',
  });
export type Feedback = z.infer<typeof Feedback>;
export type FeedbackInput = z.input<typeof Feedback>;

/** What became of feedback: the memory it is, and the new analysis beside the one before. */
export const Adaptation = z.object({
  memoryId: z.string(),
  /** The decision that was spoken of, else the newest of the symbol; null where there was none. */
  before: DecisionSummary.nullable(),
  after: DecisionSummary,
  /** What differs, a line each: "action: hold -> long", "C 0.71 -> 0.80"; empty where nothing does. */
  changed: z.array(z.string()),
  /** Whether and why, in a sentence or two. */
  sentence: z.string(),
});
export type Adaptation = z.infer<typeof Adaptation>;
