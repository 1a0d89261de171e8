import { describe, expect, it } from 'vitest';
import { asOfOf, clockOfDecision, defaultClock, knownBy, stepClock } from '../../../renderer/workspace/clock.ts';
import { decision } from './support.ts';

const DAYS = ['2012-12-28', '2012-12-31', '2013-01-02'].map((day) => Date.parse(day));

describe('the clock', () => {
  it('steps over days without bars and stops at either end', () => {
    expect(stepClock(DAYS, '2012-12-31', 1, '1d')).toBe('2013-01-02');
    expect(stepClock(DAYS, '2012-12-31', -1, '1d')).toBe('2012-12-28');
    expect(stepClock(DAYS, '2013-01-01', -1, '1d')).toBe('2012-12-28');
    expect(stepClock(DAYS, '2013-01-02', 1, '1d')).toBeNull();
    expect(stepClock(DAYS, '2012-12-28', -1, '1d')).toBeNull();
    expect(stepClock(DAYS, 'latest', -1, '1d')).toBe('2012-12-31');
  });

  it('counts a bar below a day only once it has ended', () => {
    const bars = [0, 1, 2].map((i) => Date.UTC(2020, 0, 2, 10 + i));
    expect(stepClock(bars, '2020-01-02T11:00:00.000Z', 1, '1h')).toBe('2020-01-02T12:00:00.000Z');
    expect(stepClock(bars, '2020-01-02T11:59:00.000Z', 1, '1h')).toBe('2020-01-02T12:00:00.000Z');
  });

  it('asks for today, in so many words, when it stands at the latest bar', () => {
    expect(asOfOf('latest', Date.UTC(2026, 10, 22))).toBe('2026-11-22');
    expect(asOfOf('2012-12-31')).toBe('2012-12-31');
  });

  it('opens a list at its own date', () => {
    expect(defaultClock({ name: 'samples', items: [], defaultAsOf: '2012-12-31' })).toBe('2012-12-31');
    expect(defaultClock({ name: 'mine', items: [], defaultAsOf: null })).toBe('latest');
  });

  it('knows a decision from the end of its bar on', () => {
    const made = decision({ lastBarDate: '2012-12-31', asOf: '2013-01-01T05:00:00.000Z' });
    expect(knownBy(made, '2012-12-31')).toBe(true);
    expect(knownBy(made, '2012-12-30')).toBe(false);
    expect(knownBy(made, 'latest')).toBe(true);
    expect(knownBy(made, '2013-01-01T04:59:59Z')).toBe(false);
  });

  it('goes back to the moment of a decision', () => {
    expect(clockOfDecision(decision({}))).toBe('2012-12-31');
    expect(clockOfDecision(decision({ interval: '5m' }))).toBe('2013-01-01T05:00:00.000Z');
    const week = decision({ interval: '1wk', lastBarDate: '2012-12-24', asOf: '2012-12-31T05:00:00.000Z' });
    expect(clockOfDecision(week)).toBe('2012-12-31T05:00:00.000Z');
  });

  it('knows a decision on a week or a month only once that has ended', () => {
    const week = decision({ interval: '1wk', lastBarDate: '2012-12-24', asOf: '2012-12-31T05:00:00.000Z' });
    expect([knownBy(week, '2012-12-29'), knownBy(week, '2012-12-30')]).toEqual([false, true]);
    expect(knownBy(week, clockOfDecision(week))).toBe(true);
    const month = decision({ interval: '1mo', lastBarDate: '2012-02-01', asOf: '2012-03-01T05:00:00.000Z' });
    expect([knownBy(month, '2012-02-28'), knownBy(month, '2012-02-29')]).toEqual([false, true]);
  });

  it('steps over weeks and months at their ends', () => {
    const weeks = ['2012-12-17', '2012-12-24', '2012-12-31'].map((day) => Date.parse(day));
    expect(stepClock(weeks, '2012-12-26', 1, '1wk')).toBe('2012-12-30');
    expect(stepClock(weeks, '2012-12-30', 1, '1wk')).toBe('2013-01-06');
    expect(stepClock(weeks, '2012-12-31T05:00:00.000Z', -1, '1wk')).toBe('2012-12-23');
    const months = ['2012-01-01', '2012-02-01'].map((day) => Date.parse(day));
    expect(stepClock(months, '2012-02-10', 1, '1mo')).toBe('2012-02-29');
  });
});
