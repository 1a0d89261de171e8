/** Exchanges, zones, units, splits and the running bar. */
import { describe, expect, it } from 'vitest';
import { buildSeries } from '../../../../electron/engine/market/series.ts';
import { barsOf, dates, ms, seconds, starts } from '../../../support/yahoo-fixtures.ts';

/** Each market: zone, local opening, and the UTC opening on dates before and after both switches of 2024. */
const MARKETS: [string, string, string, [string, string][]][] = [
  [
    'New York',
    'America/New_York',
    'EQUITY',
    [
      ['2024-03-08', '14:30'],
      ['2024-03-11', '13:30'],
      ['2024-11-01', '13:30'],
      ['2024-11-04', '14:30'],
    ],
  ],
  [
    'London',
    'Europe/London',
    'EQUITY',
    [
      ['2024-03-28', '08:00'],
      ['2024-04-02', '07:00'],
      ['2024-10-25', '07:00'],
      ['2024-10-28', '08:00'],
    ],
  ],
  [
    'Tokyo, without switches',
    'Asia/Tokyo',
    'EQUITY',
    [
      ['2024-03-29', '00:00'],
      ['2024-04-01', '00:00'],
      ['2024-10-25', '00:00'],
      ['2024-10-28', '00:00'],
    ],
  ],
  [
    'currencies, midnight in London',
    'Europe/London',
    'CURRENCY',
    [
      ['2024-03-29', '00:00'],
      ['2024-10-28', '00:00'],
    ],
  ],
  [
    'crypto in UTC',
    'UTC',
    'CRYPTOCURRENCY',
    [
      ['2024-03-10', '00:00'],
      ['2024-03-31', '00:00'],
      ['2024-10-27', '00:00'],
      ['2024-11-03', '00:00'],
    ],
  ],
];

describe('dates of daily bars over both switches of a year', () => {
  it.each(MARKETS)('%s', async (_, zone, type, days) => {
    const timestamps = days.map(([date, time]) => seconds(`${date}T${time}:00Z`));
    const { raw } = await barsOf(
      { timestamps, meta: { exchangeTimezoneName: zone, instrumentType: type } },
      { now: ms('2024-12-01') },
    );
    expect(dates(raw)).toEqual(days.map(([date]) => date));
  });

  it('Sydney, whose opening is the day before in UTC in its summer', async () => {
    // 10:00 in Sydney: 23:00 UTC of the day before in summer time (to 2024-04-07, from 2024-10-06), else 00:00 UTC
    const timestamps = ['2024-04-04T23:00Z', '2024-04-08T00:00Z', '2024-10-04T00:00Z', '2024-10-06T23:00Z'].map(
      seconds,
    );
    const { raw } = await barsOf(
      { timestamps, meta: { exchangeTimezoneName: 'Australia/Sydney' } },
      { now: ms('2024-12-01') },
    );
    expect(dates(raw)).toEqual(['2024-04-05', '2024-04-08', '2024-10-04', '2024-10-07']);
  });

  it('currencies in British summer, whose midnight is 23:00 UTC of the day before', async () => {
    const timestamps = ['2024-06-02T23:00Z', '2024-06-03T23:00Z'].map(seconds);
    const meta = { exchangeTimezoneName: 'Europe/London', instrumentType: 'CURRENCY' };
    const { raw } = await barsOf({ timestamps, meta }, { now: ms('2024-12-01') });
    expect(dates(raw)).toEqual(['2024-06-03', '2024-06-04']);
    expect(raw.volume).toBeNull();
  });

  it('a midnight that Yahoo stamps an hour early', async () => {
    const timestamps = ['2022-01-10T02:00Z', '2022-01-11T03:00Z'].map(seconds);
    const { raw } = await barsOf(
      { timestamps, meta: { exchangeTimezoneName: 'America/Sao_Paulo' } },
      { now: ms('2022-02-01') },
    );
    expect(dates(raw)).toEqual(['2022-01-10', '2022-01-11']);
  });

  it('weekly bars bear their Monday, monthly bars the 1st, the running one too', async () => {
    const weekly = await barsOf(
      {
        timestamps: ['2020-06-01T04:00Z', '2020-06-08T04:00Z', '2020-06-15T04:00Z', '2020-06-15T15:59:58Z'].map(
          seconds,
        ),
      },
      { interval: '1wk' },
    );
    expect(dates(weekly.raw)).toEqual(['2020-06-01', '2020-06-08', '2020-06-15']);
    // the running week: open 102 of its row, high and close of the row of the last trade (103)
    expect([
      weekly.raw.open![2],
      weekly.raw.high![2],
      weekly.raw.low![2],
      weekly.raw.close[2],
      weekly.raw.volume![2],
    ]).toEqual([102, 103 * 1.01, 102 * 0.99, 103, 2000]);
    const monthly = await barsOf(
      {
        timestamps: ['2020-04-01T04:00Z', '2020-05-01T04:00Z', '2020-06-01T04:00Z', '2020-06-15T15:59:58Z'].map(
          seconds,
        ),
      },
      { interval: '1mo' },
    );
    expect(dates(monthly.raw)).toEqual(['2020-04-01', '2020-05-01', '2020-06-01']);
  });
});

