import type { AsOf, Decision, InstrumentRef, Settings } from '../../shared/domain/index.ts';
import { LOCAL_SOURCES } from '../../shared/domain/index.ts';
import { type JournalReader, readableDecision } from './decision/index.ts';
import { type Market, placeOf, type Series, sessionOf } from './market/index.ts';
import type { Memory } from './memory/index.ts';
import {
  type AgentRouter,
  analyzeSettings,
  asOfFor,
  type BoundGraph,
  type BoundGraphDeps,
  bindGraph,
  createAgentRouter,
  createFeedbackMemory,
  createInitialState,
  type InitialState,
  type LoopContext,
  type LoopDeps,
  type LoopEvent,
  type LoopOptions,
  loop,
  type Runs,
  type Settler,
  type Timing,
} from './orchestrator/index.ts';
import { canonicalJson, sha256 } from './platform/index.ts';

/** The original's orchestrator, for scripts and agents. */
export interface Orchestrator {
  /** The workflow of an analysis: `graph.invoke(createInitialState(series, symbol))` gives its last state, and stores nothing. */
  buildGraph(): Promise<BoundGraph>;
  /** @throws INVALID_INPUT where the series is of another symbol */
  createInitialState(series: Series, symbol: string): InitialState;
  router: AgentRouter;
  /** Analyzes symbols again and again, and tells each step. Ends with its iterations, or when `signal` aborts. */
  loop(options: LoopOptions): AsyncGenerator<LoopEvent>;
}

export interface OrchestratorDeps {
  market: Market;
  graph: BoundGraphDeps;
  runs: Runs;
  settler: Pick<Settler, 'settle'>;
  journal: JournalReader;
  memory: Memory;
  together<T>(work: () => T): T;
  settings: () => Settings;
  timing: Timing;
}

export function createOrchestrator(deps: OrchestratorDeps): Orchestrator {
  const { market, runs, settler, journal, memory, together, timing } = deps;
  const router = createAgentRouter({ market, runs, journal, memory: createFeedbackMemory({ ...memory, together }) });
  const loopDeps: LoopDeps = {
    timing,
    router,
    series: (ref, signal) => seriesOf(market, ref, undefined, signal),
    context: (series) => contextOf(memory, series),
    recalled: ({ id }, memories) => memory.recalls.note({ decisionId: id, memories }),
    decided: (series) => decidedOn(deps, series),
    settle: ({ symbol, interval, source }, signal) => settler.settle({ symbol, interval, sources: [source] }, signal),
    isOpen: (series) => isOpen(series, timing.now()),
  };
  return {
    buildGraph: () => bindGraph(deps.graph),
    createInitialState,
    router,
    loop: (options) => loop(loopDeps, options),
  };
}

/** Bars up to the as-of; without one those that an analysis takes: up to the clock that bundled samples open with, else the newest. */
export async function seriesOf(market: Market, ref: InstrumentRef, asOf?: AsOf, signal?: AbortSignal): Promise<Series> {
  return market.series(ref, await asOfFor(market, ref, asOf, signal), signal);
}

const CONTEXT_CHARACTERS = 2000;

async function contextOf({ setups, records }: Memory, { symbol, interval, asOf }: Series): Promise<LoopContext> {
  const query = { symbol, interval, asOf, maxCharacters: CONTEXT_CHARACTERS };
  const { text, ids } = await records.getContext({ ...query, origin: 'live', forDecision: true });
  return { ...setups.count(), notes: ids.length, text, ids };
}

/** A decision on the very same bars and settings: another would only repeat it. */
function decidedOn({ journal, settings }: OrchestratorDeps, series: Series): Decision | null {
  const asOf = new Date(series.asOf).toISOString();
  const newest = journal.latest(series, asOf);
  if (newest?.asOf !== asOf) return null;
  const decision = readableDecision(journal, newest.id);
  const inForce = sha256(canonicalJson(analyzeSettings({}, settings())));
  return decision?.provenance.settingsHash === inForce ? decision : null;
}

function isOpen({ symbol, source, timezone }: Series, now: number): boolean | null {
  if ((LOCAL_SOURCES as readonly string[]).includes(source)) return null;
  return sessionOf(now, placeOf({ symbol, timezone })).phase === 'regular';
}
