import { describe, expect, it } from 'vitest';
import { sparkPoints } from '../../../renderer/components/Sparkline.tsx';
import { barOfDecision, joinBars, spanOf } from '../../../renderer/screens/chart/bars.ts';
import { floorOf } from '../../../renderer/screens/chart/option.ts';
import { diverging } from '../../../renderer/screens/field/paint.ts';
import { decision, series } from './support.ts';

const day = (n: number) => Date.UTC(2012, 11, n);

describe('bars after the clock', () => {
  const known = series({
    time: [day(3), day(4)],
    close: [100, 110],
    open: [99, 101],
    high: [101, 112],
    low: [98, 100],
    volume: [10, 20],
  });

  it('stand behind the known ones in prices of the clock, across a later split', () => {
    const later = series({
      time: [day(3), day(4), day(5)],
      close: [50, 55, 60],
      open: [49.5, 50.5, 55],
      high: [50.5, 56, 61],
      low: [49, 50, 54],
      volume: [20, 40, 50],
    });
    const bars = joinBars(known, later);
    expect(bars.known).toBe(2);
    expect(bars.close).toEqual([100, 110, 120]);
    expect(bars.open?.[2]).toBe(110);
    expect(bars.volume?.[2]).toBe(25);
    expect(bars.labels[2]).toBe('2012-12-05');
  });

  it('are left out where nothing is revealed, and never invented for close-only bars', () => {
    expect(joinBars(known, undefined).close).toEqual([100, 110]);
    const closes = series({ time: [day(3)], close: [1], closeOnly: true });
    const bars = joinBars(
      closes,
      series({ time: [day(3), day(4)], close: [1, 2], open: [1, 2], high: [1, 2], low: [1, 2] }),
    );
    expect(bars.close).toEqual([1, 2]);
    expect([bars.open, bars.high, bars.low]).toEqual([null, null, null]);
  });
});

describe('the bar of a decision', () => {
  const barsOf = (interval: 'daily' | 'hourly', time: number[]) =>
    joinBars(series({ interval: interval === 'daily' ? '1d' : '1h', time, close: time.map(() => 1) }), undefined);

  it('is that of its date for days', () => {
    const bars = barsOf('daily', [day(3), day(4), day(5)]);
    expect(barOfDecision(bars, decision({ lastBarDate: '2012-12-04' }))).toBe(1);
    expect(barOfDecision(bars, decision({ lastBarDate: '2012-12-06' }))).toBe(-1);
  });

  it('is the one that ended at its moment below a day', () => {
    const bars = barsOf(
      'hourly',
      [14, 15, 16].map((hour) => Date.UTC(2012, 11, 3, hour, 30)),
    );
    const made = decision({ interval: '1h', lastBarDate: '2012-12-03', asOf: '2012-12-03T16:30:00.000Z' });
    expect(barOfDecision(bars, made)).toBe(1);
  });
});

describe('the range buttons', () => {
  it('count the known bars within the range, at least ten', () => {
    const time = Array.from({ length: 400 }, (_, i) => Date.UTC(2012, 0, 1) + i * 86_400_000);
    const bars = { time, known: 400 };
    expect(spanOf(bars, '3M')).toBe(92);
    expect(spanOf(bars, 'All')).toBe(400);
    expect(spanOf({ time: time.slice(0, 5), known: 5 }, '3M')).toBe(10);
  });
});

describe('pictures', () => {
  it('paint minus one blue, zero dark, one orange', () => {
    const [low, zero, high] = [diverging(-1), diverging(0), diverging(1)];
    expect(low[2]).toBeGreaterThan(low[0]);
    expect(high[0]).toBeGreaterThan(high[2]);
    expect(Math.max(...zero)).toBeLessThan(40);
    expect(diverging(7)).toEqual(high);
  });

  it('draw a sparkline from the left edge to the right, high prices on top', () => {
    expect(sparkPoints([1, 3], 10, 10)).toBe('0.0,9.0 10.0,1.0');
    expect(sparkPoints([2, 2], 10, 10)).toBe('0.0,5.0 10.0,5.0');
  });
});

describe('the price axis', () => {
  it('starts at zero where the room below the lowest price would go under it, and is free elsewhere', () => {
    expect(floorOf({ min: 5, max: 705 })).toBe(0);
    expect(floorOf({ min: 400, max: 700 })).toBeNull();
    expect(floorOf({ min: -3, max: 10 })).toBeNull();
  });
});
