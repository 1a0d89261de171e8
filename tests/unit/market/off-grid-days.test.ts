import { describe, expect, test } from 'vitest';
import type { Market } from '../../../electron/engine/market/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { HEADER, openMarket, temporaryFolder } from './support.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const iso = (ms: number) => new Date(ms).toISOString();
const dateOf = (ms: number) => iso(ms).slice(0, 10);

async function imported(
  content: string,
  interval: Interval,
  timezone: string,
  symbol: string,
): Promise<Pick<Market, 'series'>> {
  const market = openMarket(temporaryFolder());
  await market.importCsv({ symbol, fileName: 'test.csv', content, options: { interval, timezone, currency: 'USD' } });
  return { series: (ref, asOf) => market.series({ ...ref, symbol, source: 'csv' }, asOf) };
}

describe('intraday bars off the grid, in a zone whose hours are not known', () => {
  /** Monday to Friday of four weeks from 2020-03-02; `opens` in UTC. */
  const rows = (opens: number, bars: number, minutes: number) =>
    Array.from({ length: 26 }, (_, day) => Date.UTC(2020, 2, 2 + day) + opens)
      .filter((open) => ![0, 6].includes(new Date(open).getUTCDay()))
      .flatMap((open) => Array.from({ length: bars }, (_, i) => `${iso(open + i * minutes * MINUTE)},10,11,9,10,10,5`));

  test.each([
    ['America/Toronto', 'TEST.TO', '1h', 14.5 * HOUR, 7, '2020-03-07T05:00:00.000Z'],
    ['Asia/Kolkata', 'TEST.NS', '1h', 3.75 * HOUR, 7, '2020-03-06T18:30:00.000Z'],
    ['Asia/Kolkata', 'TEST.NS', '30m', 3.75 * HOUR, 13, '2020-03-06T18:30:00.000Z'],
    ['Europe/Paris', 'TEST.PA', '30m', 8.25 * HOUR, 17, '2020-03-06T23:00:00.000Z'],
  ] as const)(
    '%s: the day of %s bars of %s is whole at its midnight',
    async (zone, symbol, interval, opens, n, end) => {
      const market = await imported(
        [HEADER, ...rows(opens, n, interval === '1h' ? 60 : 30)].join('\n'),
        interval,
        zone,
        symbol,
      );
      const lastOf = async (to: Interval, asOf: string) => {
        const series = await market.series({ symbol, interval: to }, asOf);
        return [dateOf(series.time.at(-1)!), iso(series.asOf)];
      };
      expect(await lastOf('1d', '2020-03-06')).toEqual(['2020-03-06', end]);
      expect((await lastOf('1d', iso(Date.parse(end) - 1)))[0]).toBe('2020-03-05');
      expect((await lastOf('1wk', '2020-03-22'))[0]).toBe('2020-03-16');
      expect((await lastOf('1wk', '2020-03-21'))[0]).toBe('2020-03-09');
    },
  );

  test('a bar that runs over midnight belongs to no day that was whole without it', async () => {
    const bar = (time: string, price: number) => `${time},${price},${price},${price},${price},${price},1`;
    // Toronto in winter: 21:30, 22:30, 23:30 and the next morning
    const days = ['2020-01-06', '2020-01-07', '2020-01-08'].flatMap((date, i) => [
      bar(`${date}T05:30:00Z`, 10 * i + 11),
      bar(`${dateOf(Date.parse(date) + DAY)}T03:30:00Z`, 10 * i + 12),
      bar(`${dateOf(Date.parse(date) + DAY)}T04:30:00Z`, 10 * i + 13),
    ]);
    const first = bar('2020-01-05T05:00:00Z', 10);
    const market = await imported([HEADER, first, ...days].join('\n'), '1h', 'America/Toronto', 'TEST.TO');
    const series = await market.series({ symbol: 'TEST.TO', interval: '1d' }, '2020-01-07');
    expect(Array.from(series.close)).toEqual([10, 12, 22]);
    expect(series.notices.map(({ rule }) => rule)).toContain('after-its-end');
  });
});
