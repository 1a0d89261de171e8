import type { Market, Series } from '../market/index.ts';

/** Cut series kept; a walk through history asks for each a few times in a row. */
const KEPT = 96;

/** The market, remembering the series that were asked for last. */
export function rememberingMarket(market: Market, kept = KEPT): Market {
  const known = new Map<string, Promise<Series>>();
  return {
    ...market,
    series(ref, asOf, signal) {
      const key = `${ref.source ?? ''} ${ref.symbol} ${ref.interval ?? ''} ${asOf ?? ''}`;
      const found = known.get(key);
      if (found) return found;
      const asked = market.series(ref, asOf, signal);
      known.set(key, asked);
      asked.catch(() => known.delete(key));
      if (known.size > kept) known.delete(known.keys().next().value!);
      return asked;
    },
  };
}
