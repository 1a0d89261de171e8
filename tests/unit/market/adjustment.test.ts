import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { datesOf, HEADER, openMarket, RESOURCES, seriesOf, temporaryFolder } from './support.ts';

const market = () => openMarket(temporaryFolder());
const file = (name: string) => readFileSync(path.join(RESOURCES, 'samples', 'ohlcv', `${name}.csv`), 'utf8');

/** The bar of a date in a sample's series as of a date. */
async function bar(symbol: string, asOf: string, date: string) {
  const series = await market().series({ symbol, source: 'samples' }, asOf);
  const at = datesOf(series).indexOf(date);
  return [series.open, series.high, series.low, series.close, series.volume].map((column) => column![at]!);
}

describe('adjustment to the prices of the as-of day', () => {
  test('AAPL on the day before its split of 2000-06-21 shows the prices of that day', async () => {
    expect(await bar('AAPL', '2000-06-20', '2000-06-20')).toEqual([98.5, 103.94, 98.37, 101.25, 4476700]);
  });

  test('AAPL on the day of its split halves the bars before it and doubles their volume', async () => {
    expect(await bar('AAPL', '2000-06-21', '2000-06-21')).toEqual([50.5, 56.94, 50.31, 55.63, 4375000]);
    const [open, high, low, close, volume] = await bar('AAPL', '2000-06-21', '2000-06-20');
    // 0.500000017 = (3.253009 / 101.25) / (3.574615 / 55.63) to nine digits, times the delivered prices
    expect(open).toBeCloseTo(49.2500016745, 10);
    expect(high).toBeCloseTo(51.97000176698, 10);
    expect(low).toBeCloseTo(49.18500167229, 10);
    expect(close).toBeCloseTo(50.62500172125, 10);
    expect(volume).toBe(8953400);
  });

  test('AAPL across 2005-02-28, and across both splits', async () => {
    const [, , , close, volume] = await bar('AAPL', '2005-02-28', '2005-02-25');
    expect(close).toBeCloseTo(44.49500453849, 10);
    expect(volume).toBe(2 * 16348400);
    const first = await bar('AAPL', '2013-03-01', '2000-03-01');
    expect(first[3]).toBeCloseTo(32.10398642843, 10);
    expect(first[4]).toBe(4 * 9616100);
  });

  test("MSFT's split of 2003-02-18 doubles volume, its special dividend of 2004-11-15 moves prices only", async () => {
    const split = await bar('MSFT', '2003-02-18', '2003-02-14');
    expect(split[3]).toBeCloseTo(24.1499998551, 10);
    expect(split[4]).toBe(2 * 45223200);
    const dividend = await bar('MSFT', '2004-11-15', '2004-11-12');
    expect(dividend[3]).toBeCloseTo(26.94054174075, 10);
    expect(dividend[4]).toBe(162269000);
  });

  test.each([
    ['AAPL', '2000-09-01', 64],
    ['AAPL', '2005-04-29', 64],
    ['MSFT', '2003-04-30', 64],
  ])('%s as of %s has no jump of 30 % in the window of %d bars that holds its split', async (symbol, asOf, bars) => {
    const { close } = await market().series({ symbol, source: 'samples' }, asOf);
    const window = close.slice(-bars);
    const steps = window.slice(1).map((price, index) => Math.abs(Math.log(price / window[index]!)));
    expect(Math.max(...steps)).toBeLessThan(Math.log(1.3));
  });

  test('a later split of any size changes nothing before it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 1, max: 500, noNaN: true }), fc.double({ min: 0.1, max: 1, noNaN: true })), {
          minLength: 3,
          maxLength: 60,
        }),
        fc.nat(57),
        fc.constantFrom(2, 4, 0.5, 3, 7, 0.9876),
        (bars, cut, split) => {
          const at = Math.min(cut, bars.length - 2);
          const asOf = dateAt(at);
          expect(seriesOf(textOf(bars.map(([close, factor]) => [close, close * factor])), asOf)).toEqual(
            seriesOf(
              textOf(
                bars.map(([close, factor], index) =>
                  index > at ? [close / split, close * factor] : [close, (close * factor) / split],
                ),
              ),
              asOf,
            ),
          );
        },
      ),
      { seed: 20000620 },
    );
  });

  test.each([2, 3, 7, 1.1, 0.9876])(
    're-basing every adjusted close of a real file by %d changes no series of it',
    (by) => {
      const rebased = file('AAPL').replace(
        /^(\d.*),([^,]+),(\d+)$/gm,
        (_, head, adjusted, volume) => `${head},${Number(adjusted) / by},${volume}`,
      );
      expect(rebased).not.toBe(file('AAPL'));
      for (const asOf of ['2000-06-20', '2000-06-30', '2005-03-10', '2012-12-31']) {
        expect(seriesOf(rebased, asOf)).toEqual(seriesOf(file('AAPL'), asOf));
      }
    },
  );

  test('a split on the edge of what counts as one counts the same after re-basing', () => {
    // the factor jumps by 1.225, which is 2 % off a split of 5 for 4: re-based it comes out a last bit more or less
    const volumeBefore = (by: number) =>
      seriesOf(
        textOf([
          [100, 50 / by],
          [80, 49 / by],
        ]),
      ).volume![0];
    expect([1, 3, 7, 11, 13, 0.9876].map(volumeBefore)).toEqual(new Array(6).fill(125));
  });

  test('without an adjusted close prices and volume stay as delivered', () => {
    const series = seriesOf('Date,Open,High,Low,Close,Volume\n2020-01-02,10,11,9,10,5\n2020-01-03,5,6,4,5,7\n');
    expect([series.adjustment, Array.from(series.close), Array.from(series.volume!)]).toEqual([
      'none',
      [10, 5],
      [5, 7],
    ]);
  });

  test('a bar without an adjusted close keeps the factor of the bar before it', () => {
    const series = seriesOf(`${HEADER}\n2020-01-02,10,10,10,10,5,1\n2020-01-03,8,8,8,8,,1\n2020-01-06,6,6,6,6,6,1\n`);
    expect(Array.from(series.close)).toEqual([5, 4, 6]);
  });
});

