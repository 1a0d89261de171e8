import type { Action, DecisionSummary, Interval, Source } from '../../shared/domain/index.ts';
import { type Clock, knownBy } from './clock.ts';

export interface DecisionFilter {
  symbol?: string | undefined;
  source?: Source | undefined;
  action?: Action | undefined;
  interval?: Interval | undefined;
  clock: Clock;
}

/** A page of the journal, newest first, with how many there are in all and how many of them hold. */
export interface DecisionPage {
  total: number;
  holds: number;
  decisions: readonly DecisionSummary[];
  /** Lines of the page that cannot be read and are left out; absent = none. */
  damaged?: number;
}

const matches = (decision: DecisionSummary, filter: DecisionFilter) =>
  (!filter.symbol || decision.symbol === filter.symbol) &&
  (!filter.source || decision.source === filter.source) &&
  (!filter.action || decision.action === filter.action) &&
  (!filter.interval || decision.interval === filter.interval) &&
  knownBy(decision, filter.clock);

/** Puts decisions that arrived after the page was asked on top of it; those already on it count once. */
export function mergeArrived(
  page: DecisionPage,
  arrived: readonly DecisionSummary[],
  filter: DecisionFilter,
): DecisionPage {
  const known = new Set(page.decisions.map((decision) => decision.id));
  const newest = page.decisions[0]?.createdAt ?? '';
  const added = arrived.filter(
    (decision) => !known.has(decision.id) && decision.createdAt >= newest && matches(decision, filter),
  );
  if (added.length === 0) return page;
  return {
    total: page.total + added.length,
    holds: page.holds + added.filter((decision) => decision.action === 'hold').length,
    decisions: [...added].reverse().concat(page.decisions),
  };
}

/** The decision a screen follows: the one with the latest bar, among equals the newest. */
export function latestDecision(decisions: readonly DecisionSummary[]): DecisionSummary | null {
  let best: DecisionSummary | null = null;
  for (const decision of decisions) {
    const later =
      !best || decision.asOf > best.asOf || (decision.asOf === best.asOf && decision.createdAt > best.createdAt);
    if (later) best = decision;
  }
  return best;
}
