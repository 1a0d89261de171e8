import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { InstrumentKind } from '../../../../electron/engine/market/remote/types.ts';
import { resample, type Timeframe } from '../../../../electron/engine/market/resample/index.ts';
import { barEnd } from '../../../../electron/engine/market/sessions.ts';
import type { Series } from '../../../../electron/engine/market/types.ts';
import type { Interval } from '../../../../shared/domain/index.ts';
import { RESOURCES, thrownBy } from '../support.ts';

type Bar = readonly [time: string, open: number, high: number, low: number, close: number, volume: number];
const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const dates = (series: { time: Float64Array }) => Array.from(series.time, (time) => iso(time).slice(0, 10));

/** A series of candles as a source would give it, its as-of the end of its last bar. */
function series(bars: readonly Bar[], interval: Interval, timezone = 'America/New_York', symbol = 'TEST'): Series {
  const column = (index: 1 | 2 | 3 | 4 | 5) => Float64Array.from(bars, (bar) => bar[index]);
  const time = Float64Array.from(bars, ([start]) => Date.parse(start));
  const identity = { symbol, source: 'csv', interval, currency: 'USD', timezone, adjustment: 'none' } as const;
  const [open, high, low, close, volume] = [column(1), column(2), column(3), column(4), column(5)];
  const asOf = barEnd(time.at(-1)!, interval, timezone);
  return { ...identity, closeOnly: false, time, open, high, low, close, volume, asOf, marks: [], notices: [] };
}

/** Flat bars of price 10 + index and volume 1 at these times. */
function at(times: readonly string[], interval: Interval, timezone?: string, symbol?: string): Series {
  return series(
    times.map((time, i) => [time, 10 + i, 10 + i, 10 + i, 10 + i, 1]),
    interval,
    timezone,
    symbol,
  );
}

/** Bars of every `minutes` in [from, to), UTC. */
function every(minutes: number, from: string, to: string): string[] {
  const times: string[] = [];
  for (let time = Date.parse(from); time < Date.parse(to); time += minutes * 60_000) times.push(iso(time));
  return times;
}

