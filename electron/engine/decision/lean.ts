import type { Action, Regime, Side } from '../../../shared/domain/index.ts';

/** Which row of the policy's table a setup stands in. */
export const RULES = ['trend', 'revert', 'none'] as const;
export type Rule = (typeof RULES)[number];

/** The side a setup speaks for, and by which rule. */
export interface Lean {
  side: Side;
  rule: Rule;
}

/**
 * The side that P(correct) of a decision is about: the one taken; of a hold the one that the table proposed before the gates; where
 * that is a hold too, the side the trend points to. So every resolved window has just one forecast, holds included.
 * @param trendScore `trend_score` of the main window, in [-1, 1]
 */
export function leanOf(decision: { action: Action; proposed: Action; regime: Regime; trendScore: number }): Lean {
  const { action, proposed, regime, trendScore } = decision;
  const side = action !== 'hold' ? action : proposed !== 'hold' ? proposed : null;
  if (side === null) return { side: trendScore < 0 ? 'short' : 'long', rule: 'none' };
  return { side, rule: regime === 'trending' ? 'trend' : regime === 'mean_reverting' ? 'revert' : 'none' };
}
