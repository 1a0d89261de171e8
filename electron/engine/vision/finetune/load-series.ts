import type { FinetuneRequest, InstrumentRef } from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import type { Market, Series, WatchlistStore } from '../../market/index.ts';

export interface Named {
  title: string;
  refs: InstrumentRef[];
}

/** The instruments of a request, each symbol once. @throws UNKNOWN_WATCHLIST, EMPTY_WATCHLIST, INVALID_INPUT */
export function namedSeries(request: FinetuneRequest, watchlists: WatchlistStore): Named {
  checkDates(request);
  const list = request.watchlist === undefined ? null : watchlists.get(request.watchlist);
  if (list && list.items.length === 0) throw new BrainnetError('EMPTY_WATCHLIST', { name: list.name });
  const bySymbol = new Map<string, InstrumentRef>();
  for (const ref of [...(request.symbols ?? []), ...(list?.items ?? [])]) {
    const interval = request.interval ?? ('interval' in ref ? ref.interval : undefined);
    if (!bySymbol.has(ref.symbol)) bySymbol.set(ref.symbol, { ...ref, interval });
  }
  const refs = [...bySymbol.values()];
  if (refs.length === 0) throw new BrainnetError('INVALID_INPUT', { problem: 'name a symbol or a watchlist' });
  return { title: list ? list.name : refs.length === 1 ? refs[0]!.symbol : `${refs.length} symbols`, refs };
}

function checkDates({ from, to }: FinetuneRequest): void {
  if (from === undefined || to === undefined || Date.parse(from) <= Date.parse(to)) return;
  if (from.slice(0, 10) === to) return;
  throw new BrainnetError('INVALID_INPUT', { problem: `from: ${from} lies after to, ${to}` });
}

/**
 * Bars of all instruments up to `to`, one after another; one that fails is noted and left out.
 * @throws what the first threw where all fail, INVALID_INPUT where intervals differ, CANCELLED
 */
export async function loadSeries(
  market: Market,
  { refs }: Named,
  { to }: Pick<FinetuneRequest, 'to'>,
  signal: AbortSignal,
  onSymbol: (done: number, symbol: string) => void,
): Promise<{ series: Series[]; notes: string[] }> {
  const series: Series[] = [];
  const notes: string[] = [];
  let first: unknown = null;
  for (const [done, ref] of refs.entries()) {
    onSymbol(done, ref.symbol);
    try {
      series.push(await market.series(ref, to, signal));
    } catch (error) {
      first ??= error;
      notes.push(`${ref.symbol} is left out: ${toErrorData(error).sentence}`);
    }
    if (signal.aborted) throw new BrainnetError('CANCELLED');
  }
  if (series.length === 0) throw first;
  const intervals = [...new Set(series.map(({ interval }) => interval))];
  if (intervals.length > 1) {
    throw new BrainnetError('INVALID_INPUT', {
      problem: `these bars are of several lengths (${intervals.join(', ')}); name one`,
    });
  }
  return { series, notes };
}
