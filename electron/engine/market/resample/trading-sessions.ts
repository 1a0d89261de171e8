import type { InstrumentKind } from '../remote/types.ts';
import { DAY } from '../sessions.ts';
import { startOfDay, wallTime, zoneDate } from '../zones.ts';

/** Where and how an instrument trades. */
export interface Place {
  /** IANA name of the exchange's zone. */
  timezone: string;
  kind: InstrumentKind;
}

/** One day of trading. Holidays and half days are not known. */
export interface Session {
  /** The exchange's date, as 00:00 UTC of it in ms. */
  date: number;
  /** UTC ms; trading is in [open, close). */
  open: number;
  close: number;
}

/** A session, and where an instant stands to it; `closed` = a day without a session. */
export interface SessionAt extends Session {
  phase: 'before' | 'regular' | 'after' | 'closed';
}

const NEW_YORK = 'America/New_York';
const clock = (hours: number, minutes = 0) => 60 * hours + minutes;
const TOKYO_LONGER_FROM = Date.UTC(2024, 10, 5);
/** Regular hours of stocks, in minutes after midnight on the exchange's clock. */
const STOCK_HOURS: Readonly<Record<string, (date: number) => readonly [open: number, close: number]>> = {
  [NEW_YORK]: () => [clock(9, 30), clock(16)],
  'Europe/London': () => [clock(8), clock(16, 30)],
  'Asia/Tokyo': (date) => [clock(9), date < TOKYO_LONGER_FROM ? clock(15) : clock(15, 30)],
  'Australia/Sydney': () => [clock(10), clock(16)],
};
const STOCK_KINDS: readonly InstrumentKind[] = ['equity', 'index', 'etf'];
/** Currencies trade from Sunday 17:00 to Friday 17:00 in New York; the day that begins at 17:00 has the date on which it ends. */
const FX_CLOSE = clock(17);
/** 1970-01-01 was a Thursday. */
const FIRST_MONDAY = 4 * DAY;

/** The zone whose calendar dates the sessions: UTC for crypto, New York for currencies, else the exchange's. */
export function sessionZone({ timezone, kind }: Place): string {
  if (kind === 'crypto') return 'UTC';
  return kind === 'fx' ? NEW_YORK : timezone;
}

/** Whether trading is known to rest at weekends: currencies, and stocks of the zones whose hours are known. */
export function restsAtWeekends(place: Place): boolean {
  return place.kind === 'fx' || hoursOf(place) !== null;
}

/** The session of a date (00:00 UTC of it). Where the hours are not known it is the calendar day. */
export function sessionOn(date: number, place: Place): Session {
  const zone = sessionZone(place);
  if (place.kind === 'fx')
    return { date, open: wallTime(date - DAY, FX_CLOSE, zone), close: wallTime(date, FX_CLOSE, zone) };
  const hours = hoursOf(place)?.(date);
  if (!hours) return { date, open: startOfDay(date, zone), close: startOfDay(date + DAY, zone) };
  return { date, open: wallTime(date, hours[0], zone), close: wallTime(date, hours[1], zone) };
}

/** The session an instant (UTC ms) belongs to, by the exchange's date, and where it stands to it. */
export function sessionOf(instant: number, place: Place): SessionAt {
  const zone = sessionZone(place);
  const today = sessionOn(zoneDate(instant, zone), place);
  const session = place.kind === 'fx' && instant >= today.close ? sessionOn(today.date + DAY, place) : today;
  return { ...session, phase: phaseOf(instant, session, place) };
}

function phaseOf(instant: number, { date, open, close }: Session, place: Place): SessionAt['phase'] {
  if (restsAtWeekends(place) && weekdayOf(date) > 4) return 'closed';
  if (instant < open) return 'before';
  return instant < close ? 'regular' : 'after';
}

function hoursOf({ timezone, kind }: Place) {
  return STOCK_KINDS.includes(kind) && Object.hasOwn(STOCK_HOURS, timezone) ? STOCK_HOURS[timezone]! : null;
}

/** Day of the week of a date: 0 = Monday to 6 = Sunday. */
export function weekdayOf(date: number): number {
  return ((((date - FIRST_MONDAY) / DAY) % 7) + 7) % 7;
}

/** Number of session days before a date, counted from Monday 1970-01-05: weekdays, or all days where trading does not rest. */
export function sessionIndex(date: number, place: Place): number {
  const days = (date - FIRST_MONDAY) / DAY;
  return restsAtWeekends(place) ? Math.floor(days / 7) * 5 + Math.min(weekdayOf(date), 5) : days;
}

/** The date of the session day with that index. */
export function dateOfIndex(index: number, place: Place): number {
  if (!restsAtWeekends(place)) return FIRST_MONDAY + index * DAY;
  const week = Math.floor(index / 5);
  return FIRST_MONDAY + (week * 7 + index - week * 5) * DAY;
}
