import { useMemo, useRef } from 'react';
import type {
  Instrument,
  Interval,
  ModelInfo,
  SeriesView,
  Source,
  TunedHeads,
  Watchlist,
} from '../../shared/domain/index.ts';
import { api, engine, type Query, useQuery, useStore } from '../engine/index.ts';
import { asOfOf, type Clock } from './clock.ts';
import { ownInterval } from './interval.ts';
import { type DecisionFilter, type DecisionPage, mergeArrived } from './merge.ts';
import { refKey, type SymbolRef, useWorkspace } from './store.ts';

export const useClock = () => useWorkspace('clock');

export const useWatchlists = (): Query<Watchlist[]> =>
  useQuery('watchlists', (signal) => api().market.watchlists(undefined, { signal }));

export const useInstruments = (): Query<Instrument[]> =>
  useQuery('instruments', (signal) => api().market.instruments(undefined, { signal }));

/** The network's card. */
export const useModel = (): Query<ModelInfo> => useModelFor(null);

/** The network's card; where fine-tuned heads read a series, the card as it is under them. */
export function useModelFor(
  tuned: Pick<TunedHeads, 'symbol' | 'interval'> | null | undefined,
  source?: Source,
): Query<ModelInfo> {
  const series = tuned && source ? { symbol: tuned.symbol, source, interval: tuned.interval } : undefined;
  const key = series ? `model|${series.symbol}|${series.source}|${series.interval}` : 'model';
  return useQuery(key, (signal) => api().models.convnext(series, { signal }));
}

/** The list on screen. */
export function useWatchlist(): Watchlist | undefined {
  const name = useWorkspace('list');
  return useWatchlists().data?.find((list) => list.name === name);
}

/** The interval of the bars on screen. */
export function useInterval(ref: SymbolRef | null): Interval {
  const instruments = useInstruments().data;
  return ref?.interval ?? (ref ? ownInterval(instruments, ref) : '1d');
}

export const seriesKey = (ref: SymbolRef, clock: Clock) => `series|${refKey(ref)}|${asOfOf(clock)}`;

/** Bars of a symbol up to a clock; null asks nothing. */
export function useSeries(ref: SymbolRef | null, clock: Clock | null): Query<SeriesView> {
  const key = ref && clock ? seriesKey(ref, clock) : null;
  return useQuery(key, (signal) => {
    if (!ref || !clock) throw new Error('no symbol');
    return api().market.series({ ...ref, asOf: asOfOf(clock) }, { signal });
  });
}

/** The newest decisions that pass the filter, with those that arrive while they are on screen. */
export function useDecisions(filter: DecisionFilter | null, limit: number): Query<DecisionPage> {
  const arrived = useStore(engine, (state) => state.arrived);
  const key = filter
    ? `decisions|${filter.source ?? ''}|${filter.symbol ?? ''}|${filter.action ?? ''}|${filter.interval ?? ''}|${asOfOf(filter.clock)}|${limit}`
    : null;
  const query = useQuery(key, (signal) => {
    const { clock, symbol, source, action, interval } = filter ?? { clock: 'latest' };
    return api().decisions.list({ symbol, source, action, interval, asOf: asOfOf(clock), limit }, { signal });
  });
  const merged = useMemo(() => {
    if (!query.data || !filter) return undefined;
    return mergeArrived(query.data, arrived, filter);
  }, [query.data, arrived, filter]);
  return { ...query, data: useSame(merged) };
}

/** The page before, while nothing was added: panels that watch it then have nothing to do. */
function useSame(page: DecisionPage | undefined): DecisionPage | undefined {
  const before = useRef(page);
  const same = before.current && page && isSame(before.current, page);
  if (!same) before.current = page;
  return before.current;
}

const isSame = (a: DecisionPage, b: DecisionPage) =>
  a.total === b.total &&
  a.decisions.length === b.decisions.length &&
  a.decisions.every((decision, i) => decision.id === b.decisions[i]?.id);
