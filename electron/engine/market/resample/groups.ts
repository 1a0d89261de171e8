import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { startOfDay } from '../zones.ts';
import { intradayLength, lengthOf, type Timeframe } from './timeframes.ts';
import {
  dateOfIndex,
  type Place,
  restsAtWeekends,
  type SessionAt,
  sessionIndex,
  sessionOf,
  sessionOn,
  sessionZone,
  weekdayOf,
} from './trading-sessions.ts';

/** The bars that make one coarser bar. */
export interface Group {
  /** `time` of the coarser bar, UTC ms. */
  time: number;
  /** Whether a bar that starts at `time` is the first that can belong to it. */
  beginsWith(time: number): boolean;
  /** Whether a bar that starts at `time` is the last that can belong to it. */
  endsWith(time: number): boolean;
  /** Whether a bar that starts at `time` can belong to it after one that starts at `before`: it ends by `doneAt(before)`. */
  follows(before: number, time: number): boolean;
  /** When (UTC ms) the last bar that could follow one that starts at `time` has ended. */
  doneAt(time: number): number;
}

/** The group of a bar by its `time`; null for a bar outside the regular session where days or longer are made of intraday bars. */
export type Grouping = (time: number) => Group | null;

export function groupingOf(from: Interval, to: Timeframe, place: Place): Grouping {
  const length = intradayMs(from);
  if (length === null) return latestKept((date) => dayGroup(date, to, place));
  const hoursAround = hoursOf(place);
  if (intradayLength(to) !== null) return (time) => intradayGroup(time, hoursAround(time), length, lengthOf(to));
  const ofDate = latestKept((date) => intradayDayGroup(dayGroup(date, to, place), length, place));
  return (time) => {
    const { date, phase } = hoursAround(time);
    return phase === 'regular' ? ofDate(date) : null;
  };
}

/** The same for bars shorter than a day, which have instants. */
function intradayDayGroup(group: DayGroup, length: number, place: Place): Group {
  const close = once(() => sessionOn(group.last, place).close);
  const midnight = once(() => startOfDay(group.last + DAY, sessionZone(place)));
  /** No bar follows that runs over the end of the date: the day is whole by then, and nothing may join it later. */
  const endAfter = (start: number) => Math.max(start + length, Math.min(lastEnd(start, length, close()), midnight()));
  return {
    ...group,
    beginsWith: (start) => start <= sessionOn(group.first, place).open,
    endsWith: (start) => start + length >= close(),
    follows: (before, start) => start + length <= endAfter(before),
    doneAt: endAfter,
  };
}

/** End of the last bar that begins before `close`, where bars of `length` follow one that starts at `start`. */
function lastEnd(start: number, length: number, close: number): number {
  return start + Math.max(1, Math.ceil((close - start) / length)) * length;
}

interface DayGroup extends Group {
  /** Dates of its first and last session. */
  first: number;
  last: number;
}

/** Days and longer: weeks from Monday, calendar months, pairs of session days counted from Monday 1970-01-05. */
function dayGroup(date: number, to: Timeframe, place: Place): DayGroup {
  const { first, last } = datesOf(date, to, place);
  const done = once(() => startOfDay(last + DAY, place.timezone));
  const firstSession = restsAtWeekends(place) ? first + restDays(first) * DAY : first;
  return {
    time: first,
    first: firstSession,
    last,
    beginsWith: (start) => start <= firstSession,
    endsWith: (start) => start >= last,
    follows: (_, start) => start <= last,
    doneAt: done,
  };
}

function once(make: () => number): () => number {
  let made: number | null = null;
  return () => {
    made ??= make();
    return made;
  };
}

/** Days from a date to the next weekday. */
function restDays(date: number): number {
  return weekdayOf(date) > 4 ? 7 - weekdayOf(date) : 0;
}

/** First and last session date of the group of `date`. */
function datesOf(date: number, to: Timeframe, place: Place): { first: number; last: number } {
  const rests = restsAtWeekends(place);
  if (to === '1wk') {
    const first = date - weekdayOf(date) * DAY;
    return { first, last: first + (rests ? 4 : 6) * DAY };
  }
  if (to === '1mo') {
    const [year, month] = [new Date(date).getUTCFullYear(), new Date(date).getUTCMonth()];
    const last = Date.UTC(year, month + 1, 0);
    return { first: Date.UTC(year, month, 1), last: rests ? last - Math.max(0, weekdayOf(last) - 4) * DAY : last };
  }
  if (to !== '2d') return { first: date, last: date };
  const pair = Math.floor(sessionIndex(date, place) / 2);
  return { first: dateOfIndex(pair * 2, place), last: dateOfIndex(pair * 2 + 1, place) };
}

/** A stretch of one session day: before its open, its regular hours, or after its close. */
interface Hours {
  date: number;
  phase: SessionAt['phase'];
  /** UTC ms, [from, until). */
  from: number;
  until: number;
  /** From where groups are counted. */
  anchor: number;
}

/** Groups of `wanted` ms counted from the session's open and cut at its open and close; after the close counted from there. */
function intradayGroup(time: number, { from, until, anchor }: Hours, length: number, wanted: number): Group {
  const start = anchor + Math.floor((time - anchor) / wanted) * wanted;
  const end = Math.min(start + wanted, until);
  const begin = Math.max(start, from);
  return {
    time: begin,
    beginsWith: (first) => first <= begin,
    endsWith: (last) => last + length >= end,
    follows: (before, next) => next + length <= lastEnd(before, length, end),
    doneAt: (last) => lastEnd(last, length, end),
  };
}

/** The hours a time lies in, worked out once for bars in order. */
function hoursOf(place: Place): (time: number) => Hours {
  let kept: Hours | null = null;
  return (time) => {
    if (!kept || time < kept.from || time >= kept.until) kept = hoursAt(time, place);
    return kept;
  };
}

function hoursAt(time: number, place: Place): Hours {
  const { date, open, close, phase } = sessionOf(time, place);
  const zone = sessionZone(place);
  if (time < open) return { date, phase, from: Math.min(time, startOfDay(date, zone)), until: open, anchor: open };
  if (time < close) return { date, phase, from: open, until: close, anchor: open };
  return { date, phase, from: close, until: Math.max(time + 1, startOfDay(date + DAY, zone)), anchor: close };
}

function latestKept<T extends Group>(groupOf: (date: number) => T): (date: number) => T {
  let kept: { date: number; group: T } | null = null;
  return (date) => {
    if (kept?.date !== date) kept = { date, group: groupOf(date) };
    return kept.group;
  };
}
