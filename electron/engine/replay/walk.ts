import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Decision } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { contentHash } from '../decision/index.ts';
import { chunksOf, readStepsAhead } from './ahead.ts';
import { createCalibrationMemory } from './calibration-memory.ts';
import { replayDecisionId, replayRunId } from './ids.ts';
import { type Decided, keep, type Run, takeUp, type Walk, type WalkDeps } from './keep.ts';
import type { Planned, TimeStep } from './plan.ts';
import { replayAnalyzer } from './replay-analyzer.ts';
import type { Cursor } from './replay-store.ts';
import { rememberingMarket } from './series-memory.ts';
import { createTrips } from './trips.ts';

/** Decisions, or outcomes, stored in one transaction: few enough that nothing else waits long. */
const STORED_TOGETHER = 16;

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
  await settleUpTo(run, steps[0]?.asOf ?? Infinity);
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
    const cursor = { asOf, key: together.at(-1)!.key };
    if (from + STORED_TOGETHER < instruments.length) keep(run, decided, [], cursor);
    else await settleUpTo(run, next, decided, cursor);
  }
}

/** Stores what is due by a time, and with the first of it these decisions. */
async function settleUpTo(run: Run, asOf: number, decided: readonly Decided[] = [], cursor?: Cursor): Promise<void> {
  const due = await run.trips.due(asOf);
  keep(run, decided, due.slice(0, STORED_TOGETHER), cursor);
  for (let from = STORED_TOGETHER; from < due.length; from += STORED_TOGETHER) {
    await nextTurn();
    keep(run, [], due.slice(from, from + STORED_TOGETHER));
  }
}

/** What makes a window no decision, and the walk goes on. */
const REFUSALS = new Set(['TOO_FEW_BARS', 'TOO_MANY_BAD_BARS', 'HOLE_IN_BARS']);

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
    return { made: { decision, embedding } };
  } catch (error) {
    if (error instanceof BrainnetError && REFUSALS.has(error.code)) return { made: null };
    throw error;
  }
}
