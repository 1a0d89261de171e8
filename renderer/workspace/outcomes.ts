import type { Interval, Outcome, OutcomeState } from '../../shared/domain/index.ts';
import { api, type Query, useQuery } from '../engine/index.ts';
import { type Clock, knownBy } from './clock.ts';

/** Whether an outcome was known at the clock: its exit is the bar with which it became known. */
export const outcomeKnownBy = ({ knownAt, exitTime }: Outcome, interval: Interval, clock: Clock): boolean =>
  knownBy({ interval, asOf: knownAt, lastBarDate: exitTime.slice(0, 10) }, clock);

/** How it stands with the outcome of a decision; null asks nothing. */
export const useOutcome = (id: string | null): Query<OutcomeState> =>
  useQuery(id ? `outcome|${id}` : null, (signal) => api().decisions.outcome({ id: id ?? '' }, { signal }));

/** The same of many, as far as it is stored; by their order. */
export const useOutcomes = (ids: readonly string[]): Query<OutcomeState[]> =>
  useQuery(ids.length > 0 ? `outcomes|${ids.join(' ')}` : null, (signal) =>
    api().decisions.outcomes({ ids: [...ids] }, { signal }),
  );
