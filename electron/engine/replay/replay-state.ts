import type { ReplayEstimate, ReplayInstrument, ReplayRequest, ReplayState } from '../../../shared/domain/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Plan } from './plan.ts';

/** Windows a second of the run in the README, until a replay has been measured on this machine. */
const RATE_ELSEWHERE = 39;

export function emptyState(
  plan: Plan,
  request: ReplayRequest,
  instruments: ReplayInstrument[],
  now: number,
): ReplayState {
  return {
    ...{ id: plan.id, title: plan.title, status: 'running', request, instruments },
    ...{ startedAt: new Date(now).toISOString(), endedAt: null },
    ...{ stepBars: plan.stepBars, horizonBars: plan.settings.horizonBars },
    ...{ total: plan.windows, done: 0, decided: 0, refused: 0, inSample: 0, settled: 0 },
    ...{ through: null, ratePerSecond: null, leftMs: null, error: null },
  };
}

/** With the rate since it was started or resumed. @param began when that was, and how many windows were behind it */
export function progressed(state: ReplayState, began: { at: number; done: number }, now: number): ReplayState {
  const done = state.done - began.done;
  const elapsed = now - began.at;
  if (done <= 0 || elapsed <= 0) return state;
  const ratePerSecond = (1000 * done) / elapsed;
  return { ...state, ratePerSecond, leftMs: (1000 * (state.total - state.done)) / ratePerSecond };
}

export function ended(
  state: ReplayState,
  status: ReplayState['status'],
  error: ErrorData | null,
  now: number,
): ReplayState {
  return { ...state, status, error, leftMs: null, endedAt: new Date(now).toISOString() };
}

/** @param before replays of this machine, the newest first @param there the very same one, where it is there */
export function estimateOf(plan: Plan, before: readonly ReplayState[], there: ReplayState | null): ReplayEstimate {
  const measured = before.find(({ ratePerSecond, done }) => ratePerSecond !== null && done >= 100)?.ratePerSecond;
  const ratePerSecond = measured ?? RATE_ELSEWHERE;
  const windows = plan.windows - (there?.done ?? 0);
  return {
    symbols: plan.instruments.length,
    windows,
    seconds: windows / ratePerSecond,
    ratePerSecond,
    measuredHere: measured !== undefined && measured !== null,
    replayId: there?.id ?? null,
  };
}
