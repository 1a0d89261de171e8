import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { contentHash, type Figures, type Journal, type OutcomeStore } from '../decision/index.ts';
import type { Market } from '../market/index.ts';
import type { SetupMemory } from '../memory/index.ts';
import { type Analyzer, type GraphDeps, storeDecision, storeOutcome } from '../orchestrator/index.ts';
import type { Clock } from '../platform/index.ts';
import type { Convnext } from '../vision/index.ts';
import { chunksOf, readStepsAhead } from './ahead.ts';
import { type CalibrationMemory, createCalibrationMemory } from './calibration-memory.ts';
import { keyOf, replayDecisionId, replayRunId } from './ids.ts';
import type { Plan, Planned, TimeStep } from './plan.ts';
import { replayAnalyzer } from './replay-analyzer.ts';
import type { Cursor, ReplayStore, StoredReplay } from './replay-store.ts';
import { rememberingMarket } from './series-memory.ts';
import { createTrips, type Trips } from './trips.ts';

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
  network: Convnext;
  /** Symbols analyzed at once. */
  parallel: number;
  signal: AbortSignal;
  /** How far it has come; everything it counts is stored. */
  stored: StoredReplay;
  /** What is stored now; called after every transaction. */
  onStored(stored: StoredReplay): void;
}

/** Decisions stored in one transaction: few enough that nothing else waits long. */
const STORED_TOGETHER = 16;

interface Run extends Walk {
  deps: WalkDeps;
  analyzer: Analyzer;
  calibrations: CalibrationMemory;
  trips: Trips;
}

/** `made` is null where the window was refused. */
interface Decided {
  key: string;
  made: { decision: Decision; embedding: Float32Array } | null;
}

/**
 * Decides every window of a plan in the order of time: what is due by T is settled and stored, then everything at T is decided and stored.
 * What it gives depends on the plan alone: not on how much runs at once, nor on how often it was cut short.
 * @throws CANCELLED when the signal says so, DISK_FULL, and what network and market throw
 */
export async function walk(deps: WalkDeps, what: Walk): Promise<void> {
  const { plan, network, parallel, signal } = what;
  const market = rememberingMarket(deps.market);
  const calibrations = createCalibrationMemory(deps.figures);
  const analyzer = replayAnalyzer({ ...deps, market, calibrations }, plan, network);
  const trips = createTrips({ market, instruments: plan.instruments, now: deps.clock.now });
  const run: Run = { ...what, deps, analyzer, calibrations, trips };
  takeUp(run);
  const steps = stepsLeft(run);
  const chunks = chunksOf(steps);
  const ahead = (chunk: TimeStep[] = []) =>
    readStepsAhead({ market, network, settings: plan.settings }, chunk, parallel, signal);
  let reading = ahead(chunks[0]);
  keep(run, [], await trips.due(steps[0]?.asOf ?? Infinity));
  let at = 0;
  for (const [i, chunk] of chunks.entries()) {
    await reading;
    reading = ahead(chunks[i + 1]);
    reading.catch(() => {});
    for (const step of chunk) await perform(run, step, steps[++at]?.asOf ?? Infinity);
  }
}

/** Steps that are not behind it; of the one it was cut short in what is left of it. */
function stepsLeft({ plan, stored: { cursor } }: Run): TimeStep[] {
  if (cursor === null) return plan.steps;
  return plan.steps.flatMap((step) => {
    if (step.asOf < cursor.asOf) return [];
    const instruments = step.instruments.filter(({ key }) => step.asOf > cursor.asOf || key > cursor.key);
    return instruments.length > 0 ? [{ ...step, instruments }] : [];
  });
}

