import type { Interval, Settings, Source, Stage } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Series } from '../market/index.ts';
import { invokeGraph } from './analyzer.ts';
import { type AnalysisGraph, buildGraph } from './graph/build.ts';
import { createMatter, type GraphDeps } from './graph/matter.ts';
import { type AnalysisState, emptyState } from './graph/state.ts';
import { analyzeSettings } from './requests.ts';

/** A state before the first node, bound to the bars of a series. */
export interface InitialState extends AnalysisState {
  of: { symbol: string; source: Source; interval: Interval; asOf: string };
}

export interface InvokeOptions {
  signal?: AbortSignal;
  onStage?: (stage: Stage) => void;
}

/** The workflow research -> reasoning -> refine -> finalize on the rooms of one engine. */
export interface BoundGraph {
  /** Runs to the end; `content` of the last state is the decision, which nothing has stored. @throws as an analysis */
  invoke(state: InitialState, options?: InvokeOptions): Promise<AnalysisState>;
}

export interface BoundGraphDeps extends GraphDeps {
  settings: () => Settings;
}

/** The state an analysis of these bars begins with: their source, interval and as-of are those of the run. @throws INVALID_INPUT */
export function createInitialState(series: Series, symbol: string): InitialState {
  requireSymbol(series, symbol);
  const { source, interval } = series;
  const asOf = new Date(series.asOf).toISOString();
  return { ...emptyState(series.symbol), of: { symbol: series.symbol, source, interval, asOf } };
}

/** @throws INVALID_INPUT where the series is of another symbol */
export function requireSymbol(series: Series, symbol: string): void {
  if (series.symbol === symbol.trim().toUpperCase()) return;
  const problem = `the series is of ${series.symbol}, not of ${symbol.slice(0, 40)}`;
  throw new BrainnetError('INVALID_INPUT', { problem });
}

/** The graph for an engineer's own code; LangGraph is loaded at the first call. */
export async function bindGraph(deps: BoundGraphDeps): Promise<BoundGraph> {
  const graph: AnalysisGraph = await buildGraph();
  return {
    invoke({ of, ...state }, { signal = new AbortController().signal, onStage = () => {} } = {}) {
      const { asOf, ...ref } = of;
      const settings = deps.settings();
      const experience = { origin: settings.CALIBRATE_ON };
      const task = { ref, asOf, settings: analyzeSettings({}, settings), allowStale: true, experience };
      return invokeGraph(graph, state, createMatter(deps, { ...task, signal, onStage }));
    },
  };
}
