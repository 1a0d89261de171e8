import { notifications } from '@mantine/notifications';
import type { AnalyzeRequest, RunState } from '../../shared/domain/index.ts';
import { api, engine, toFailure } from '../engine/index.ts';
import { asOfOf, workspace } from '../workspace/index.ts';

/** Shows what went wrong as a notification. */
export function tellFailure(error: unknown): void {
  const failure = toFailure(error);
  notifications.show({ title: 'That did not work', message: failure.sentence, color: 'red', autoClose: 10_000 });
}

/** Runs a command of the user and shows its failure; the result is null where it failed. */
export async function attempt<T>(command: () => Promise<T>): Promise<T | null> {
  try {
    return await command();
  } catch (error) {
    tellFailure(error);
    return null;
  }
}

const start = (request: AnalyzeRequest) => attempt(() => api().analysis.start(request));

/** Analyzes the list on screen at the clock on screen. */
export function analyzeWatchlist(): void {
  const { list, clock } = workspace.get();
  if (list && !activeRun()) void start({ watchlist: list, asOf: asOfOf(clock) });
}

/** Analyzes the symbol on screen at the clock on screen. */
export function analyzeSymbol(): void {
  const { symbol, clock } = workspace.get();
  if (symbol) void start({ symbols: [symbol], asOf: asOfOf(clock) });
}

/** Analyzes again, with everything else as it was, what failed in a run. */
export function retryFailed(run: RunState): void {
  const symbols = run.items
    .filter((item) => item.status === 'failed')
    .map(({ symbol, source }) => (source ? { symbol, source } : { symbol }));
  const { watchlist: _, ...request } = run.request;
  if (symbols.length > 0) void start({ ...request, symbols });
}

export const activeRun = () => engine.get().runs.find((run) => run.status === 'running') ?? null;

export function cancelRun(runId: string): void {
  void attempt(() => api().analysis.cancel({ runId }));
}
