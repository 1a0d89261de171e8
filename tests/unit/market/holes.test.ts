import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { holeAcross, noticesBetween } from '../../../electron/engine/market/index.ts';
import { checkedWindow } from '../../../electron/engine/vision/index.ts';
import type { Interval } from '../../../shared/domain/index.ts';
import { openMarket, RESOURCES, seriesOf, temporaryFolder, thrownBy } from './support.ts';

const DAY = 86_400_000;
const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const day = (date: string) => Date.parse(date);

/** `count` weekdays from a date on. */
function weekdays(from: string, count: number): string[] {
  const days: string[] = [];
  for (let at = day(from); days.length < count; at += DAY)
    if (![0, 6].includes(new Date(at).getUTCDay())) days.push(dateOf(at));
  return days;
}

const csvOf = (times: readonly string[]) =>
  ['Date,Close', ...times.map((time, i) => `${time},${100 + Math.sin(i)}`)].join('\n');
/** 100 days up to Friday 2018-05-18, and 100 from the given date on. */
const BEFORE = weekdays('2018-01-01', 100);
const holed = (from: string) => csvOf([...BEFORE, ...weekdays(from, 100)]);

describe('bars that stop for three weeks or longer', () => {
  test.each([
    ['a week-end', '2018-05-21', false],
    ['a week, as in September 2001', '2018-05-28', false],
    ['two weeks', '2018-06-04', false],
    ['three weeks', '2018-06-11', true],
    ['a year', '2019-05-20', true],
  ])('%s: until %s', (_, from, hole) => {
    const series = seriesOf(holed(from));
    const said = series.notices.filter(({ rule }) => rule === 'hole').map(({ sentence }) => sentence);
    expect(said).toEqual(hole ? [`no bars between 2018-05-18 and ${from}`] : []);
  });

  test('are said at import and in every series that holds them, and in none before they end', async () => {
    const market = openMarket(temporaryFolder());
    const { notices } = await market.importCsv({ symbol: 'TEST', fileName: 't.csv', content: holed('2019-05-20') });
    const notice = { rule: 'hole', effect: 'info', bars: 0, sentence: 'no bars between 2018-05-18 and 2019-05-20' };
    expect(notices).toContainEqual(notice);
    const read = (interval: Interval, asOf?: string) =>
      market.series({ symbol: 'TEST', source: 'csv', interval }, asOf);
    expect((await read('1d')).notices).toContainEqual(notice);
    expect((await read('1d', '2019-05-17')).notices.map(({ rule }) => rule)).not.toContain('hole');
    const weeks = (await read('1wk')).notices.filter(({ rule }) => rule === 'hole');
    expect(weeks.map(({ sentence }) => sentence)).toEqual(['no bars between 2018-05-14 and 2019-05-20']);
  });

  test('are one notice, the longest by name', () => {
    const times = [...BEFORE, ...weekdays('2018-07-02', 40), ...weekdays('2019-01-07', 40)];
    expect(seriesOf(csvOf(times)).notices.filter(({ rule }) => rule === 'hole')).toEqual([
      {
        rule: 'hole',
        effect: 'info',
        bars: 0,
        sentence: 'no bars between 2018-08-24 and 2019-01-07, nor in 1 other stretch of three weeks or longer',
      },
    ]);
  });
});

