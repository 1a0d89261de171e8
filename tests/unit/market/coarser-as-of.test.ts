import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Market, Series } from '../../../electron/engine/market/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { HEADER, openMarket, RESOURCES, temporaryFolder } from './support.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();
const dateOf = (ms: number) => iso(ms).slice(0, 10);

/** A row of the file as the test wrote it; `adj` NaN = none. */
interface Row {
  date: number;
  close: number;
  adj: number;
}

/** Monday 2019-12-30 to the middle of February 2020, before the clock of `openMarket`. */
const FIRST = Date.UTC(2019, 11, 30);
const WEEKDAYS = Array.from({ length: 49 }, (_, i) => FIRST + i * DAY).filter(
  (date) => ![0, 6].includes(new Date(date).getUTCDay()),
);

/** Days with holidays anywhere, splits and dividends anywhere; adjusted closes look back from the end, as sources give them. */
const histories = fc
  .array(
    fc.record({
      close: fc.integer({ min: 800, max: 1200 }).map((cents) => cents / 100),
      holiday: fc.integer({ min: 0, max: 6 }).map((n) => n === 0),
      event: fc.oneof(
        { weight: 6, arbitrary: fc.constant(1) },
        { weight: 1, arbitrary: fc.constantFrom(0.5, 2, 1 / 3, 0.98, 0.995) },
      ),
      adjMissing: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
    }),
    { minLength: WEEKDAYS.length, maxLength: WEEKDAYS.length },
  )
  .map((days): Row[] => {
    const rows = days.map(({ close }, i) => {
      const factor = days.slice(i + 1).reduce((product, { event }) => product * event, 1);
      return { date: WEEKDAYS[i]!, close, adj: days[i]!.adjMissing ? Number.NaN : close * factor };
    });
    return rows.filter((_, i) => i === 0 || !days[i]!.holiday);
  });

const csvOf = (rows: readonly Row[]) =>
  [
    HEADER,
    ...rows.map(({ date, close, adj }) => {
      return `${dateOf(date)},${close},${close + 1},${close - 1},${close},${Number.isNaN(adj) ? '' : adj},100`;
    }),
  ].join('\n');

async function imported(
  content: string,
  interval: Interval = '1d',
  timezone = 'America/New_York',
  symbol = 'TEST',
): Promise<Market> {
  const market = openMarket(temporaryFolder());
  const options = { interval, timezone, currency: 'USD', acceptDamage: true };
  await market.importCsv({ symbol, fileName: 'test.csv', content, options });
  return { ...market, series: (ref, asOf) => market.series({ ...ref, symbol }, asOf) };
}

/** The series, or null where there is no whole bar yet. */
const asOfOrNull = (market: Market, interval: Interval, asOf?: string): Promise<Series | null> =>
  market.series({ symbol: 'TEST', source: 'csv', interval }, asOf).catch(() => null);

/** Everything but what is said of the bars that wait, which is of the as-of and of no bar. */
const settled = (series: Series) => ({
  ...series,
  notices: series.notices.filter(({ rule }) => rule !== 'waiting'),
});

/** Every as-of that shares its last bar has the same series, and the moment stamped on it gives it again. */
async function expectOneSeriesEach(market: Market, interval: Interval, asOfs: readonly string[]): Promise<Series[]> {
  const byLast = new Map<number, Series>();
  for (const asOf of asOfs) {
    const series = await asOfOrNull(market, interval, asOf);
    if (!series) continue;
    expect(series.asOf).toBeLessThanOrEqual(Date.parse(asOf));
    const last = series.time.at(-1)!;
    const first = byLast.get(last);
    if (first) expect(settled(series)).toEqual(settled(first));
    else byLast.set(last, series);
  }
  for (const series of byLast.values())
    expect(settled((await asOfOrNull(market, interval, iso(series.asOf)))!)).toEqual(settled(series));
  const newest = await asOfOrNull(market, interval);
  const same = newest && byLast.get(newest.time.at(-1)!);
  if (newest && same) expect(settled(newest)).toEqual(settled(same));
  return [...byLast.values()];
}

const weekOf = (date: number) => date - ((((date / DAY + 3) % 7) + 7) % 7) * DAY;
const monthOf = (date: number) => Date.UTC(new Date(date).getUTCFullYear(), new Date(date).getUTCMonth());

/** Closes by hand: the last day of each bar, times the factor it has over that of the last day used. */
function expectPricesOfThatDay(series: Series, rows: readonly Row[], groupOf: (date: number) => number): void {
  let factor = rows.find(({ adj }) => !Number.isNaN(adj));
  const factors = rows.map((row) => {
    if (!Number.isNaN(row.adj)) factor = row;
    return factor ? factor.adj / factor.close : 1;
  });
  const lastOf = (start: number) => rows.findLastIndex(({ date }) => groupOf(date) === start);
  const used = lastOf(series.time.at(-1)!);
  expect(series.close.at(-1)).toBe(rows[used]!.close);
  for (const [i, start] of series.time.entries()) {
    const row = lastOf(start);
    const expected = (rows[row]!.close * factors[row]!) / factors[used]!;
    expect(Math.abs(series.close[i]! / expected - 1)).toBeLessThan(1e-8);
  }
}

