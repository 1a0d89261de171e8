import type { AsOf, Scorecard, ScorecardQuery } from '../../../../shared/domain/index.ts';
import type { OutcomeFilter } from '../outcomes/index.ts';
import { type ScoredRecord, scorecard } from './scorecard.ts';

/** What a scorecard is made from. */
export interface ScoredStore {
  records(filter: OutcomeFilter): ScoredRecord[];
  countPending(filter: OutcomeFilter, asOf: number | null): number;
}

/** The scorecard that a query asks for. */
export function scorecardOf(store: ScoredStore, query: ScorecardQuery): Scorecard {
  const { origin, replayId, judge, interval, horizonBars } = query;
  const asOf = query.asOf === undefined ? null : instantOf(query.asOf);
  const filter = { origin, replayId, judge, interval, horizonBars };
  const pending = store.countPending(filter, asOf);
  return scorecard({ records: store.records(filter), pending, query, asOf: asOf ?? Infinity });
}

/** The end of a date anywhere between Auckland and Honolulu: 11 hours after its end in UTC, when no daily bar of the next date has ended. */
function instantOf(asOf: AsOf): number {
  return asOf.includes('T') ? Date.parse(asOf) : Date.parse(`${asOf}T00:00:00Z`) + 35 * 3_600_000 - 1;
}