describe('coarser bars', () => {
  const DAYS: Bar[] = [
    ['2024-03-04', 10, 12, 9, 11, 100],
    ['2024-03-05', 11, 15, 10, 14, 200],
    ['2024-03-06', 14, 14, 7, 8, 300],
    ['2024-03-07', 8, 9, 8, 9, 400],
    ['2024-03-08', 9, 10, 8, 10, 500],
    ['2024-03-11', 20, 21, 19, 20, 600],
  ];

  test('take the first open, the highest high, the lowest low, the last close, and the sum of volume', () => {
    const week = resample(series(DAYS, '1d'), '1wk');
    expect(dates(week)).toEqual(['2024-03-04']);
    expect([week.open, week.high, week.low, week.close, week.volume].map((column) => column![0])).toEqual([
      10, 15, 7, 10, 1500,
    ]);
    expect([week.interval, week.currency, week.closeOnly]).toEqual(['1wk', 'USD', false]);
  });

  test('say how many bars they were made of and how many wait', () => {
    expect(resample(series(DAYS, '1d'), '1wk').notices).toEqual([
      {
        rule: 'resampled',
        effect: 'info',
        bars: 1,
        sentence: '5 bars of 1d make 1 of 1wk',
      },
      {
        rule: 'waiting',
        effect: 'info',
        bars: 1,
        sentence: 'the last bar of 1d waits until its 1wk bar is complete',
      },
    ]);
  });

  test.each([
    ['Thursday evening', 4, []],
    ['Friday evening, the weekend brings no bar', 5, ['2024-03-04']],
    ['Monday evening', 6, ['2024-03-04']],
  ])('a week in New York on %s', (_, count, weeks) => {
    expect(dates(resample(series(DAYS.slice(0, count), '1d'), '1wk'))).toEqual(weeks);
  });

  test('a week without its Friday is complete when the next week begins', () => {
    const thursday = at(['2024-03-25', '2024-03-26', '2024-03-27', '2024-03-28'], '1d');
    expect(dates(resample(thursday, '1wk'))).toEqual([]);
    const monday = at(['2024-03-25', '2024-03-26', '2024-03-27', '2024-03-28', '2024-04-01'], '1d');
    const weeks = resample(monday, '1wk');
    expect(dates(weeks)).toEqual(['2024-03-25']);
    expect(weeks.close[0]).toBe(13);
    expect(weeks.asOf).toBeLessThanOrEqual(monday.asOf);
  });

  test('a week of crypto ends with its Sunday, in UTC', () => {
    const days = every(1440, '2024-03-04', '2024-03-18').map((time) => time.slice(0, 10));
    expect(dates(resample(at(days.slice(0, 6), '1d', 'UTC', 'BTC-USD'), '1wk'))).toEqual([]);
    expect(dates(resample(at(days.slice(0, 7), '1d', 'UTC', 'BTC-USD'), '1wk'))).toEqual(['2024-03-04']);
    expect(dates(resample(at(days, '1d', 'UTC', 'BTC-USD'), '1wk'))).toEqual(['2024-03-04', '2024-03-11']);
  });

  test('a month is complete with its last weekday', () => {
    const from = ['2024-02-01', '2024-02-29', '2024-03-01', '2024-03-27'];
    expect(dates(resample(at(from, '1d'), '1mo'))).toEqual(['2024-02-01']);
    expect(dates(resample(at([...from, '2024-03-29'], '1d'), '1mo'))).toEqual(['2024-02-01', '2024-03-01']);
  });

  test.each([
    ['a week from its Tuesday', '1wk', ['2024-03-05', '2024-03-08', '2024-03-11', '2024-03-15'], ['2024-03-11'], 2],
    [
      'a week from its Monday',
      '1wk',
      ['2024-03-04', '2024-03-08', '2024-03-11', '2024-03-15'],
      ['2024-03-04', '2024-03-11'],
      0,
    ],
    ['a month from its second day', '1mo', ['2024-03-04', '2024-03-28', '2024-04-01', '2024-04-30'], ['2024-04-01'], 2],
    [
      'a month that begins on a Saturday, from its Monday',
      '1mo',
      ['2024-06-03', '2024-06-28', '2024-07-01'],
      ['2024-06-01'],
      0,
    ],
    ['nothing but a part', '1wk', ['2024-03-06', '2024-03-08'], [], 2],
  ] as const)(
    'the first bar is left out where the series begins inside it, and it is said: %s',
    (_, to, days, expected, left) => {
      const made = resample(at(days, '1d'), to);
      expect(dates(made)).toEqual(expected);
      const said = made.notices.find(({ rule }) => rule === 'partial-bar');
      expect(said?.bars ?? 0).toBe(left);
      if (left > 0)
        expect(said!.sentence).toBe(
          `${left} bars of 1d at the beginning are left out: their ${to} bar may have begun before them`,
        );
    },
  );

  test('a day that begins before the series is left out, one that begins with it is not', () => {
    const late = at(
      [...every(30, '2024-03-11T14:00Z', '2024-03-11T20:00Z'), ...every(30, '2024-03-12T13:30Z', '2024-03-12T20:00Z')],
      '30m',
    );
    expect(dates(resample(late, '1d'))).toEqual(['2024-03-12']);
    expect(Array.from(resample(late, '1h').time, iso)[0]).toBe('2024-03-11T14:30Z');
    expect(dates(resample(at(every(30, '2024-03-11T13:30Z', '2024-03-11T20:00Z'), '30m'), '1d'))).toEqual([
      '2024-03-11',
    ]);
  });

  test('pairs of days are counted over weekdays, over all days for crypto', () => {
    const weekdays = ['2024-03-04', '2024-03-05', '2024-03-06', '2024-03-07', '2024-03-08', '2024-03-11'];
    const starts = dates(resample(at(weekdays, '1d'), '2d'));
    expect(starts.length).toBe(3);
    expect(dates(resample(at(weekdays.slice(2), '1d'), '2d'))).toEqual(starts.slice(1));
    const days = every(1440, '2024-03-04', '2024-03-12').map((time) => time.slice(0, 10));
    expect(resample(at(days, '1d', 'UTC', 'BTC-USD'), '2d').volume!.every((volume) => volume <= 2)).toBe(true);
  });

  test('close-only stays close-only, no volume stays none', () => {
    const closeOnly = { open: null, high: null, low: null, volume: null, closeOnly: true };
    const week = resample({ ...series(DAYS, '1d'), ...closeOnly }, '1wk');
    expect([week.open, week.high, week.low, week.volume, week.closeOnly]).toEqual([null, null, null, null, true]);
    expect(Array.from(week.close)).toEqual([10]);
  });

  test('carry the marks of their bars, at their own time', () => {
    const marked: Series = {
      ...series(DAYS, '1d'),
      marks: [
        { time: Date.parse('2024-03-06'), rule: 'high-low', effect: 'repaired' },
        { time: Date.parse('2024-03-12'), rule: 'unfinished', effect: 'dropped' },
      ],
    };
    expect(resample(marked, '1wk').marks).toEqual([
      { time: Date.parse('2024-03-04'), rule: 'high-low', effect: 'repaired' },
    ]);
  });

  test.each([
    ['1d', '1h', 'finer'],
    ['15m', '1m', 'finer'],
    ['1wk', '1mo', 'weeks that straddle months'],
  ] as const)('%s to %s is refused: %s', (from, to, _) => {
    expect(thrownBy(() => resample(at(['2024-03-04'], from), to))).toMatchObject({
      code: 'INVALID_INPUT',
      sentence: `The input is not valid: ${to} bars cannot be made of ${from} bars.`,
    });
  });
});