/** Every six hours of the time the file spans, and somewhat beyond. */
const MOMENTS = Array.from({ length: 49 * 4 + 20 }, (_, i) => iso(FIRST + i * 6 * HOUR));

describe('weeks and months made of days as of any moment', () => {
  test.each([
    ['1wk', weekOf],
    ['1mo', monthOf],
  ] as const)(
    '%s: the same bars for every as-of with the same last bar, in prices of its last day',
    async (interval, groupOf) => {
      await fc.assert(
        fc.asyncProperty(histories, async (rows) => {
          const market = await imported(csvOf(rows));
          const found = await expectOneSeriesEach(market, interval, MOMENTS);
          expect(found.length).toBeGreaterThan(0);
          for (const series of found) expectPricesOfThatDay(series, rows, groupOf);
        }),
        { numRuns: 12 },
      );
    },
    60_000,
  );

  test('a file cut at the as-of gives the same', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.nat({ max: 48 }), async (rows, day) => {
        const asOf = dateOf(FIRST + day * DAY);
        const cut = rows.filter(({ date }) => date <= Date.parse(asOf));
        const [whole, part] = [await imported(csvOf(rows)), await imported(csvOf(cut))];
        for (const interval of ['1wk', '1mo'] as const)
          expect(await asOfOrNull(part, interval, asOf)).toEqual(await asOfOrNull(whole, interval, asOf));
      }),
      { numRuns: 15 },
    );
  }, 60_000);

  test('where the hours are not known, weeks end with their Sunday', async () => {
    await fc.assert(
      fc.asyncProperty(histories, async (rows) => {
        await expectOneSeriesEach(await imported(csvOf(rows), '1d', 'Europe/Berlin'), '1wk', MOMENTS);
      }),
      { numRuns: 4 },
    );
  }, 60_000);
});

describe('the week before the split of AAPL on Monday 2005-02-28', () => {
  const rows = readFileSync(path.join(RESOURCES, 'samples', 'ohlcv', 'AAPL.csv'), 'utf8').split('\n');
  const friday = rows.find((row) => row.startsWith('2005-02-25'))!.split(',');

  test('knows nothing of it on any day of the week that follows', async () => {
    const market = openMarket(temporaryFolder());
    const read = (asOf: string) => market.series({ symbol: 'AAPL', source: 'samples', interval: '1wk' }, asOf);
    const before = await read('2005-02-25');
    expect(before.close.at(-1)).toBe(Number(friday[4]));
    expect(before.close.at(-1)).toBe(88.99);
    expect(iso(before.asOf)).toBe('2005-02-26T05:00:00.000Z');
    for (const asOf of ['2005-02-26', '2005-02-27', '2005-02-28', '2005-03-01', '2005-03-02', '2005-03-03'])
      expect(settled(await read(asOf)), asOf).toEqual(settled(before));
    expect((await read('2005-03-03')).notices.at(-1)).toEqual({
      rule: 'waiting',
      effect: 'info',
      bars: 4,
      sentence: 'the last 4 bars of 1d wait until their 1wk bar is complete',
    });
    expect(iso((await read('2005-03-04')).asOf)).toBe('2005-03-05T05:00:00.000Z');
  });
});

describe('a week without its Friday', () => {
  const days = (...dates: string[]) => dates.map((date) => `${date},10,11,9,10,10,1`);
  const week = days('2020-04-06', '2020-04-07', '2020-04-08', '2020-04-09');
  const before = days('2020-03-30', '2020-03-31', '2020-04-01', '2020-04-02', '2020-04-03');
  const file = (...rows: string[][]) => [HEADER, ...rows.flat()].join('\n');

  test('is whole as of the end of the day that had no bar, whether or not the next week has begun (Good Friday 2020)', async () => {
    const whole = await imported(file(before, week, days('2020-04-13', '2020-04-14')));
    const cut = await imported(file(before, week));
    for (const asOf of ['2020-04-11T04:00:00Z', '2020-04-10', '2020-04-12', '2020-04-13', '2020-04-14']) {
      const series = (await asOfOrNull(whole, '1wk', asOf))!;
      expect([dateOf(series.time.at(-1)!), iso(series.asOf)]).toEqual(['2020-04-06', '2020-04-11T04:00:00.000Z']);
    }
    const early = (await asOfOrNull(whole, '1wk', '2020-04-11T03:59:00Z'))!;
    expect(iso(early.asOf)).toBe('2020-04-04T04:00:00.000Z');
    expect(await asOfOrNull(cut, '1wk', '2020-04-12')).toEqual(await asOfOrNull(whole, '1wk', '2020-04-12'));
  });

  test('is not taken for whole where no as-of says that its Friday is over', async () => {
    const cut = await imported(file(before, week));
    expect(dateOf((await asOfOrNull(cut, '1wk'))!.time.at(-1)!)).toBe('2020-03-30');
  });

  test('says that its last sessions have no bars', async () => {
    const whole = await imported(file(before, week, days('2020-04-13')));
    const short = (await asOfOrNull(whole, '1wk', '2020-04-13'))!.notices.find(({ rule }) => rule === 'short-bar');
    expect(short?.sentence).toBe(
      'the last 1wk bar ends before its last session would: a holiday, half a day, or bars that are missing',
    );
    const full = (await asOfOrNull(whole, '1wk', '2020-04-05'))!.notices.map(({ rule }) => rule);
    expect(full).not.toContain('short-bar');
  });
});