describe('what counts as a split', () => {
  const volumeBefore = (before: number, after: number, factorJump: number) =>
    seriesOf(
      textOf([
        [before, before],
        [after, after * factorJump],
      ]),
    ).volume![0]! / 100;

  test.each([
    ['2 for 1', 100, 50, 2, 2],
    ['3 for 2', 90, 61, 1.5, 1.5],
    ['7 for 1', 700, 98, 7, 7],
    ['20 for 1', 2000, 101, 20, 20],
    ['1 for 10', 1, 10.4, 0.1, 0.1],
    ['2 for 1 with a dividend of 1 %', 100, 49.5, 2.02, 2],
  ])('%s changes the units of volume', (_, before, after, jump, ratio) => {
    expect(volumeBefore(before, after, jump)).toBeCloseTo(ratio, 12);
  });

  test.each([
    ['a dividend of a tenth', 100, 90, 1.11],
    ['a dividend of 28 %, on no small fraction', 100, 72, 1.39],
    ['a factor that doubles while the price does not move', 100, 100, 2],
    ['a price that halves while the factor does not move', 100, 50, 1],
  ])('%s does not', (_, before, after, jump) => {
    expect(volumeBefore(before, after, jump)).toBe(1);
  });
});

function dateAt(index: number): string {
  return new Date(Date.parse('2019-01-01') + index * 86_400_000).toISOString().slice(0, 10);
}

function textOf(bars: number[][]): string {
  return [
    HEADER,
    ...bars.map(([close, adjusted], index) => `${dateAt(index)},${close},${close},${close},${close},${adjusted},100`),
  ].join('\n');
}
