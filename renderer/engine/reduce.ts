import type { DecisionSummary, LanguageQueue, RunState, SettingView, Snapshot } from '../../shared/domain/index.ts';
import type { EngineEvent } from '../../shared/events.ts';

export type Phase = 'connecting' | 'live' | 'reconnecting' | 'refused';

/** What the page knows of the engine: a snapshot with the events applied on top. */
export interface EngineState {
  phase: Phase;
  seq: number;
  version: string;
  notices: readonly string[];
  /** Number of decisions in the journal. */
  decisions: number;
  /** Newest first. */
  runs: readonly RunState[];
  settings: readonly SettingView[];
  languageModel: string;
  languageQueue: LanguageQueue;
  /** Decisions stored since the page connected, oldest first. */
  arrived: readonly DecisionSummary[];
}

export const INITIAL: EngineState = {
  phase: 'connecting',
  seq: 0,
  version: '',
  notices: [],
  decisions: 0,
  runs: [],
  settings: [],
  languageModel: '',
  languageQueue: {
    available: false,
    model: null,
    waiting: 0,
    current: [],
    meanMs: null,
    leftMs: null,
    problem: null,
  },
  arrived: [],
};

const KEPT_RUNS = 100;
const KEPT_ARRIVALS = 2000;

const newestFirst = (a: RunState, b: RunState) => b.startedAt.localeCompare(a.startedAt) || b.id.localeCompare(a.id);

/** A fresh start from the engine's snapshot; decisions that arrived before are in the journal by now. */
export function fromSnapshot(snapshot: Snapshot): EngineState {
  const { runs, ...rest } = snapshot;
  return { ...rest, phase: 'live', runs: [...runs].sort(newestFirst), arrived: [] };
}

/** Applies a batch in order; events not newer than the state are skipped, so a repeated tail changes nothing. */
export function applyEvents(state: EngineState, events: readonly EngineEvent[]): EngineState {
  const fresh = events.filter((event) => event.seq > state.seq);
  if (fresh.length === 0) return state;
  const runs = new Map(state.runs.map((run) => [run.id, run]));
  const arrived: DecisionSummary[] = [];
  let { languageQueue, languageModel } = state;
  for (const event of fresh) {
    if (event.type === 'run') runs.set(event.run.id, event.run);
    if (event.type === 'decision') arrived.push(event.decision);
    if (event.type === 'language') {
      languageQueue = event.queue;
      languageModel = event.sentence;
    }
  }
  const touched = fresh.some((event) => event.type === 'run');
  return {
    ...state,
    languageQueue,
    languageModel,
    seq: Math.max(...fresh.map((event) => event.seq)),
    runs: touched ? [...runs.values()].sort(newestFirst).slice(0, KEPT_RUNS) : state.runs,
    arrived: arrived.length > 0 ? [...state.arrived, ...arrived].slice(-KEPT_ARRIVALS) : state.arrived,
    decisions: state.decisions + arrived.length,
  };
}
