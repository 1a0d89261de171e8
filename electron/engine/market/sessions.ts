import type { Interval } from '../../../shared/domain/index.ts';
import { startOfDay, zoneDate } from './zones.ts';

const MINUTE = 60_000;
export const DAY = 86_400_000;
const INTRADAY_MS: Partial<Record<Interval, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': 60 * MINUTE,
};

/** Length of an intraday bar in ms; null for daily, weekly and monthly bars, whose `time` is a date. */
export function intradayMs(interval: Interval): number | null {
  return INTRADAY_MS[interval] ?? null;
}

/** End of a bar, UTC ms: intraday `time` + interval, else the end of its (last) date in the exchange's zone. */
export function barEnd(time: number, interval: Interval, timezone: string): number {
  const length = intradayMs(interval);
  return length === null ? startOfDay(lastDateOf(time, interval) + DAY, timezone) : time + length;
}

/** Start of a bar, UTC ms: intraday its `time`, else the start of its (first) date in the exchange's zone. */
export function barStart(time: number, interval: Interval, timezone: string): number {
  return intradayMs(interval) === null ? startOfDay(time, timezone) : time;
}

/** Start of the latest bar that can have ended by `instant`: bars with `time` at or before it have ended, later ones have not. */
export function latestEndedStart(instant: number, interval: Interval, timezone: string): number {
  const length = intradayMs(interval);
  if (!Number.isFinite(instant)) return instant;
  if (length !== null) return instant - length;
  const endedDate = zoneDate(instant, timezone) - DAY;
  if (interval === '1wk') return endedDate - 6 * DAY;
  if (interval === '1mo') return endOfMonth(endedDate) === endedDate ? endedDate : startOfMonth(endedDate) - DAY;
  return endedDate;
}

/** Latest `time` a bar that has begun by `instant` can have. */
export function latestBegunStart(instant: number, interval: Interval, timezone: string): number {
  return intradayMs(interval) === null ? zoneDate(instant, timezone) : instant;
}

function lastDateOf(date: number, interval: Interval): number {
  if (interval === '1wk') return date + 6 * DAY;
  return interval === '1mo' ? endOfMonth(date) : date;
}

function startOfMonth(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), 1);
}

function endOfMonth(date: number): number {
  const day = new Date(date);
  return Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0);
}