describe('intraday bars', () => {
  const session = (day: string, open: string, close: string) => ({
    ...{ timezone: 'EST', gmtoffset: -18000 },
    ...{ start: seconds(`${day}T${open}Z`), end: seconds(`${day}T${close}Z`) },
  });

  it('of a session lie at the same hours of the exchange before and after its switch', async () => {
    // New York went to summer time on 2024-03-10; the current session is given in summer time
    const timestamps = ['2024-03-08T14:00Z', '2024-03-08T14:30Z', '2024-03-08T20:30Z', '2024-03-08T21:00Z'];
    const after = ['2024-03-11T13:00Z', '2024-03-11T13:30Z', '2024-03-11T19:30Z', '2024-03-11T20:00Z'];
    const { raw, notices } = await barsOf(
      {
        timestamps: [...timestamps, ...after].map(seconds),
        adjclose: null,
        regular: ['2024-03-12T13:30:00Z', '2024-03-12T20:00:00Z'],
      },
      { interval: '30m', now: ms('2024-03-12T09:00Z'), from: '2024-03-01' },
    );
    expect(starts(raw).map((start) => start.slice(5, 16))).toEqual([
      '03-08T14:30',
      '03-08T20:30',
      '03-11T13:30',
      '03-11T19:30',
    ]);
    expect(notices).toMatchObject([
      { rule: 'outside-session', effect: 'dropped', bars: 4, sentence: '4 bars dropped: outside the regular session' },
    ]);
  });

  it('of a half day end with it', async () => {
    const days = [[session('2024-11-27', '14:30', '21:00')], [session('2024-11-29', '14:30', '18:00')]];
    const timestamps = ['2024-11-27T20:30Z', '2024-11-29T17:30Z', '2024-11-29T18:00Z', '2024-11-29T20:30Z'].map(
      seconds,
    );
    const { raw } = await barsOf(
      {
        timestamps,
        adjclose: null,
        meta: { tradingPeriods: days },
        regular: ['2024-12-02T14:30:00Z', '2024-12-02T21:00:00Z'],
      },
      { interval: '30m', now: ms('2024-12-02T09:00Z'), from: '2024-11-20' },
    );
    expect(starts(raw)).toEqual(['2024-11-27T20:30:00.000Z', '2024-11-29T17:30:00.000Z']);
  });

  it.each(['CRYPTOCURRENCY', 'CURRENCY', 'FUTURE'])('of %s have no other hours', async (instrumentType) => {
    const timestamps = ['2020-06-14T02:00Z', '2020-06-14T03:00Z', '2020-06-14T23:00Z'].map(seconds);
    const { raw } = await barsOf(
      { timestamps, adjclose: null, meta: { instrumentType } },
      { interval: '1h', from: '2020-06-10' },
    );
    expect(raw.time).toHaveLength(3);
  });

  it('that run are recognised: the row of the last trade goes to its bar, which ends after now', async () => {
    const now = ms('2020-06-15T15:57:20Z');
    const timestamps = ['2020-06-15T15:45Z', '2020-06-15T15:50Z', '2020-06-15T15:55Z', '2020-06-15T15:57:18Z'].map(
      seconds,
    );
    const bars = await barsOf(
      { timestamps, adjclose: null, meta: { regularMarketTime: seconds('2020-06-15T15:57:18Z') } },
      { interval: '5m', now, from: '2020-06-12' },
    );
    expect(starts(bars.raw).map((start) => start.slice(11, 16))).toEqual(['15:45', '15:50', '15:55']);
    expect(bars.raw.close[2]).toBe(103);
    const series = buildSeries(
      bars.raw,
      { ...bars.meta, source: 'csv', interval: '5m', sourceNotices: [] },
      undefined,
      now,
    );
    expect(series.asOf).toBe(ms('2020-06-15T15:55Z'));
    expect(series.marks).toEqual([{ time: ms('2020-06-15T15:55Z'), rule: 'unfinished', effect: 'dropped' }]);
  });

  it('that a lagging source has not finished are held back', async () => {
    // a quarter of an hour behind: at 15:57 the last trade known is of 15:41
    const timestamps = ['2020-06-15T15:30Z', '2020-06-15T15:35Z', '2020-06-15T15:40Z'].map(seconds);
    const { raw, notices } = await barsOf(
      { timestamps, adjclose: null, meta: { regularMarketTime: seconds('2020-06-15T15:41:40Z') } },
      { interval: '5m', now: ms('2020-06-15T15:57Z'), from: '2020-06-12' },
    );
    expect(starts(raw).map((start) => start.slice(11, 16))).toEqual(['15:30', '15:35']);
    expect(notices[0]!.sentence).toBe('1 bar dropped: Yahoo lags behind the market and has not finished the bar');
  });
});

