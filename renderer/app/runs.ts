import type { Action, InstrumentRef, RunState } from '../../shared/domain/index.ts';

/** How many symbols of a run ended in each action. */
export function tally(run: RunState): Record<Action, number> {
  const counts = { long: 0, short: 0, hold: 0 };
  for (const item of run.items) if (item.action) counts[item.action]++;
  return counts;
}

const HOW: Record<RunState['status'], string> = {
  queued: '',
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

/** Whether a run is at work or will be. */
export const isOpen = ({ status }: Pick<RunState, 'status'>) => status === 'running' || status === 'queued';

/** The run at work, else the one whose turn is next; `runs` stand newest first. */
export const runAtWork = (runs: readonly RunState[]): RunState | null =>
  runs.find((run) => run.status === 'running') ?? runs.findLast(isOpen) ?? null;

/** Runs that ended between two states. */
export function endedBetween(before: readonly RunState[], now: readonly RunState[]): RunState[] {
  const open = new Set(before.filter(isOpen).map((run) => run.id));
  return now.filter((run) => !isOpen(run) && open.has(run.id));
}

/** What can be asked for again: symbols that failed, all of them or those whose bars were too old. */
export function failedSymbols(run: RunState, onlyStale = false): InstrumentRef[] {
  const { interval } = run.request;
  return run.items
    .filter((item) => item.status === 'failed' && (!onlyStale || item.error?.code === 'STALE_BARS'))
    .map(({ symbol, source }) => ({ symbol, ...(source ? { source } : {}), ...(interval ? { interval } : {}) }));
}
