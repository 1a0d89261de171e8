/** Bars of recorded answers, read by hand from the recordings and compared exactly. */
import { describe, expect, it } from 'vitest';
import { buildSeries } from '../../../../electron/engine/market/series.ts';
import { createYahoo } from '../../../../electron/engine/market/yahoo/index.ts';
import type { Interval } from '../../../../shared/domain/index.ts';
import { dates, ms } from '../../../support/yahoo-fixtures.ts';
import { RECORDINGS_MISSING, replay } from '../../../support/yahoo-replay.ts';
import { rejectedBy } from '../support.ts';

const NOW = ms('2025-02-20T11:47:00Z');
const title = (name: string) => (RECORDINGS_MISSING ? `${name} (SKIPPED: ${RECORDINGS_MISSING})` : name);

async function barsOf(file: string, symbol: string, from: string, to: string, interval: Interval = '1d', now = NOW) {
  const { fetch } = replay(file);
  const yahoo = createYahoo({ fetch, clock: { now: () => now } });
  return yahoo.bars({ symbol, interval, from: ms(from), to: ms(to) });
}

describe.skipIf(RECORDINGS_MISSING)(title('recorded answers through the real library'), () => {
  it('gives AAPL from its split day 2020-08-31 to its dividend day 2020-11-06, bar for bar', async () => {
    const bars = await barsOf('chart-AAPL-2020-08-31', 'AAPL', '2020-08-31', '2020-11-07');
    const { raw } = bars;
    expect(raw.time).toHaveLength(49);
    expect(dates(raw).slice(0, 2)).toEqual(['2020-08-31', '2020-09-01']);
    // the clocks of New York went back on 2020-11-01: 13:30 UTC before, 14:30 UTC after
    expect(dates(raw).slice(43, 45)).toEqual(['2020-10-30', '2020-11-02']);
    expect(dates(raw).at(-1)).toBe('2020-11-06');
    expect([raw.open![0], raw.high![0], raw.low![0], raw.close[0], raw.volume![0]]).toEqual([
      127.58000183105469, 131, 126, 129.0399932861328, 225702700,
    ]);
    expect(raw.adjClose![0]).toBe(125.82673645019531);
    expect([raw.open![48], raw.high![48], raw.low![48], raw.close[48], raw.volume![48]]).toEqual([
      118.31999969482422, 119.19999694824219, 116.12999725341797, 118.69000244140625, 114457900,
    ]);
    expect(bars.splits).toEqual([{ time: ms('2020-08-31'), ratio: 4 }]);
    expect(bars.dividends).toEqual([{ time: ms('2020-11-06'), amount: 0.205 }]);
    expect(bars.meta).toEqual({
      ...{ symbol: 'AAPL', name: 'Apple Inc.', currency: 'USD', timezone: 'America/New_York' },
      ...{ exchange: 'NasdaqGS', kind: 'equity' },
    });
    expect(bars.notices).toEqual([]);
  });

  it('adjusts AAPL to its last day: the bar before the dividend by (1 - 0.205 / 119.03), the last by nothing', async () => {
    const { raw, meta } = await barsOf('chart-AAPL-2020-08-31', 'AAPL', '2020-08-31', '2020-11-07');
    const series = buildSeries(raw, { ...meta, source: 'csv', interval: '1d', sourceNotices: [] }, '2020-11-06', NOW);
    expect(series.close.at(-1)).toBe(118.69000244140625);
    expect(series.close[47]! / 119.02999877929688).toBeCloseTo(1 - 0.205 / 119.03, 5);
    expect(series.marks).toEqual([]);
  });

  it('gives 13 years of TSLA, 3,303 trading days, each on its own date', async () => {
    const { raw, notices } = await barsOf('historical-via-chart', 'TSLA', '2010-01-01', '2023-08-12');
    expect(raw.time).toHaveLength(3303);
    expect(notices).toEqual([]);
    const at = (date: string) => {
      const row = dates(raw).indexOf(date);
      return [raw.open![row], raw.high![row], raw.low![row], raw.close[row], raw.volume![row]];
    };
    expect(at('2010-06-29')).toEqual([
      1.2666670083999634, 1.6666669845581055, 1.1693329811096191, 1.5926669836044312, 281494500,
    ]);
    // Hurricane Sandy closed New York on 2012-10-29 and 30
    expect(at('2012-10-26')).toEqual([
      1.835332989692688, 1.8533329963684082, 1.801332950592041, 1.8253329992294312, 7161000,
    ]);
    expect(at('2012-10-31')).toEqual([
      1.8466670513153076, 1.8899999856948853, 1.824666976928711, 1.8753329515457153, 11628000,
    ]);
    expect(at('2020-03-09')).toEqual([
      40.35933303833008, 44.20000076293945, 40.33333206176758, 40.53333282470703, 256105500,
    ]);
    expect(at('2023-08-11')).toEqual([
      241.77000427246094, 243.7899932861328, 238.02000427246094, 242.64999389648438, 98866600,
    ]);
    expect(new Set(dates(raw)).size).toBe(3303);
    expect(dates(raw).every((date) => ![0, 6].includes(new Date(date).getUTCDay()))).toBe(true);
  });

  it('gives BTC-USD, a day in UTC a bar', async () => {
    const { raw, meta } = await barsOf('chart-BTC-USD', 'BTC-USD', '2020-01-01', '2020-01-04');
    expect(dates(raw)).toEqual(['2020-01-01', '2020-01-02', '2020-01-03']);
    expect([...raw.open!]).toEqual([7194.89208984375, 7202.55126953125, 6984.4287109375]);
    expect([...raw.close]).toEqual([7200.17431640625, 6985.47021484375, 7344.88427734375]);
    expect([...raw.volume!]).toEqual([18565664997, 20802083465, 28111481032]);
    expect(meta).toMatchObject({ kind: 'crypto', currency: 'USD', timezone: 'UTC' });
  });

  it('cuts bars at the end that was asked for', async () => {
    const { raw } = await barsOf('chart-BTC-USD', 'BTC-USD', '2020-01-02', '2020-01-03');
    expect(dates(raw)).toEqual(['2020-01-02']);
  });

  it('gives rupiah of Jakarta: 02:00 UTC is its 2nd of January', async () => {
    const { raw, meta } = await barsOf('chart-WSKT.JK', 'WSKT.JK', '2020-01-01', '2020-01-04');
    expect(dates(raw)).toEqual(['2020-01-02']);
    expect([raw.open![0], raw.high![0], raw.low![0], raw.close[0], raw.adjClose![0], raw.volume![0]]).toEqual([
      1485, 1515, 1480, 1505, 1497.776611328125, 23547100,
    ]);
    expect(meta).toMatchObject({ currency: 'IDR', timezone: 'Asia/Jakarta', kind: 'other' });
    expect(meta.name).toBe('PT Waskita Karya (Persero) Tbk');
  });

  it.each([
    ['one-minute bars of a Saturday', 'chart-AAPL-2025-02-01', 'AAPL', '2025-02-01', '2025-02-02', '1m', '2025-02-03'],
    ['hourly bars of New Year', 'chart-TSLA-2025', 'TSLA', '2025-01-01', '2025-01-02', '1h', '2025-02-20'],
  ] as const)('says that %s are none', async (_, file, symbol, from, to, interval, now) => {
    const { raw, notices, meta } = await barsOf(file, symbol, from, to, interval, ms(now));
    expect(raw.time).toHaveLength(0);
    expect(meta.symbol).toBe(symbol);
    expect(notices.map(({ sentence }) => sentence)).toEqual([`Yahoo has no bars of ${symbol} for these days`]);
  });

  it('refuses an answer whose bars have no times', async () => {
    const error = await rejectedBy(barsOf('chart-notimestamp', 'AAPL', '2020-01-01', '2020-01-03'));
    expect(error.sentence).toContain('Yahoo answered with something that is not its data: it has bars without times');
  });

  it('gives quotes after fetching cookie and crumb once for both calls', async () => {
    const { fetch, asked } = replay('getCrumb-quote', 'getCrumb-getcrumb', 'quote-AAPL-BABA', 'quote-BTC-USD');
    // the recorded page sends on to the page of consent, which answers here with the way back
    const consented: typeof fetch = async (input, init) => {
      if (!String(input).startsWith('https://guce.yahoo.com/consent')) return fetch(input, init);
      const headers = {
        location: 'https://finance.yahoo.com/quote/AAPL?guccounter=1',
        'set-cookie': 'A3=x; Domain=.yahoo.com',
      };
      return new Response(null, { status: 302, headers });
    };
    const back: typeof fetch = async (input, init) =>
      String(input).includes('guccounter')
        ? new Response('', { headers: { 'set-cookie': 'A1=y; Domain=.yahoo.com; Max-Age=9999999' } })
        : consented(input, init);
    const yahoo = createYahoo({ fetch: back, clock: { now: () => NOW } });
    expect(await yahoo.quote!(['aapl', 'BABA'])).toEqual([
      { symbol: 'AAPL', price: 244.6, currency: 'USD', time: 1739566800000, marketState: 'CLOSED' },
      { symbol: 'BABA', price: 124.73, currency: 'USD', time: 1739566802000, marketState: 'CLOSED' },
    ]);
    expect(await yahoo.quote!(['BTC-USD'])).toEqual([
      { symbol: 'BTC-USD', price: 96077.45, currency: 'USD', time: 1739789580000, marketState: 'REGULAR' },
    ]);
    expect(asked.filter(({ pathname }) => pathname === '/v1/test/getcrumb')).toHaveLength(1);
    expect(asked.at(-1)!.searchParams.get('crumb')).toBe('haT3oykhHqZ');
  });

  it('finds instruments and leaves options and private companies out', async () => {
    const yahoo = createYahoo({ fetch: replay('search-AAPL', 'search-EUR').fetch, clock: { now: () => NOW } });
    expect(await yahoo.search!('AAPL')).toEqual([
      { symbol: 'AAPL', name: 'Apple Inc.', exchange: 'NASDAQ', kind: 'equity', currency: null },
      { symbol: 'AAPU', name: 'Direxion Daily AAPL Bull 2X Shares', exchange: 'NASDAQ', kind: 'etf', currency: null },
    ]);
    const euros = await yahoo.search!('EUR');
    expect(euros.map(({ symbol }) => symbol)).toEqual(['EURUSD=X', 'EURHUF=X', 'EURCHF=X', 'GBPEUR=X', 'EURRUB=X']);
    expect(euros[0]).toEqual({ symbol: 'EURUSD=X', name: 'EUR/USD', exchange: 'CCY', kind: 'fx', currency: null });
  });
});
