import type { Quote } from 'yahoo-finance2/modules/quote';
import type { SearchResult } from 'yahoo-finance2/modules/search';
import { Ticker } from '../../../../shared/domain/ids.ts';
import type { FoundSymbol, RemoteQuote } from '../remote/types.ts';
import { unitOf } from '../remote/units.ts';
import { kindOfType, shortText } from './facts.ts';

/** Quotes with a price, a currency and a time; others are left out. */
export function readQuotes(quotes: readonly Quote[]): RemoteQuote[] {
  return quotes.flatMap((quote) => {
    const { symbol, regularMarketPrice: price, currency, regularMarketTime: time, marketState } = quote;
    const unit = currency ? unitOf(currency) : null;
    if (!unit || !(typeof price === 'number' && price > 0 && Number.isFinite(price))) return [];
    if (!(time instanceof Date) || Number.isNaN(time.getTime())) return [];
    return [{ symbol, price: price / unit.parts, currency: unit.currency, time: time.getTime(), marketState }];
  });
}

/** Instruments among the results of a search, which tells no currency; options, screeners and private companies are none. */
export function readSearch({ quotes }: SearchResult): FoundSymbol[] {
  return quotes.flatMap((found) => {
    if (!('symbol' in found) || !('quoteType' in found) || found.quoteType === 'OPTION') return [];
    const symbol = Ticker.safeParse(found.symbol);
    if (!symbol.success) return [];
    const name = shortText(found.longname) ?? shortText(found.shortname) ?? symbol.data;
    return [
      {
        symbol: symbol.data,
        name,
        exchange: shortText(found.exchDisp) ?? '',
        kind: kindOfType(found.quoteType),
        currency: null,
      },
    ];
  });
}
