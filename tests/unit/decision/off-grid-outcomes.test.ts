import { describe, expect, test } from 'vitest';
import { settle } from '../../../electron/engine/decision/outcomes/index.ts';
import type { Series } from '../../../electron/engine/market/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { HEADER, openMarket, temporaryFolder } from '../market/support.ts';

const DAY = 86_400_000;
const MINUTE = 60_000;
const iso = (ms: number) => new Date(ms).toISOString();

/** Weekdays of February 2020 whose first bar starts at `opens` (UTC); the open of bar i is 100 + i / 10, its close a twentieth more. */
function rows(opens: string, bars: number, minutes: number): string[] {
  const days = Array.from({ length: 26 }, (_, i) => Date.parse(`2020-02-03T${opens}:00Z`) + i * DAY);
  return days
    .filter((day) => ![0, 6].includes(new Date(day).getUTCDay()))
    .flatMap((day) => Array.from({ length: bars }, (_, i) => day + i * minutes * MINUTE))
    .map((time, i) => {
      const [open, close] = [100 + i / 10, 100.05 + i / 10];
      return `${iso(time)},${open},${close},${open},${close},${close},1`;
    });
}

interface File {
  timezone: string;
  symbol: string;
  interval: '30m' | '1h';
  opens: string;
  bars: number;
}
const TORONTO: File = { timezone: 'America/Toronto', symbol: 'T.TO', interval: '1h', opens: '14:30', bars: 7 };
const PARIS: File = { timezone: 'Europe/Paris', symbol: 'T.PA', interval: '30m', opens: '08:15', bars: 17 };
const MUMBAI: File = { timezone: 'Asia/Kolkata', symbol: 'T.NS', interval: '30m', opens: '03:45', bars: 12 };

const decision = (symbol: string, interval: Interval, end: string, horizonBars: number) => ({
  id: 'd-00000000-0000-4000-8000-000000000000',
  symbol,
  source: 'csv' as const,
  interval,
  action: 'long' as const,
  horizonBars,
  costFraction: 0.001,
  window: { end },
});

async function marketOf({ timezone, symbol, interval, opens, bars }: File) {
  const market = openMarket(temporaryFolder());
  const content = [HEADER, ...rows(opens, bars, interval === '1h' ? 60 : 30)].join('\n');
  const options = { interval, timezone, currency: 'USD' };
  await market.importCsv({ symbol, fileName: 'test.csv', content, options });
  return market;
}

/** Both trips are of days 2020-02-12 to 2020-02-14, the eighth to the tenth of the file, or of hours of 2020-02-12. */
describe('a decision on bars made of bars off the grid settles on the bar of its horizon', () => {
  test.each([
    [
      '1h to 1d',
      TORONTO,
      '1d',
      '2020-02-11T00:00',
      '2020-02-12T00:00',
      '2020-02-14T00:00',
      7 * 7,
      10 * 7 - 1,
      '2020-02-15T05:00',
    ],
    [
      '30m to 1d',
      PARIS,
      '1d',
      '2020-02-11T00:00',
      '2020-02-12T00:00',
      '2020-02-14T00:00',
      7 * 17,
      10 * 17 - 1,
      '2020-02-14T23:00',
    ],
    // Hours of the clock in Mumbai: 9:15 and 9:45 make that of 9:00, known at 10:15
    [
      '30m to 1h',
      MUMBAI,
      '1h',
      '2020-02-12T03:30',
      '2020-02-12T04:30',
      '2020-02-12T06:30',
      7 * 12 + 2,
      7 * 12 + 7,
      '2020-02-12T07:45',
    ],
  ] as const)('%s', async (_, file, interval, end, entry, exit, first, last, known) => {
    const market = await marketOf(file);
    const all = await market.series({ symbol: file.symbol, source: 'csv', interval });
    const settlement = await settle(market, all, decision(file.symbol, interval, `${end}:00.000Z`, 3), 5);
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    const { entryTime, exitTime, entryPrice, exitPrice, knownAt } = settlement.outcome;
    expect([entryTime, exitTime, knownAt]).toEqual([entry, exit, known].map((time) => `${time}:00.000Z`));
    expect(entryPrice).toBeCloseTo(100 + first / 10, 9);
    expect(exitPrice).toBeCloseTo(100.05 + last / 10, 9);
  });

  test('and never on a cut that lacks that bar: the bars at hand stand for it', async () => {
    const market = await marketOf(TORONTO);
    const all = await market.series({ symbol: 'T.TO', source: 'csv', interval: '1d' });
    const short = async (): Promise<Series> =>
      market.series({ symbol: 'T.TO', source: 'csv', interval: '1d' }, '2020-02-13');
    const of = decision('T.TO', '1d', '2020-02-11T00:00:00.000Z', 3);
    const settlement = await settle({ series: short }, all, of, 5);
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    const { entryTime, exitTime, knownAt } = settlement.outcome;
    expect([entryTime, exitTime]).toEqual(['2020-02-12T00:00:00.000Z', '2020-02-14T00:00:00.000Z']);
    expect(knownAt).toBe(iso(all.asOf));
  });
});
