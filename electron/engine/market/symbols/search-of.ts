import type { FoundSymbol, RemoteSource } from '../remote/types.ts';
import { sameSymbol } from './normalise.ts';

/** A search is answered without currencies rather than waiting longer for them, ms. */
const LONGEST_WAIT = 3_000;

/**
 * A source's search, with the currency of each instrument from its quotes; null where they do not tell it or do not come in time. Undefined where
 * the source has no search. @throws what the source's search throws
 */
export function searchOf(source: RemoteSource): ((query: string) => Promise<FoundSymbol[]>) | undefined {
  const { search } = source;
  if (!search) return undefined;
  return async (query) => {
    const found = await search(query);
    const currencies = await currenciesOf(source, found);
    return found.map((one) => ({ ...one, currency: one.currency ?? currencies(one.symbol) }));
  };
}

async function currenciesOf(
  source: RemoteSource,
  found: readonly FoundSymbol[],
): Promise<(symbol: string) => string | null> {
  const unknown = found.filter(({ currency }) => currency === null).map(({ symbol }) => symbol);
  if (!source.quote || unknown.length === 0) return () => null;
  try {
    const quotes = await source.quote(unknown, AbortSignal.timeout(LONGEST_WAIT));
    return (symbol) => quotes.find((quote) => sameSymbol(quote.symbol, symbol))?.currency ?? null;
  } catch {
    return () => null;
  }
}