describe('minor units', () => {
  it.each([
    ['GBp', 'GBP', 'pence', 100],
    ['GBX', 'GBP', 'pence', 100],
    ['ZAc', 'ZAR', 'cents', 100],
    ['ILA', 'ILS', 'agorot', 100],
    ['KWF', 'KWD', 'fils', 1000],
  ])('%s becomes %s, and it is said', async (code, currency, words, parts) => {
    const events = { dividends: { a: { amount: 12.5, date: seconds('2020-06-02T13:30Z') } } };
    const { raw, meta, notices, dividends } = await barsOf({
      closes: [1250, 1300, 1350],
      meta: { currency: code },
      events,
    });
    expect(meta.currency).toBe(currency);
    expect([...raw.close]).toEqual([1250 / parts, 1300 / parts, 1350 / parts]);
    expect([...raw.adjClose!]).toEqual([1250 / parts, 1300 / parts, 1350 / parts]);
    expect(dividends).toEqual([{ time: ms('2020-06-02'), amount: 12.5 / parts }]);
    expect(notices[0]!.sentence).toBe(
      `prices came in ${words} (${code}) and were divided by ${parts}, so they are in ${currency}`,
    );
  });

  it('GBP stays as it is', async () => {
    const { raw, meta, notices } = await barsOf({ meta: { currency: 'GBP' } });
    expect([meta.currency, raw.close[0], notices]).toEqual(['GBP', 100, []]);
  });
});

