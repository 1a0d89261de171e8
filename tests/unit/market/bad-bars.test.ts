import { describe, expect, test } from 'vitest';
import { datesOf, HEADER, seriesOf } from './support.ts';

const GOOD = (date: string) => `${date},10,11,9,10.5,10.5,100`;
const WITH = (row: string) => [GOOD('2020-01-02'), row, GOOD('2020-01-06')];
const [FIRST, MIDDLE, LAST] = ['2020-01-02', '2020-01-03', '2020-01-06'] as const;
const dropped = (rule: string, time: string = MIDDLE) => ({ kept: [FIRST, LAST], marks: [`${time} ${rule} dropped`] });
const repaired = (rule: string) => ({ kept: [FIRST, MIDDLE, LAST], marks: [`${MIDDLE} ${rule} repaired`] });
const CLEAN = { kept: [FIRST, MIDDLE, LAST], marks: [] as string[] };

/** Rows of a small file and what DEFINITIONS 1 makes of them: dates kept, marks. The clock stands at noon of 2020-06-15. */
const CORPUS: [name: string, rows: string[], expected: { kept: string[]; marks: string[] }][] = [
  ['a clean file', WITH(GOOD(MIDDLE)), CLEAN],
  ['an empty close', WITH('2020-01-03,10,11,9,,10,100'), dropped('price-missing')],
  ['an empty open', WITH('2020-01-03,,11,9,10,10,100'), dropped('price-missing')],
  ['a row of nulls', WITH('2020-01-03,null,null,null,null,null,null'), dropped('price-missing')],
  ['NaN as a price', WITH('2020-01-03,10,NaN,9,10,10,100'), dropped('price-missing')],
  ['N/A as a price', WITH('2020-01-03,10,11,N/A,10,10,100'), dropped('price-missing')],
  ['a zero close', WITH('2020-01-03,10,11,9,0,10,100'), dropped('price-not-positive')],
  ['a zero low', WITH('2020-01-03,10,11,0,10,10,100'), dropped('price-not-positive')],
  ['a negative open', WITH('2020-01-03,-10,11,9,10,10,100'), dropped('price-not-positive')],
  ['minus zero', WITH('2020-01-03,10,11,9,-0,10,100'), dropped('price-not-positive')],
  ['an infinite high', WITH('2020-01-03,10,Infinity,9,10,10,100'), dropped('price-not-finite')],
  ['minus infinity', WITH('2020-01-03,10,11,-inf,10,10,100'), dropped('price-not-finite')],
  ['both infinities', WITH('2020-01-03,10,inf,-inf,10,10,100'), dropped('price-not-finite')],
  ['a float that overflows', WITH('2020-01-03,10,11,9,1e999,10,100'), dropped('price-not-finite')],
  ['a price too small for any adjustment', WITH('2020-01-03,10,11,1e-320,10,10,100'), dropped('price-not-finite')],
  ['an absurd close', WITH('2020-01-03,10,11,9,1e300,10,100'), dropped('price-not-finite')],
  ['a price of 1e15, the largest', WITH('2020-01-03,1e15,1e15,1e15,1e15,1e15,100'), CLEAN],
  ['a high under the close', WITH('2020-01-03,10,10.2,9,10.5,10.5,100'), repaired('high-low')],
  ['a high under the open', WITH('2020-01-03,12,11,9,10.5,10.5,100'), repaired('high-low')],
  ['a low over the open', WITH('2020-01-03,10,11,10.2,10.5,10.5,100'), repaired('high-low')],
  ['high and low exchanged', WITH('2020-01-03,10,9,11,10.5,10.5,100'), repaired('high-low')],
  ['a high short by rounding', WITH('2020-01-03,38,38.23,37,38.2318,38.2318,100'), CLEAN],
  ['a date twice', WITH('2020-01-02,10,11,9,10.6,10.6,100'), dropped('time-repeated', FIRST)],
  ['a date that runs back', WITH('2019-12-31,10,11,9,10.5,10.5,100'), dropped('time-backwards', '2019-12-31')],
  ['a date after now', WITH('2021-01-04,10,11,9,10.5,10.5,100'), dropped('later-than-now', '2021-01-04')],
  ["today's unfinished bar", WITH('2020-06-15,10,11,9,10.5,10.5,100'), dropped('unfinished', '2020-06-15')],
  ['an empty adjusted close', WITH('2020-01-03,10,11,9,10.5,,100'), repaired('adj-close-missing')],
  ['a negative adjusted close', WITH('2020-01-03,10,11,9,10.5,-1,100'), repaired('adj-close-missing')],
  ['a missing volume', WITH('2020-01-03,10,11,9,10.5,10.5,'), CLEAN],
  [
    'a bad bar before a good one of the same date',
    ['2020-01-02,10,11,9,10,10,1', '2020-01-03,10,11,9,0,10,1', GOOD(MIDDLE), GOOD(LAST)],
    { kept: [FIRST, MIDDLE, LAST], marks: [`${MIDDLE} price-not-positive dropped`] },
  ],
  [
    'two rules at once',
    WITH('2020-01-03,10,10.2,9,10.5,,100'),
    { kept: [FIRST, MIDDLE, LAST], marks: [`${MIDDLE} high-low repaired`, `${MIDDLE} adj-close-missing repaired`] },
  ],
];

describe('bad bars of DEFINITIONS 1', () => {
  test.each(CORPUS)('%s', (_, rows, expected) => {
    const series = seriesOf([HEADER, ...rows].join('\n'));
    const marks = series.marks.map(
      ({ time, rule, effect }) => `${new Date(time).toISOString().slice(0, 10)} ${rule} ${effect}`,
    );
    expect({ kept: datesOf(series), marks }).toEqual(expected);
  });

  test('a repair widens high and low to open and close and touches nothing else', () => {
    const series = seriesOf([HEADER, ...WITH('2020-01-03,10,9.8,10.4,10.5,10.5,100')].join('\n'));
    expect([series.open![1], series.high![1], series.low![1], series.close[1]]).toEqual([10, 10.5, 10, 10.5]);
  });

  test('of a date twice the first row counts', () => {
    const series = seriesOf([HEADER, ...WITH('2020-01-02,10,11,9,10.6,10.6,100')].join('\n'));
    expect(series.close[0]).toBe(10.5);
  });

  test('prices are judged as delivered, before the adjustment makes them small', () => {
    const series = seriesOf([HEADER, '2020-01-02,10,11,9,10,0.0001,100', '2020-01-03,10,10.5,9,10,10,100'].join('\n'));
    expect(series.marks).toEqual([]);
  });

  test('a file of closes needs no candle to be good', () => {
    const series = seriesOf('Date,Close\n2020-01-02,10\n2020-01-03,0\n2020-01-06,11\n');
    expect(Array.from(series.close)).toEqual([10, 11]);
    expect([series.closeOnly, series.open, series.high, series.low, series.volume]).toEqual([
      true,
      null,
      null,
      null,
      null,
    ]);
  });

  test('candle columns without a single candle are a file of closes', () => {
    const series = seriesOf(`${HEADER}\n2020-01-02,,,,10,10,\n2020-01-03,,,,11,11,\n`);
    expect([series.closeOnly, series.volume, Array.from(series.close)]).toEqual([true, null, [10, 11]]);
  });
});
