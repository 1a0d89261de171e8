import { describe, expect, it } from 'vitest';
import type { Place } from '../../../electron/engine/market/index.ts';
import { nextRun } from '../../../electron/engine/orchestrator/schedule-times.ts';
import { SCHEDULE_DEFAULTS, type ScheduleSettings } from '../../../shared/domain/index.ts';

const NEW_YORK: Place = { timezone: 'America/New_York', kind: 'equity' };
const TOKYO: Place = { timezone: 'Asia/Tokyo', kind: 'equity' };
const COIN: Place = { timezone: 'UTC', kind: 'crypto' };

const next = (settings: Partial<ScheduleSettings>, places: readonly Place[], after: string) => {
  const time = nextRun({ ...SCHEDULE_DEFAULTS, on: true, ...settings }, places, Date.parse(after));
  return time === null ? null : new Date(time).toISOString();
};

describe('the next run of a schedule', () => {
  it('is ten seconds after a bar of five minutes has closed, on a trading day', () => {
    const five = { interval: '5m', every: 'bar-close' } as const;
    expect(next(five, [NEW_YORK], '2026-03-02T15:01:00Z')).toBe('2026-03-02T15:05:10.000Z');
    expect(next(five, [NEW_YORK], '2026-03-02T15:05:10Z')).toBe('2026-03-02T15:10:10.000Z');
  });

  it('takes in the bar that closes with the session, and then the first of the next one', () => {
    const five = { interval: '5m', every: 'bar-close' } as const;
    expect(next(five, [NEW_YORK], '2026-03-02T20:59:00Z')).toBe('2026-03-02T21:00:10.000Z');
    expect(next(five, [NEW_YORK], '2026-03-02T21:00:10Z')).toBe('2026-03-03T14:35:10.000Z');
  });

  it('is Monday after Friday, in summer time where that has begun over the weekend', () => {
    const hourly = { interval: '5m', every: 60 } as const;
    expect(next(hourly, [NEW_YORK], '2026-03-06T21:30:00Z')).toBe('2026-03-09T14:00:00.000Z');
  });

  it('is when any of the markets trades', () => {
    const every = { interval: '5m', every: 30 } as const;
    expect(next(every, [NEW_YORK, TOKYO], '2026-03-02T21:30:00Z')).toBe('2026-03-03T00:00:00.000Z');
    expect(next(every, [NEW_YORK, COIN], '2026-03-07T12:10:00Z')).toBe('2026-03-07T12:30:00.000Z');
  });

  it('is every so many minutes, day and night, where closed markets count too', () => {
    const always = { every: 15, onlyOpen: false } as const;
    expect(next(always, [NEW_YORK], '2026-03-07T03:07:00Z')).toBe('2026-03-07T03:15:00.000Z');
    expect(next({ every: 240, onlyOpen: false }, [NEW_YORK], '2026-03-07T03:07:00Z')).toBe('2026-03-07T04:00:00.000Z');
  });

  it('is midnight of the exchange for bars of days, whatever the market does then', () => {
    const daily = { interval: '1d', every: 'bar-close', onlyOpen: true } as const;
    expect(next(daily, [NEW_YORK], '2026-03-02T15:00:00Z')).toBe('2026-03-03T05:00:10.000Z');
    expect(next(daily, [NEW_YORK, TOKYO], '2026-03-02T14:00:00Z')).toBe('2026-03-02T15:00:10.000Z');
    expect(next(daily, [COIN], '2026-03-02T15:00:00Z')).toBe('2026-03-03T00:00:10.000Z');
  });

  it('is a day of 23 hours later where clocks go forward', () => {
    const daily = { interval: '1d', every: 'bar-close' } as const;
    expect(next(daily, [NEW_YORK], '2026-03-08T05:00:10Z')).toBe('2026-03-09T04:00:10.000Z');
  });
});