describe('splits', () => {
  const split = (date: string, numerator: number, denominator: number) => ({
    splits: {
      a: { date: seconds(`${date}T13:30Z`), numerator, denominator, splitRatio: `${numerator}:${denominator}` },
    },
  });
  const timestamps = ['2020-06-01', '2020-06-02', '2020-06-03', '2020-06-04'].map((date) => seconds(`${date}T13:30Z`));
  const seriesOf = (bars: Awaited<ReturnType<typeof barsOf>>, asOf?: string) =>
    buildSeries(
      bars.raw,
      { ...bars.meta, source: 'csv', interval: '1d', sourceNotices: [] },
      asOf,
      ms('2020-06-15T16:00Z'),
    );

  it('give the prices of their day: 400 before a 4:1 split that Yahoo shows as 100', async () => {
    const bars = await barsOf({ timestamps, closes: [100, 101, 102, 103], events: split('2020-06-03', 4, 1) });
    expect([...bars.raw.close]).toEqual([400, 404, 102, 103]);
    expect([...bars.raw.open!]).toEqual([400, 404, 102, 103]);
    expect([...bars.raw.volume!]).toEqual([250, 250, 1000, 1000]);
    expect(bars.splits).toEqual([{ time: ms('2020-06-03'), ratio: 4 }]);
    expect(bars.notices[0]!.sentence).toBe(
      'prices before the 4:1 split of 2020-06-03 were turned back into those of their day',
    );
    // as of the day before, nothing of the split is known; as of the last day, no jump is left
    expect([...seriesOf(bars, '2020-06-02').close]).toEqual([400, 404]);
    expect([...seriesOf(bars).close]).toEqual([100, 101, 102, 103]);
    expect([...seriesOf(bars).volume!]).toEqual([1000, 1000, 1000, 1000]);
  });

  it('backwards: 10 before a 1:20 split that Yahoo shows as 200', async () => {
    const bars = await barsOf({ timestamps, closes: [200, 202, 204, 206], events: split('2020-06-03', 1, 20) });
    expect([...bars.raw.close].map((close) => Number(close.toFixed(9)))).toEqual([10, 10.1, 204, 206]);
    expect(bars.raw.volume![0]).toBe(20_000);
    expect(bars.notices[0]!.sentence).toContain('the 1:20 split of 2020-06-03');
  });

  it('that Yahoo has announced but not worked in: prices stay, adjusted closes are put right', async () => {
    const bars = await barsOf({ timestamps, closes: [400, 404, 102, 103], events: split('2020-06-03', 4, 1) });
    expect([...bars.raw.close]).toEqual([400, 404, 102, 103]);
    expect([...bars.raw.adjClose!]).toEqual([100, 101, 102, 103]);
    expect(bars.notices[0]).toMatchObject({ rule: 'split-late', effect: 'repaired', bars: 2 });
    expect([...seriesOf(bars).close]).toEqual([100, 101, 102, 103]);
  });

  it('of hourly bars, which come without adjusted closes, leave no jump', async () => {
    const hours = ['2020-06-11T13:30Z', '2020-06-11T14:30Z', '2020-06-12T13:30Z', '2020-06-12T14:30Z'].map(seconds);
    const bars = await barsOf(
      { timestamps: hours, closes: [100, 101, 102, 103], adjclose: null, events: split('2020-06-12', 4, 1) },
      { interval: '1h', from: '2020-06-10' },
    );
    expect([...bars.raw.close]).toEqual([400, 404, 102, 103]);
    expect([...bars.raw.adjClose!]).toEqual([100, 101, 102, 103]);
  });

  it('two of them, and dividends before them, in money for each share of that day', async () => {
    const splits = {
      ...split('2020-06-03', 2, 1).splits,
      b: { date: seconds('2020-06-04T13:30Z'), numerator: 3, denominator: 1, splitRatio: '3:1' },
    };
    const dividends = { a: { amount: 0.1, date: timestamps[0]! } };
    const bars = await barsOf({ timestamps, closes: [100, 100, 100, 100], events: { splits, dividends } });
    expect([...bars.raw.close]).toEqual([600, 600, 300, 100]);
    expect(bars.dividends[0]!.amount).toBeCloseTo(0.6, 12);
  });

  it('after the days asked for still turn those days back', async () => {
    const bars = await barsOf(
      { timestamps, closes: [100, 101, 102, 103], events: split('2020-06-03', 4, 1) },
      { now: ms('2020-06-15') },
    );
    const until = [...bars.raw.time].filter((time) => time < ms('2020-06-03'));
    expect(until).toHaveLength(2);
    expect(bars.raw.close[1]).toBe(404);
  });

  it('hourly bars without a split have no adjusted close', async () => {
    const hours = ['2020-06-11T13:30Z', '2020-06-11T14:30Z'].map(seconds);
    const bars = await barsOf({ timestamps: hours, adjclose: null }, { interval: '1h', from: '2020-06-10' });
    expect(bars.raw.adjClose).toBeNull();
  });
});
