import { describe, expect, it } from 'vitest';
import type { FoundSymbol, RemoteQuote, RemoteSource } from '../../../../electron/engine/market/remote/types.ts';
import { searchOf, searchSymbols } from '../../../../electron/engine/market/symbols/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';

const found = (symbol: string): FoundSymbol => ({
  symbol,
  name: symbol,
  exchange: 'X',
  kind: 'equity',
  currency: null,
});
const quoted = (symbol: string, currency: string): RemoteQuote => ({
  ...{ symbol, currency, price: 1, time: 0, marketState: 'CLOSED' },
});

function sourceOf(quote: RemoteSource['quote'], symbols = ['VOD.L', 'VOD', 'VODPF']): RemoteSource {
  const bars = () => Promise.reject(new Error('no bars here'));
  const search = async () => symbols.map(found);
  return { name: 'yahoo', hosts: [], intervals: ['1d'], bars, search, ...(quote ? { quote } : {}) };
}

describe('the currency of what the network finds', () => {
  const currencies = async (quote: RemoteSource['quote']) =>
    Object.fromEntries(
      (await searchSymbols('vod', [], searchOf(sourceOf(quote)))).found.map((one) => [one.symbol, one.currency]),
    );

  it('is that of its quote, null where there is none', async () => {
    const asked: string[][] = [];
    const quote = async (symbols: readonly string[]) => {
      asked.push([...symbols]);
      return [quoted('VOD', 'USD'), quoted('VOD.L', 'GBP')];
    };
    expect(await currencies(quote)).toEqual({ VOD: 'USD', 'VOD.L': 'GBP', VODPF: null });
    expect(asked).toEqual([['VOD.L', 'VOD', 'VODPF']]);
  });

  it('is left out where quotes fail or are not had, and the search stands', async () => {
    const none = { VOD: null, 'VOD.L': null, VODPF: null };
    expect(
      await currencies(() => Promise.reject(new BrainnetError('SOURCE_TIMEOUT', { source: 'Yahoo', seconds: 3 }))),
    ).toEqual(none);
    expect(await currencies(undefined)).toEqual(none);
  });

  it('is not asked for where nothing was found', async () => {
    const quote = () => Promise.reject(new Error('asked'));
    expect(await searchOf(sourceOf(quote, []))!('zzz')).toEqual([]);
  });

  it('of a source without search there is none', () => {
    const { search: _, ...plain } = sourceOf(undefined);
    expect(searchOf(plain)).toBeUndefined();
  });
});