describe('coarser bars of intraday bars', () => {
  test('are counted from the opening bell, before and after the clocks change', () => {
    for (const [open, close] of [
      ['2024-03-08T14:30Z', '2024-03-08T21:00Z'],
      ['2024-03-11T13:30Z', '2024-03-11T20:00Z'],
      ['2024-11-04T14:30Z', '2024-11-04T21:00Z'],
    ] as const) {
      const bars = resample(at(every(15, open, close), '15m'), '4h');
      expect(Array.from(bars.time, (time) => (time - Date.parse(open)) / 3_600_000)).toEqual([0, 4]);
      expect(Array.from(bars.volume!)).toEqual([16, 10]);
      expect(iso(bars.asOf)).toBe(close);
    }
  });

  test("Yahoo's hours of New York make days and halves of days", () => {
    const hours = at(every(60, '2024-03-11T13:30Z', '2024-03-11T20:30Z'), '1h');
    expect(resample(hours, '4h').volume).toEqual(Float64Array.of(4, 3));
    const day = resample(hours, '1d');
    expect([dates(day), day.close[0], day.volume![0]]).toEqual([['2024-03-11'], 16, 7]);
  });

  test('a day holds the regular session; what is traded before and after is told and kept in bars of its own', () => {
    const bars = at(every(30, '2024-03-11T08:00Z', '2024-03-12T00:00Z'), '30m');
    const day = resample(bars, '1d');
    expect([day.open![0], day.close[0], day.volume![0]]).toEqual([10 + 11, 10 + 23, 13]);
    expect(day.notices.map(({ rule, bars: count }) => [rule, count])).toContainEqual(['outside-session', 19]);
    const hours = resample(bars, '2h');
    expect(Array.from(hours.time, iso).slice(1, 6)).toEqual([
      '2024-03-11T11:30Z',
      '2024-03-11T13:30Z',
      '2024-03-11T15:30Z',
      '2024-03-11T17:30Z',
      '2024-03-11T19:30Z',
    ]);
    expect(Array.from(hours.volume!).slice(1, 7)).toEqual([4, 4, 4, 4, 1, 4]);
  });

  test('a day is there at its close, not a bar earlier', () => {
    const bars = every(5, '2024-03-11T13:30Z', '2024-03-11T20:00Z');
    expect(dates(resample(at(bars.slice(0, -1), '5m'), '1d'))).toEqual([]);
    expect(dates(resample(at(bars, '5m'), '1d'))).toEqual(['2024-03-11']);
  });

  test.each<[string, string, string, InstrumentKind, string[], string[]]>([
    [
      'Tokyo, whose morning is yesterday in UTC in summer and winter alike',
      'Asia/Tokyo',
      '7203.T',
      'equity',
      every(60, '2024-10-31T00:00Z', '2024-10-31T06:00Z'),
      ['2024-10-31'],
    ],
    [
      'Sydney on both sides of summer time',
      'Australia/Sydney',
      'BHP.AX',
      'equity',
      [...every(60, '2024-10-04T00:00Z', '2024-10-04T06:00Z'), ...every(60, '2024-10-06T23:00Z', '2024-10-07T05:00Z')],
      ['2024-10-04', '2024-10-07'],
    ],
    [
      'London on both sides of winter time',
      'Europe/London',
      'VOD.L',
      'equity',
      [...every(30, '2024-10-25T07:00Z', '2024-10-25T15:30Z'), ...every(30, '2024-10-28T08:00Z', '2024-10-28T16:30Z')],
      ['2024-10-25', '2024-10-28'],
    ],
    [
      'crypto, days of UTC through the weekend of the clocks',
      'UTC',
      'BTC-USD',
      'crypto',
      every(60, '2024-03-09T00:00Z', '2024-03-12T00:00Z'),
      ['2024-03-09', '2024-03-10', '2024-03-11'],
    ],
    [
      'currencies, from Sunday 17:00 in New York, the hour moving with its clocks',
      'Europe/London',
      'EURUSD=X',
      'fx',
      [...every(60, '2024-03-07T22:00Z', '2024-03-08T22:00Z'), ...every(60, '2024-03-10T21:00Z', '2024-03-12T21:00Z')],
      ['2024-03-08', '2024-03-11', '2024-03-12'],
    ],
  ])('days of %s', (_, timezone, symbol, kind, times, expected) => {
    const bars = at(times, times[1]!.includes(':30Z') ? '30m' : '1h', timezone, symbol);
    const days = resample(bars, '1d', kind);
    expect(dates(days)).toEqual(expected);
    expect(days.volume!.reduce((sum, volume) => sum + volume, 0)).toBe(times.length);
    expect(days.asOf).toBeLessThanOrEqual(bars.asOf);
  });
});

