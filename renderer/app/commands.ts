import { notifications } from '@mantine/notifications';
import type { AnalyzeRequest, AsOf, RunState, Watchlist } from '../../shared/domain/index.ts';
import { sameListName } from '../../shared/domain/index.ts';
import { api, engine, queries, toFailure } from '../engine/index.ts';
import { asOfOf, workspace } from '../workspace/index.ts';
import { failedSymbols, runAtWork } from './runs.ts';

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

/** The as-of of a run: the one it was asked with, else that of its list. */
async function asOfOfRun({ request }: RunState): Promise<AsOf | undefined> {
  if (request.asOf || !request.watchlist) return request.asOf;
  const lists = await queries.read<Watchlist[]>('watchlists', () => api().market.watchlists());
  return lists.find((list) => sameListName(list.name, request.watchlist ?? ''))?.defaultAsOf ?? undefined;
}

/** Analyzes again, with everything else as it was, what failed in a run. */
export function retryFailed(run: RunState): void {
  const symbols = failedSymbols(run);
  if (symbols.length > 0) void again(run, { symbols });
}

/** Analyzes what was refused for its old bars, at the user's word. */
export function analyzeStale(run: RunState): void {
  const symbols = failedSymbols(run, true);
  if (symbols.length > 0) void again(run, { symbols, allowStale: true });
}

const again = (run: RunState, change: Pick<AnalyzeRequest, 'symbols' | 'allowStale'>) =>
  attempt(async () => {
    const { watchlist: _, ...request } = run.request;
    return api().analysis.start({ ...request, asOf: await asOfOfRun(run), ...change });
  });

export const activeRun = () => runAtWork(engine.get().runs);

export function cancelRun(runId: string): void {
  void attempt(() => api().analysis.cancel({ runId }));
}
