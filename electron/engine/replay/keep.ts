import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { type Figures, type Journal, type OutcomeStore, readableDecision, tripBegins } from '../decision/index.ts';
import type { Market } from '../market/index.ts';
import type { SetupMemory } from '../memory/index.ts';
import { type Analyzer, type GraphDeps, storeDecision, storeOutcome } from '../orchestrator/index.ts';
import type { Clock } from '../platform/index.ts';
import type { HeadedConvnext } from '../vision/index.ts';
import type { CalibrationMemory } from './calibration-memory.ts';
import { keyOf } from './ids.ts';
import type { Plan } from './plan.ts';
import type { Cursor, ReplayStore, StoredReplay } from './replay-store.ts';
import type { Trips } from './trips.ts';

export interface WalkDeps {
  market: Market;
  memory: SetupMemory;
  judging: GraphDeps['judging'];
  figures: Pick<Figures, 'calibration'>;
  journal: Journal;
  outcomes: OutcomeStore;
  store: ReplayStore;
  /** Runs `work` as one transaction of the journal. */
  together<T>(work: () => T): T;
  clock: Clock;
  engineVersion: string;
}

export interface Walk {
  plan: Plan;
  network: HeadedConvnext;
  /** Symbols analyzed at once. */
  parallel: number;
  signal: AbortSignal;
  /** How far it has come; everything it counts is stored. */
  stored: StoredReplay;
  /** What is stored now; called after every transaction. */
  onStored(stored: StoredReplay): void;
}

/** A walk with what it carries along. */
export interface Run extends Walk {
  deps: WalkDeps;
  analyzer: Analyzer;
  calibrations: CalibrationMemory;
  trips: Trips;
}

/** `made` is null where the window was refused. */
export interface Decided {
  made: { decision: Decision; embedding: Float32Array } | null;
}

/** Puts together again what an earlier part of the replay left: trips that are open, and outcomes that count. */
export function takeUp({ deps, plan, calibrations, trips }: Run): void {
  const mine = { origin: 'replay', replayId: plan.id } as const;
  for (const decision of deps.outcomes.pending(mine)) trips.add(decision);
  for (const interval of new Set(plan.instruments.map(({ ref }) => ref.interval))) {
    const records = deps.outcomes.records({ ...mine, interval }).filter(({ inSample }) => !inSample);
    const trips = records.map((record) => ({ ...record, interval, key: keyOf({ ...record, interval }) }));
    trips.sort((a, b) => a.knownAt - b.knownAt || a.asOf - b.asOf || (a.key < b.key ? -1 : 1));
    for (const trip of trips) calibrations.learn(trip);
  }
}

/** Stores decisions, outcomes and how far the replay has come, all or nothing; a decision that cannot be read any more stays open. */
export function keep(run: Run, decided: readonly Decided[], outcomes: readonly Outcome[], cursor?: Cursor): void {
  const { deps } = run;
  if (decided.length === 0 && outcomes.length === 0) return;
  const { stored, settled } = deps.together(() => {
    for (const { made } of decided) if (made) storeDecision(deps, made.decision, made.embedding);
    const settled = outcomes.flatMap((outcome) => {
      const decision = readableDecision(deps.journal, outcome.decisionId);
      return decision ? { outcome, decision } : [];
    });
    for (const { outcome, decision } of settled) storeOutcome(deps, outcome, decision);
    const stored = advanced(run.stored, decided, settled.length, cursor);
    deps.store.save(stored);
    return { stored, settled };
  });
  for (const { outcome, decision } of settled) learn(run, outcome, decision);
  run.stored = stored;
  run.onStored(stored);
}

function advanced(stored: StoredReplay, decided: readonly Decided[], settled: number, cursor?: Cursor): StoredReplay {
  const { state } = stored;
  const made = decided.flatMap(({ made }) => made ?? []);
  return {
    ...stored,
    cursor: cursor ?? stored.cursor,
    state: {
      ...state,
      done: state.done + decided.length,
      decided: state.decided + made.length,
      refused: state.refused + decided.length - made.length,
      inSample: state.inSample + made.filter(({ decision }) => decision.sampleStatus === 'training').length,
      settled: state.settled + settled,
      through: cursor ? new Date(cursor.asOf).toISOString() : state.through,
    },
  };
}

function learn({ calibrations }: Run, outcome: Outcome, decision: Decision): void {
  if (decision.sampleStatus === 'training') return;
  const { symbol, interval, provenance } = decision;
  const regimeHead = provenance.modelHashes.regimeHead ?? '';
  const [begins, knownAt] = [tripBegins(outcome, decision), Date.parse(outcome.knownAt)];
  calibrations.learn({ symbol, interval, regimeHead, begins, knownAt });
}