describe('no look-ahead: bars of a series cut anywhere are the first of those of the whole', () => {
  /** The series up to its first `count` bars, as of the end of the last of them. */
  function cut(whole: Series, count: number): Series {
    const column = (values: Float64Array | null) => values?.slice(0, count) ?? null;
    const { open, high, low, volume } = whole;
    const columns = { open: column(open), high: column(high), low: column(low), volume: column(volume) };
    const time = whole.time.slice(0, count);
    const asOf = barEnd(time.at(-1)!, whole.interval, whole.timezone);
    return { ...whole, ...columns, time, close: whole.close.slice(0, count), asOf };
  }

  function expectPrefix(whole: Series, count: number, to: Timeframe, kind?: InstrumentKind) {
    const all = resample(whole, to, kind);
    const part = resample(cut(whole, count), to, kind);
    const bars = part.time.length;
    for (const name of ['time', 'open', 'high', 'low', 'close', 'volume'] as const)
      expect(part[name]).toEqual(all[name]?.slice(0, bars) ?? null);
    expect(part.asOf).toBeLessThanOrEqual(barEnd(whole.time[count - 1]!, whole.interval, whole.timezone));
  }

  const zones = fc.constantFrom<[string, InstrumentKind]>(
    ['America/New_York', 'equity'],
    ['Europe/London', 'index'],
    ['Asia/Tokyo', 'equity'],
    ['Australia/Sydney', 'etf'],
    ['UTC', 'crypto'],
    ['Asia/Tokyo', 'crypto'],
    ['Europe/London', 'fx'],
    ['Australia/Sydney', 'fx'],
    ['America/Chicago', 'future'],
  );
  /** Gaps between bars, in bars: mostly none, now and then a night, a weekend or anything. */
  const gaps = fc.array(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, fc.integer({ min: 2, max: 130 })), {
    minLength: 1,
    maxLength: 150,
  });
  const prices = fc.infiniteStream(fc.integer({ min: 1, max: 99 }));
  const start = fc.constantFrom('2024-03-07', '2024-10-02', '2024-10-24', '2024-10-31').map((date) => Date.parse(date));

  test.each([
    ['15m', '1h', 15],
    ['15m', '4h', 15],
    ['15m', '1d', 15],
    ['1h', '2h', 60],
    ['1h', '1d', 60],
    ['1h', '1wk', 60],
    ['1h', '2d', 60],
    ['1d', '2d', 1440],
    ['1d', '1wk', 1440],
    ['1d', '1mo', 1440],
  ] as const)('%s to %s, with gaps, on and off the grid, in every kind of market', (from, to, minutes) => {
    fc.assert(
      fc.property(
        zones,
        start,
        gaps,
        prices,
        fc.nat(),
        fc.constantFrom(0, 7, 30),
        ([timezone, kind], first, steps, price, where, offset) => {
          let time = first + (minutes < 1440 ? offset * 60_000 : 0);
          const bars = steps.map((step): Bar => {
            time += step * minutes * 60_000;
            const close = price.next().value;
            return [new Date(time).toISOString(), close, close + 1, close - 1, close, close];
          });
          expectPrefix(series(bars, from, timezone), 1 + (where % bars.length), to, kind);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('bars that overlap each other do not break it', () => {
    const overlapping = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 2, maxLength: 80 });
    fc.assert(
      fc.property(overlapping, fc.nat(), (steps, where) => {
        let time = Date.parse('2024-03-08T18:00Z');
        const times = steps.map((step) => {
          time += step * 60_000;
          return new Date(time).toISOString();
        });
        const whole = at(times, '1h');
        for (const to of ['2h', '4h', '1d'] as const) expectPrefix(whole, 1 + (where % times.length), to, 'equity');
      }),
      { numRuns: 300 },
    );
  });

  test('weeks and months of a bundled share, cut at each of its last 300 bars', () => {
    const content = readFileSync(path.join(RESOURCES, 'samples', 'ohlcv', 'MSFT.csv'), 'utf8');
    const rows = content.trimEnd().split('\n').slice(1);
    const whole = series(
      rows.map((row) => {
        const [date, open, high, low, close, volume] = row.split(',');
        return [date!, Number(open), Number(high), Number(low), Number(close), Number(volume)] as const;
      }),
      '1d',
    );
    expect(whole.time.length).toBeGreaterThan(1000);
    for (let count = whole.time.length - 300; count <= whole.time.length; count += 7)
      for (const to of ['2d', '1wk', '1mo'] as const) expectPrefix(whole, count, to);
  });
});
