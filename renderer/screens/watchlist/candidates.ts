import type { SymbolMatch } from '../../../shared/contract/index.ts';
import { type Instrument, type Source, Ticker, type Watchlist } from '../../../shared/domain/index.ts';
import { rowKey } from './rows.ts';

/** Something that can be added to a list. */
export interface Candidate {
  symbol: string;
  source: Source;
  name: string;
  /** Where it trades, as far as it is known, and in which currency, a dash where the source does not tell it. */
  place: string;
}

const NOT_TOLD = '–';
const placeOf = (exchange: string, currency: string | null) =>
  [exchange, currency ?? NOT_TOLD].filter(Boolean).join(', ');

/** Answers of a search; what was found on the network only has its bars from Yahoo. */
export function candidatesOf(found: readonly SymbolMatch[]): Candidate[] {
  return found
    .filter(({ symbol }) => Ticker.safeParse(symbol).success)
    .map(({ symbol, source, name, exchange, currency }) => ({
      symbol,
      source: source ?? 'yahoo',
      name,
      place: placeOf(exchange, currency),
    }));
}

/** Each symbol of a source once, whatever its intervals. */
export function ownCandidates(instruments: readonly Instrument[]): Candidate[] {
  const once = new Map(instruments.map((instrument) => [rowKey(instrument), instrument]));
  return [...once.values()].map(({ symbol, source, name, currency }) => ({ symbol, source, name, place: currency }));
}

/** The candidates that are not in the list yet, each once, at most `most`. */
export function notIn(list: Watchlist, candidates: readonly Candidate[], most: number): Candidate[] {
  const present = new Set(list.items.map(rowKey));
  const fresh = candidates.filter((candidate) => !present.has(rowKey(candidate)));
  return [...new Map(fresh.map((candidate) => [rowKey(candidate), candidate])).values()].slice(0, most);
}

/** A text that is a symbol as it stands. */
export function typedSymbol(text: string): string | null {
  const parsed = Ticker.safeParse(text);
  return parsed.success ? parsed.data : null;
}
