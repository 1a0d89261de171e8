import { type FinetuneRequest, type InstrumentRef, Ticker, type Watchlist } from '../../../shared/domain/index.ts';

export interface Draft {
  /** Symbols as typed, between commas or spaces; empty means the list on screen. */
  symbols: string;
  /** A date, or empty. */
  from: string;
}

/** Names in what was typed that can be no symbol. */
export const badSymbols = (typed: string): string[] => namesIn(typed).filter((name) => !Ticker.safeParse(name).success);

const namesIn = (typed: string): string[] => typed.split(/[\s,;]+/).filter((name) => name !== '');

/** What a draft asks for: typed symbols with the source that the list on screen has them from, else the whole list; up to the clock. */
export function requestOf(
  { symbols, from }: Draft,
  list: Watchlist | undefined,
  to: string,
  dryRun: boolean,
): Partial<FinetuneRequest> {
  const named = namesIn(symbols).map((name): InstrumentRef => {
    const symbol = name.toUpperCase();
    return { symbol, source: list?.items.find((item) => item.symbol === symbol)?.source };
  });
  const what = named.length > 0 ? { symbols: named } : { watchlist: list?.name };
  return { ...what, to, dryRun, ...(from && { from }) };
}
