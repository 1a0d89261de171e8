import type { Decision, Scorecard, ScorecardQuery } from '../../../../shared/domain/index.ts';
import { instantOf } from '../instant.ts';
import type { OutcomeFilter } from '../outcomes/index.ts';
import { type ScoredRecord, scorecard } from './scorecard.ts';

/** What a scorecard is made from. */
export interface ScoredStore {
  records(filter: OutcomeFilter): ScoredRecord[];
  countPending(filter: OutcomeFilter, asOf: number | null): number;
}

/** Whose stored decisions each judge of a scorecard speaks of. */
const STORED: Record<ScorecardQuery['judge'], Decision['judge']> = {
  numeric: 'numeric',
  language: 'llm',
  combined: 'llm',
};

/** The scorecard that a query asks for. */
export function scorecardOf(store: ScoredStore, query: ScorecardQuery): Scorecard {
  const { origin, replayId, judge, interval, horizonBars } = query;
  const asOf = query.asOf === undefined ? null : instantOf(query.asOf);
  const filter = { origin, replayId, judge: STORED[judge], interval, horizonBars };
  const pending = store.countPending(filter, asOf);
  const found = store.records(filter);
  const records = judge === 'language' ? found.flatMap(inItsOwnWord) : found;
  return scorecard({ records, pending, query, asOf: asOf ?? Infinity });
}

/** The record as if the language model had decided alone; P(correct) was given for what both said, so it goes. */
function inItsOwnWord(record: ScoredRecord): ScoredRecord[] {
  if (!record.language) return [];
  const { action } = record.language;
  return [{ ...record, action, side: action === 'hold' ? record.side : action, p: null, base: null }];
}
