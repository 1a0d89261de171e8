import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { zoneDate, zoneOffset } from '../zones.ts';

const HOUR = 3_600_000;

/**
 * `time` of a bar (DEFINITIONS 1) from Yahoo's instant: itself for intraday bars; for daily and weekly ones 00:00 UTC of the date on the
 * exchange's calendar, for monthly ones that of the month's first day. Yahoo stamps some midnights one or two hours early around a
 * switch of clocks; a full hour from 22:00 on is therefore the next day's midnight.
 */
export function barTime(instant: number, interval: Interval, timezone: string): number {
  if (intradayMs(interval) !== null) return instant;
  const local = instant + zoneOffset(instant, timezone);
  const hour = Math.floor((((local % DAY) + DAY) % DAY) / HOUR);
  const early = hour >= 22 && local % HOUR === 0;
  const date = early ? Math.floor(local / DAY) * DAY + DAY : zoneDate(instant, timezone);
  return interval === '1mo' ? firstOfMonth(date) : date;
}

/** The instants to ask Yahoo for, so that every bar with `time` in [from, to) comes whole; UTC ms. */
export function askedRange(from: number, to: number, interval: Interval): { start: number; end: number } {
  if (intradayMs(interval) !== null) return { start: from, end: to };
  const end = to + DAY;
  const day = Math.floor(from / DAY) * DAY - DAY;
  if (interval === '1mo') return { start: firstOfMonth(day), end };
  return { start: interval === '1wk' ? mondayOf(day) : day, end };
}

function firstOfMonth(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
}

function mondayOf(date: number): number {
  return date - ((new Date(date).getUTCDay() + 6) % 7) * DAY;
}
