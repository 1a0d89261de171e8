import { describe, expect, it } from 'vitest';
import {
  kindOfSymbol,
  normaliseSymbol,
  sameSymbol,
  searchSymbols,
  stooqSymbol,
  yahooSymbol,
} from '../../../../electron/engine/market/symbols/index.ts';
import type { Instrument } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { thrownBy } from '../support.ts';

describe('one spelling for each instrument', () => {
  it.each([
    ['aapl', 'AAPL', 'equity'],
    ['  msft ', 'MSFT', 'equity'],
    ['$TSLA', 'TSLA', 'equity'],
    ['BRK.B', 'BRK-B', 'equity'],
    ['brk/b', 'BRK-B', 'equity'],
    ['brk b', 'BRK-B', 'equity'],
    ['BRK-B', 'BRK-B', 'equity'],
    ['BF.A', 'BF-A', 'equity'],
    ['VOD.L', 'VOD.L', 'equity'],
    ['SAP.F', 'SAP.F', 'equity'],
    ['7203.T', '7203.T', 'equity'],
    ['ABX.V', 'ABX.V', 'equity'],
    ['0700.HK', '0700.HK', 'equity'],
    ['WSKT.JK', 'WSKT.JK', 'equity'],
    ['btc-usd', 'BTC-USD', 'crypto'],
    ['BTC/USD', 'BTC-USD', 'crypto'],
    ['ethusd', 'ETH-USD', 'crypto'],
    ['ETH/BTC', 'ETH-BTC', 'crypto'],
    ['EUR/USD', 'EURUSD=X', 'fx'],
    ['eurusd', 'EURUSD=X', 'fx'],
    ['EURUSD=X', 'EURUSD=X', 'fx'],
    ['JPY=X', 'JPY=X', 'fx'],
    ['es=f', 'ES=F', 'future'],
    ['^gspc', '^GSPC', 'index'],
    ['ＡＡＰＬ', 'AAPL', 'equity'],
  ])('%j is %s, %s', (written, spelled, kind) => {
    expect(normaliseSymbol(written)).toBe(spelled);
    expect(normaliseSymbol(spelled)).toBe(spelled);
    expect(kindOfSymbol(spelled)).toBe(kind);
  });

  it.each(['', '  ', 'two words', '<b>', "'; drop", 'A'.repeat(21), '../etc', 'é'])('%j is no symbol', (text) => {
    expect(thrownBy(() => normaliseSymbol(text)).code).toBe('INVALID_INPUT');
  });

  it('knows two spellings of one instrument', () => {
    expect(sameSymbol('brk.b', 'BRK-B')).toBe(true);
    expect(sameSymbol('VOD.L', 'VOD-L')).toBe(false);
  });
});

describe('names at the sources', () => {
  it.each([
    ['AAPL', 'AAPL', 'aapl.us', 'USD', 'America/New_York'],
    ['brk.b', 'BRK-B', 'brk-b.us', 'USD', 'America/New_York'],
    ['^GSPC', '^GSPC', '^spx', 'USD', 'America/New_York'],
    ['^GDAXI', '^GDAXI', '^dax', 'EUR', 'Europe/Berlin'],
    ['SAP.DE', 'SAP.DE', 'sap.de', 'EUR', 'Europe/Berlin'],
    ['7203.T', '7203.T', '7203.jp', 'JPY', 'Asia/Tokyo'],
    ['PKO.WA', 'PKO.WA', 'pko', 'PLN', 'Europe/Warsaw'],
    ['btcusd', 'BTC-USD', 'btcusd', 'USD', 'UTC'],
    ['EUR/USD', 'EURUSD=X', 'eurusd', 'USD', 'Europe/Warsaw'],
    ['JPY=X', 'JPY=X', 'usdjpy', 'JPY', 'Europe/Warsaw'],
    ['ES=F', 'ES=F', 'es.f', 'USD', 'America/New_York'],
  ])('%s is %s at Yahoo and %s at Stooq, in %s', (written, yahoo, stooq, currency, timezone) => {
    expect(yahooSymbol(written)).toBe(yahoo);
    expect(stooqSymbol(written)).toMatchObject({ symbol: stooq, currency, timezone });
  });

  it.each(['VOD.L', '^FTSE', '^CONSTRUCTOR', 'X.CONSTRUCTOR', 'WSKT.JK', '7203'])('%s has none at Stooq', (symbol) => {
    expect(stooqSymbol(symbol)).toBeNull();
  });
});

describe('search', () => {
  const instrument = (symbol: string, name: string): Instrument => ({
    ...{ symbol, name, source: 'samples', interval: '1d', currency: 'USD', timezone: 'America/New_York' },
    ...{ closeOnly: false, bars: 100, firstDate: '2010-01-01', lastDate: '2012-12-31', defaultAsOf: null },
  });
  const local = [
    instrument('AAPL', 'Apple Inc.'),
    instrument('AA', 'Alcoa Corporation'),
    instrument('MSFT', 'Microsoft Corporation'),
    instrument('BRK.B', 'Berkshire Hathaway Inc. Class B'),
    instrument('^GSPC', 'S&P 500'),
    instrument('GE', 'General Electric'),
  ];
  const symbols = async (query: string) => (await searchSymbols(query, local)).found.map(({ symbol }) => symbol);

  it.each([
    ['aa', ['AA', 'AAPL']],
    ['AAPL', ['AAPL']],
    ['app', ['AAPL']],
    ['corp', ['AA', 'MSFT']],
    ['hathaway berk', ['BRK.B']],
    ['brk-b', ['BRK.B']],
    ['gspc', ['^GSPC']],
    ['s&p', ['^GSPC']],
    ['500', ['^GSPC']],
    ['ge', ['GE']],
    ['pl', ['AAPL']],
    ['zzz', []],
    ['', []],
    ['   ', []],
    ['!!!', []],
  ])('%j finds %j', async (query, found) => {
    expect(await symbols(query)).toEqual(found);
  });

  it('lists what is at hand before the network, each instrument once', async () => {
    const remote = async () => [
      { symbol: 'BRK-B', name: 'Berkshire Hathaway Inc. New', exchange: 'NYSE', kind: 'equity', currency: 'USD' },
      { symbol: 'BRK-A', name: 'Berkshire Hathaway Inc.', exchange: 'NYSE', kind: 'equity', currency: 'USD' },
      { symbol: 'BRKR', name: 'Bruker Corporation', exchange: 'NASDAQ', kind: 'equity', currency: 'USD' },
    ];
    const { found, problem } = await searchSymbols('brk', local, remote);
    expect(found.map(({ symbol, source }) => [symbol, source])).toEqual([
      ['BRK.B', 'samples'],
      ['BRK-A', null],
      ['BRKR', null],
    ]);
    expect(problem).toBeNull();
    const exact = await searchSymbols('brk-a', local, remote);
    expect(exact.found[0]!.symbol).toBe('BRK-A');
  });

  it('stands without the network, and says why', async () => {
    const error = new BrainnetError('SOURCE_UNREACHABLE', { source: 'Yahoo', problem: 'there is no network' });
    const { found, problem } = await searchSymbols('apple', local, () => Promise.reject(error));
    expect(found.map(({ symbol, currency }) => [symbol, currency])).toEqual([['AAPL', 'USD']]);
    expect(problem?.sentence).toContain('Yahoo cannot be reached (there is no network)');
  });
});
