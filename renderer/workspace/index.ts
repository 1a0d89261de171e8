export {
  asOfOf,
  type Clock,
  clockDate,
  clockOfDecision,
  defaultClock,
  intradayMs,
  isIntraday,
  knownBy,
  stepClock,
} from './clock.ts';
export { useCurrentDecision, useSymbolDecisions } from './current.ts';
export {
  seriesKey,
  useClock,
  useDecisions,
  useInstruments,
  useInterval,
  useModel,
  useModelFor,
  useSeries,
  useWatchlist,
  useWatchlists,
} from './hooks.ts';
export { isLive, ownInterval } from './interval.ts';
export { type MarkedBars, markedBars } from './marked.ts';
export type { DecisionPage } from './merge.ts';
export { outcomeKnownBy, useOutcome, useOutcomes } from './outcomes.ts';
export {
  openDecision,
  openList,
  openSymbol,
  refKey,
  type SymbolRef,
  setClock,
  update,
  useWorkspace,
  type Workspace,
  workspace,
} from './store.ts';
