export {
  asOfOf,
  type Clock,
  clockDate,
  clockOfDecision,
  defaultClock,
  isIntraday,
  knownBy,
  stepClock,
} from './clock.ts';
export { useCurrentDecision, useSymbolDecisions } from './current.ts';
export { useClock, useDecisions, useInstruments, useSeries, useWatchlist, useWatchlists } from './hooks.ts';
export {
  openDecision,
  openList,
  openSymbol,
  type SymbolRef,
  setClock,
  update,
  useWorkspace,
  type Workspace,
  workspace,
} from './store.ts';