/** Puts together again what an earlier part of the replay left: trips that are open, and outcomes that count. */
function takeUp({ deps, plan, calibrations, trips }: Run): void {
  const mine = { origin: 'replay', replayId: plan.id } as const;
  for (const decision of deps.outcomes.pending(mine)) trips.add(decision);
  for (const interval of new Set(plan.instruments.map(({ ref }) => ref.interval))) {
    const records = deps.outcomes.records({ ...mine, interval }).filter(({ inSample }) => !inSample);
    const trips = records.map((record) => ({ ...record, interval, key: keyOf({ ...record, interval }) }));
    trips.sort((a, b) => a.knownAt - b.knownAt || a.asOf - b.asOf || (a.key < b.key ? -1 : 1));
    for (const trip of trips) calibrations.learn(trip);
  }
}

/** @param next when the next step is; what is due by then is stored with the last decisions of this one */
async function perform(run: Run, { asOf, instruments }: TimeStep, next: number): Promise<void> {
  for (let from = 0; from < instruments.length; from += STORED_TOGETHER) {
    const together = instruments.slice(from, from + STORED_TOGETHER);
    const decided: Decided[] = [];
    for (let at = 0; at < together.length; at += run.parallel) {
      const group = together.slice(at, at + run.parallel);
      decided.push(...(await Promise.all(group.map((planned) => decide(run, planned, asOf)))));
      await nextTurn();
    }
    for (const { made } of decided) if (made) run.trips.add(made.decision);
    const isLast = from + STORED_TOGETHER >= instruments.length;
    keep(run, decided, isLast ? await run.trips.due(next) : [], { asOf, key: together.at(-1)!.key });
  }
}

/** What makes a window no decision, and the walk goes on. */
const REFUSALS = new Set(['TOO_FEW_BARS', 'TOO_MANY_BAD_BARS']);

async function decide({ deps, plan, analyzer, signal }: Run, { key, ref }: Planned, asOf: number): Promise<Decided> {
  const replayId = plan.id;
  try {
    const { content, embedding } = await analyzer.analyze({
      ...{ ref, asOf: new Date(asOf).toISOString(), settings: plan.settings, signal },
      allowStale: true,
      experience: { origin: 'replay', replayId },
      onStage: () => {},
    });
    const createdAt = new Date(deps.clock.now()).toISOString();
    const identity = { id: replayDecisionId(replayId, key, asOf), runId: replayRunId(replayId), createdAt };
    const decision: Decision = {
      ...identity,
      origin: 'replay',
      replayId,
      ...content,
      contentHash: contentHash(content),
    };
    return { key, made: { decision, embedding } };
  } catch (error) {
    if (error instanceof BrainnetError && REFUSALS.has(error.code)) return { key, made: null };
    throw error;
  }
}

/** Stores decisions, outcomes and how far the replay has come, all or nothing. */
function keep(run: Run, decided: readonly Decided[], outcomes: readonly Outcome[], cursor?: Cursor): void {
  const { deps, calibrations } = run;
  const made = decided.flatMap(({ made }) => made ?? []);
  if (decided.length === 0 && outcomes.length === 0) return;
  const { state } = run.stored;
  const stored = {
    ...run.stored,
    cursor: cursor ?? run.stored.cursor,
    state: {
      ...state,
      done: state.done + decided.length,
      decided: state.decided + made.length,
      refused: state.refused + decided.length - made.length,
      inSample: state.inSample + made.filter(({ decision }) => decision.sampleStatus === 'training').length,
      settled: state.settled + outcomes.length,
      through: cursor ? new Date(cursor.asOf).toISOString() : state.through,
    },
  };
  const settled = deps.together(() => {
    for (const { decision, embedding } of made) storeDecision(deps, decision, embedding);
    const decisions = outcomes.map((outcome) => {
      const decision = deps.journal.get(outcome.decisionId);
      storeOutcome(deps, outcome, decision);
      return decision;
    });
    deps.store.save(stored);
    return decisions;
  });
  settled.forEach((decision, i) => {
    if (decision.sampleStatus === 'training') return;
    const { interval } = decision;
    const [entry, exit] = [Date.parse(outcomes[i]!.entryTime), Date.parse(outcomes[i]!.exitTime)];
    calibrations.learn({ key: keyOf(decision), interval, entry, exit });
  });
  run.stored = stored;
  run.onStored(stored);
}
