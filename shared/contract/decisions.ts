import { z } from 'zod';
import { Action, AsOf, Decision, DecisionId, DecisionSummary, Source, Ticker } from '../domain/index.ts';
import { procedure } from './base.ts';

export const DecisionQuery = z.object({
  symbol: Ticker.optional(),
  source: Source.optional(),
  action: Action.optional(),
  /** Only decisions known by then. */
  asOf: AsOf.optional(),
  limit: z.int().min(1).max(10_000).default(100),
  offset: z.int().min(0).default(0),
});

export const decisions = {
  /** Newest first by the time they were stored. */
  list: procedure
    .input(DecisionQuery)
    .output(z.object({ total: z.int(), holds: z.int(), decisions: z.array(DecisionSummary) })),
  get: procedure.input(z.object({ id: DecisionId })).output(Decision),
};
