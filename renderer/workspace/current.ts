import type { Decision, DecisionSummary } from '../../shared/domain/index.ts';
import { api, type Query, useQuery } from '../engine/index.ts';
import { useClock, useDecisions, useInterval } from './hooks.ts';
import { type DecisionPage, latestDecision } from './merge.ts';
import { useWorkspace } from './store.ts';

const MARKERS = 500;

/** Decisions of the symbol and interval on screen that are known at the clock. */
export function useSymbolDecisions(): Query<DecisionPage> {
  const ref = useWorkspace('symbol');
  const clock = useClock();
  const interval = useInterval(ref);
  return useDecisions(ref ? { symbol: ref.symbol, source: ref.source, interval, clock } : null, MARKERS);
}

/** The decision on screen: the one opened on purpose, else the newest known of the symbol. */
export function useCurrentDecision(): { id: string | null; newest: DecisionSummary | null; query: Query<Decision> } {
  const pinned = useWorkspace('decisionId');
  const page = useSymbolDecisions().data;
  const newest = page ? latestDecision(page.decisions) : null;
  const id = pinned ?? newest?.id ?? null;
  const query = useQuery<Decision>(id ? `decision|${id}` : null, (signal) =>
    api().decisions.get({ id: id ?? '' }, { signal }),
  );
  return { id, newest, query };
}
