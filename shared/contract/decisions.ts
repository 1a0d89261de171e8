import { z } from 'zod';
import {
  Action,
  AsOf,
  Decision,
  DecisionId,
  DecisionSort,
  DecisionSummary,
  Interval,
  Origin,
  OutcomeState,
  Scorecard,
  ScorecardQuery,
  SettleInput,
  SettleReport,
  Source,
  Ticker,
} from '../domain/index.ts';
import { procedure } from './base.ts';

export const DecisionQuery = z.object({
  /** Replayed decisions are given only where they are asked for. */
  origin: z.enum([...Origin.options, 'both']).default('live'),
  replayId: z.string().max(80).optional(),
  symbol: Ticker.optional(),
  source: Source.optional(),
  interval: Interval.optional(),
  action: Action.optional(),
  judge: Decision.shape.judge.optional(),
  /** Only decisions known by then. */
  asOf: AsOf.optional(),
  /** Over everything that passes the filter, before it is paged; equals stand newest first. */
  sort: DecisionSort.default('createdAt'),
  descending: z.boolean().default(true),
  limit: z.int().min(1).max(10_000).default(100),
  offset: z.int().min(0).default(0),
});

export const decisions = {
  /**
   * Newest first by the time they were stored, unless a sort is named. `total` and `holds` count everything that passes the filter, `damaged` the
   * lines of the page that cannot be read and are left out; absent = none.
   */
  list: procedure.input(DecisionQuery).output(
    z.object({
      total: z.int(),
      holds: z.int(),
      decisions: z.array(DecisionSummary),
      damaged: z.int().min(1).optional(),
    }),
  ),
  /** @throws UNKNOWN_DECISION, DECISION_DAMAGED */
  get: procedure.input(z.object({ id: DecisionId })).output(Decision),
  /** What became of a decision, or how far its horizon is; bars on this machine are looked at, the network is not asked. */
  outcome: procedure.input(z.object({ id: DecisionId })).output(OutcomeState),
  /** The same of many, in the order asked, from what is stored and was last looked at. */
  outcomes: procedure.input(z.object({ ids: z.array(DecisionId).max(1000) })).output(z.array(OutcomeState)),
  /** Settles the live decisions whose horizon has passed; outcomes also settle by themselves when bars arrive. @throws UNKNOWN_SYMBOL where a symbol has neither decisions nor bars */
  settle: procedure.input(SettleInput).output(SettleReport),
  /** How decisions fared, and whether P(correct) deserved its name; live ones alone unless more is asked for. */
  scorecard: procedure.input(ScorecardQuery).output(Scorecard),
};
