import type { Action, RunState } from '../../shared/domain/index.ts';

/** How many symbols of a run ended in each action. */
export function tally(run: RunState): Record<Action, number> {
  const counts = { long: 0, short: 0, hold: 0 };
  for (const item of run.items) if (item.action) counts[item.action]++;
  return counts;
}

const HOW: Record<RunState['status'], string> = {
  running: '',
  done: '',
  cancelled: 'Cancelled. ',
  interrupted: 'The engine ended before the run did. ',
};

/** What a run decided, in a line: "7 decided: 1 long, 0 short, 6 hold; 1 failed". */
export function tallyLine(run: RunState): string {
  const { long, short, hold } = tally(run);
  const decided = long + short + hold;
  const failed = run.failed > 0 ? `; ${run.failed} failed` : '';
  return `${decided} decided: ${long} long, ${short} short, ${hold} hold${failed}`;
}

/** The end of a run in a line, with how it ended where that was not as planned. */
export const runSummary = (run: RunState) => `${HOW[run.status]}${tallyLine(run)}`;

/** Runs that ended between two states. */
export function endedBetween(before: readonly RunState[], now: readonly RunState[]): RunState[] {
  const running = new Set(before.filter((run) => run.status === 'running').map((run) => run.id));
  return now.filter((run) => run.status !== 'running' && running.has(run.id));
}