describe('a window across a hole', () => {
  const content = holed('2019-05-20');
  const after = weekdays('2019-05-20', 100);

  test('is refused by name, from the first bar behind it to the last that would reach back', () => {
    const window = (asOf: string) => checkedWindow(seriesOf(content, asOf), 64);
    expect(window('2019-05-17').window.bars).toBe(64);
    for (const bars of [1, 30, 63]) {
      const error = thrownBy(() => window(after[bars - 1]!));
      expect(error).toMatchObject({
        code: 'HOLE_IN_BARS',
        sentence: `TEST has no bars between 2018-05-18 and 2019-05-20, and no window reaches across such a hole: ${bars} of the 64 bars needed have come since.`,
      });
    }
    const first = window(after[63]!);
    expect(dateOf(first.window.time[0]!)).toBe('2019-05-20');
    expect(first.notices.map(({ rule }) => rule)).not.toContain('hole');
  });

  test('counts what is missing as bad bars, for looks and for training', () => {
    const series = seriesOf(content);
    const bad = (from: string, to: string) => noticesBetween(series, day(from), day(to)).bad;
    expect(bad('2018-01-01', '2018-05-18')).toBe(0);
    expect(bad('2019-05-20', '2019-10-04')).toBe(0);
    // 366 days lie between them, five sevenths of them weekdays
    expect(bad('2018-05-18', '2019-05-20')).toBe(261);
  });

  test('of weeks or months is read, and it is said, where no more than 5 % are missing', () => {
    const mondays = Array.from({ length: 100 }, (_, i) => dateOf(day('2016-01-04') + i * 7 * DAY));
    const without = (weeks: number) => seriesOf(csvOf(mondays.toSpliced(60, weeks)), undefined, '1wk');
    expect(checkedWindow(without(2), 64).notices.map(({ rule }) => rule)).toEqual([]);
    const three = checkedWindow(without(3), 64);
    expect(three.notices.map(({ rule, sentence }) => [rule, sentence])).toEqual([
      ['hole', 'no bars between 2017-02-20 and 2017-03-20'],
    ]);
    expect(thrownBy(() => checkedWindow(without(4), 64)).code).toBe('HOLE_IN_BARS');
  });
});

describe('months', () => {
  /** 120 months from January 2010 on, each by a day of its own. */
  const months = (dayOf: (year: number, month: number) => number) =>
    Array.from({ length: 120 }, (_, i) => dateOf(dayOf(2010, i)));
  const start = (year: number, month: number) => Date.UTC(year, month);
  const end = (year: number, month: number) => Date.UTC(year, month + 1, 0);
  /** The weekday at or next to a date, `step` days at a time. */
  const weekday = (date: number, step: 1 | -1): number =>
    [0, 6].includes(new Date(date).getUTCDay()) ? weekday(date + step * DAY, step) : date;
  const read = (times: readonly string[]) => checkedWindow(seriesOf(csvOf(times), undefined, '1mo'), 64).notices;

  test.each<[string, (year: number, month: number) => number]>([
    ['their first day', start],
    ['their first weekday', (year, month) => weekday(start(year, month), 1)],
    ['their middle', (year, month) => start(year, month) + 14 * DAY],
    ['their last weekday', (year, month) => weekday(end(year, month), -1)],
    ['their last day', end],
  ])('stamped with %s have a hole only where months are missing', (_, dayOf) => {
    const all = months(dayOf);
    expect(seriesOf(csvOf(all), undefined, '1mo').notices).toEqual([]);
    expect(read(all)).toEqual([]);
    for (let i = 60; i < 118; i++) {
      expect(read(all.toSpliced(i, 1)).map(({ sentence }) => sentence)).toEqual([
        `no bars between ${all[i - 1]} and ${all[i + 1]}`,
      ]);
    }
    const four = all.toSpliced(80, 4);
    const { time } = seriesOf(csvOf(four), undefined, '1mo');
    expect(holeAcross({ time, interval: '1mo' }, 70, 90, 20)?.missing).toBe(4);
    expect(thrownBy(() => read(four)).code).toBe('HOLE_IN_BARS');
  });
});

describe('a stretch of bars', () => {
  const series = seriesOf(holed('2019-05-20'));

  test('is broken by a hole inside it, not by one at its ends', () => {
    expect(holeAcross(series, 84, 99, 16)).toBeNull();
    expect(holeAcross(series, 100, 116, 16)).toBeNull();
    expect(holeAcross(series, 99, 115, 16)).toEqual({ from: day('2018-05-18'), to: day('2019-05-20'), missing: 261 });
  });
});

test('no bundled sample has a hole', async () => {
  const market = openMarket(temporaryFolder(), null, day('2026-01-01'));
  const bundled = await market.instruments();
  expect(bundled.length).toBe(readdirSync(path.join(RESOURCES, 'samples', 'ohlcv')).length + 20);
  for (const { symbol, source } of bundled) {
    const { notices } = await market.series({ symbol, source });
    expect(
      notices.map(({ rule }) => rule),
      `${source} ${symbol}`,
    ).not.toContain('hole');
  }
  expect(readFileSync(path.join(RESOURCES, 'samples', 'index.json'), 'utf8')).toContain('sp500-20');
});