describe('bars made of intraday bars', () => {
  test('days of hours: the same for every as-of with the same last day, split in between or not', async () => {
    const hours: string[] = [];
    for (let day = 0; day < 4; day++)
      for (let hour = 0; hour < 7; hour++) {
        const at = Date.UTC(2020, 2, 9 + day, 13, 30) + hour * HOUR;
        const factor = day < 2 || (day === 2 && hour < 3) ? 0.5 : 1;
        hours.push(`${iso(at)},10,11,9,10,${10 * factor},5`);
      }
    const market = await imported([HEADER, ...hours].join('\n'), '1h');
    const moments = Array.from({ length: 4 * 48 }, (_, i) => iso(Date.UTC(2020, 2, 9) + i * (HOUR / 2)));
    const found = await expectOneSeriesEach(market, '1d', moments);
    expect(found.map(({ close }) => Array.from(close))).toEqual([[10], [10, 10], [5, 5, 10], [5, 5, 10, 10]]);
  });
});

describe('whatever is missing, in any market', () => {
  const places = fc.constantFrom<[timezone: string, symbol: string]>(
    ['America/New_York', 'TEST'],
    ['Europe/London', 'TEST.L'],
    ['Asia/Tokyo', '7203.T'],
    ['Europe/Berlin', 'TEST.DE'],
    ['Asia/Tokyo', 'BTC-USD'],
    ['Australia/Sydney', 'EURUSD=X'],
    ['Asia/Kolkata', 'TEST.NS'],
    ['America/Toronto', 'TEST.TO'],
  );

  test('half hours make hours and days, days make weeks and months: one series for each last bar', async () => {
    const sparse = fc.uniqueArray(fc.nat({ max: 48 * 5 - 1 }), { minLength: 20, maxLength: 120 });
    const minutesOff = fc.constantFrom(0, 15);
    const factor = fc.array(fc.constantFrom(1, 1, 1, 0.5, 0.99), { minLength: 120, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(places, sparse, factor, minutesOff, async ([timezone, symbol], steps, factors, minutes) => {
        const first = Date.UTC(2020, 2, 5, 0, minutes);
        const rows = steps
          .toSorted((a, b) => a - b)
          .map((step, i) => `${iso(first + step * (HOUR / 2))},10,11,9,10,${10 * factors[i]!},5`);
        const market = await imported([HEADER, ...rows].join('\n'), '30m', timezone, symbol);
        const moments = Array.from({ length: 48 * 5 + 20 }, (_, i) => iso(first + i * (HOUR / 2)));
        if (minutes > 0) moments.push(...moments.map((moment) => iso(Date.parse(moment) - minutes * MINUTE)));
        for (const interval of ['1h', '1d'] as const) await expectOneSeriesEach(market, interval, moments);
      }),
      { numRuns: 20 },
    );
    await fc.assert(
      fc.asyncProperty(places, histories, async ([timezone, symbol], rows) => {
        const market = await imported(csvOf(rows), '1d', timezone, symbol);
        for (const interval of ['1wk', '1mo'] as const) await expectOneSeriesEach(market, interval, MOMENTS);
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

describe('what is said of bad bars', () => {
  test('of the unfinished week tells nothing of the last whole one', async () => {
    const good = (date: string) => `${date},10,11,9,10,10,1`;
    const rows = ['2020-03-02', '2020-03-03', '2020-03-04', '2020-03-05', '2020-03-06'].map(good);
    const bad = ['2020-03-09,10,11,9,0,10,1', '2020-03-10,10,10,9,11,,1', '2020-03-11,10,11,9,10,10,1'];
    const market = await imported([HEADER, ...rows, ...bad].join('\n'));
    const before = (await asOfOrNull(market, '1wk', '2020-03-06'))!;
    const later = (await asOfOrNull(market, '1wk', '2020-03-11'))!;
    expect(before.marks).toEqual([]);
    expect(settled(later)).toEqual(settled(before));
  });
});
