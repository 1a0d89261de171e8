import { describe, expect, test } from 'vitest';
import { noticesBetween } from '../../../electron/engine/market/index.ts';
import { HEADER, seriesOf } from './support.ts';

const day = (date: string) => Date.parse(date);
const ROWS = [
  '2020-01-02,10,11,9,10,10,100',
  '2020-01-03,10,11,9,0,10,100',
  '2020-01-06,10,11,9,10,10,100',
  '2020-01-07,10,11,9,-3,10,100',
  '2020-01-08,10,9.5,9,10,,100',
  '2020-01-09,10,11,9,10,10,100',
];
const series = seriesOf([HEADER, ...ROWS].join('\n'));

describe('notices of one window', () => {
  test('say how many bars each rule struck, in one sentence a rule', () => {
    const { notices } = noticesBetween(series, day('2020-01-02'), day('2020-01-09'));
    expect(notices.map(({ sentence }) => sentence)).toEqual([
      '2 bars dropped: zero or negative price',
      '1 bar repaired: high or low did not hold open and close, and was widened to them',
      '1 bar repaired: adjusted close missing, the factor of the bar before was kept',
    ]);
    expect(notices.map(({ rule, effect, bars }) => [rule, effect, bars])).toEqual([
      ['price-not-positive', 'dropped', 2],
      ['high-low', 'repaired', 1],
      ['adj-close-missing', 'repaired', 1],
    ]);
  });

  test('count a bar that two rules repaired once', () => {
    expect(noticesBetween(series, day('2020-01-02'), day('2020-01-09')).bad).toBe(3);
    expect(noticesBetween(series, day('2020-01-08'), day('2020-01-08')).bad).toBe(1);
  });

  test('leave out what lies outside the window, its ends included', () => {
    const inside = noticesBetween(series, day('2020-01-06'), day('2020-01-07'));
    expect(inside).toEqual({
      notices: [
        { rule: 'price-not-positive', effect: 'dropped', bars: 1, sentence: '1 bar dropped: zero or negative price' },
      ],
      bad: 1,
    });
    expect(noticesBetween(series, day('2020-01-09'), day('2020-01-31'))).toEqual({ notices: [], bad: 0 });
  });

  test('tell of an unfinished bar and of dates after now at an open end, and count neither', () => {
    // the clock stands at noon in New York on 2020-06-15
    const open = seriesOf(
      [
        HEADER,
        ...ROWS,
        '2020-06-12,10,11,9,0,10,100',
        '2020-06-15,10,11,9,10,10,100',
        '2021-01-04,10,11,9,10,10,100',
      ].join('\n'),
    );
    const { notices, bad } = noticesBetween(open, day('2020-01-09'), Infinity);
    expect(notices.map(({ sentence }) => sentence)).toEqual([
      '1 bar dropped: zero or negative price',
      '1 bar dropped: the bar has not closed yet',
      '1 bar dropped: later than now',
    ]);
    expect(bad).toBe(1);
  });

  test('say and count nothing of a row without a readable time: it may lie after the as-of', () => {
    const marks = [
      { time: Number.NaN, rule: 'price-missing', effect: 'dropped' as const },
      { time: Number.NaN, rule: 'high-low', effect: 'repaired' as const },
    ];
    expect(noticesBetween({ ...series, marks }, -Infinity, Infinity)).toEqual({ notices: [], bad: 0 });
  });
});
