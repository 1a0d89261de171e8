import { useEffect, useRef } from 'react';
import { type Action, type Decision, type Interval, type Origin, Ticker } from '../../../shared/domain/index.ts';
import { api, engine, type Query, queries, useQuery } from '../../engine/index.ts';
import { asOfOf, type Clock, type DecisionPage } from '../../workspace/index.ts';
import type { Exported, Sorting } from './table.ts';

export const PAGE = 100;
const EXPORTED_AT_ONCE = 1000;
/** While decisions arrive the page on screen is asked again at most this often, ms. */
const AGAIN_MS = 1000;

export interface Filter {
  symbol: string;
  action: Action | '';
  interval: Interval | '';
  judge: Decision['judge'] | '';
  origin: Origin | 'both';
  /** Also what was decided later than the clock. */
  all: boolean;
}

/** What the engine is asked for: the filter as of the clock, in a column's order. */
export function listed(filter: Filter, clock: Clock, { key, descending }: Sorting) {
  const symbol = Ticker.safeParse(filter.symbol);
  return {
    symbol: symbol.success ? symbol.data : undefined,
    action: filter.action || undefined,
    interval: filter.interval || undefined,
    judge: filter.judge || undefined,
    origin: filter.origin,
    asOf: asOfOf(filter.all ? 'latest' : clock),
    sort: key,
    descending,
  };
}
export type Listed = ReturnType<typeof listed>;

/** One page of it, which follows the decisions that arrive. */
export function useHistory(asked: Listed, page: number): Query<DecisionPage> {
  const key = `history|${JSON.stringify(asked)}|${page}`;
  useAskAgain(key);
  return useQuery<DecisionPage>(key, (signal) =>
    api().decisions.list({ ...asked, limit: PAGE, offset: page * PAGE }, { signal }),
  );
}

function useAskAgain(key: string): void {
  const shown = useRef(key);
  useEffect(() => {
    shown.current = key;
  }, [key]);
  useEffect(() => {
    let seen = engine.get().decisions;
    let asked = 0;
    let due: ReturnType<typeof setTimeout> | undefined;
    const ask = () => {
      due = undefined;
      asked = Date.now();
      queries.retry(shown.current);
    };
    const stop = engine.subscribe(() => {
      const { decisions } = engine.get();
      if (decisions !== seen) due ??= setTimeout(ask, asked + AGAIN_MS - Date.now());
      seen = decisions;
    });
    return () => {
      stop();
      clearTimeout(due);
    };
  }, []);
}

/** All that is listed, every page of it, with what became of each. */
export async function everyListed(asked: Listed): Promise<Exported[]> {
  const found = new Map<string, Exported>();
  for (let offset = 0; ; offset += EXPORTED_AT_ONCE) {
    const { decisions, damaged = 0 } = await api().decisions.list({ ...asked, limit: EXPORTED_AT_ONCE, offset });
    const outcomes = await api().decisions.outcomes({ ids: decisions.map(({ id }) => id) });
    decisions.forEach((decision, i) => void found.set(decision.id, { decision, outcome: outcomes[i]! }));
    if (decisions.length + damaged < EXPORTED_AT_ONCE) return [...found.values()];
  }
}
