import type {
  AsOf,
  FoundMemory,
  MemoryQuery,
  MemoryState,
  PatternView,
  RegimeStat,
  TradeView,
} from '../../../shared/domain/index.ts';
import { api, useQuery } from '../../engine/index.ts';

/** What was known then, or all; `asOf` undefined = now. */
export function useMemories(query: MemoryQuery) {
  const key = `memories|${JSON.stringify(query)}`;
  return useQuery<FoundMemory[]>(key, (signal) => api().memory.search(query, { signal }));
}

export const usePatterns = (asOf: AsOf | undefined) =>
  useQuery<PatternView[]>(`patterns|${asOf ?? ''}`, (signal) => api().memory.knowledge.patterns({ asOf }, { signal }));

export const useRegimes = (asOf: AsOf | undefined) =>
  useQuery<RegimeStat[]>(`regimes|${asOf ?? ''}`, (signal) => api().memory.knowledge.regimes({ asOf }, { signal }));

export const useTrades = (asOf: AsOf | undefined) =>
  useQuery<TradeView[]>(`trades|${asOf ?? ''}`, (signal) => api().memory.knowledge.trades({ asOf }, { signal }));

export const useMemoryState = () =>
  useQuery<MemoryState>('memory-state', (signal) => api().memory.state(undefined, { signal }));
