import { dateMs, fullYear, monthNumber } from './calendar.ts';
import { readClock } from './clock.ts';
import type { Moment } from './moment.ts';

/** Unit of an epoch column in ms; null where the column holds dates. */
export type EpochUnit = 0.001 | 1 | 1000 | null;
const EPOCHS = { 0.001: 'epoch microseconds', 1: 'epoch milliseconds', 1000: 'epoch seconds' } as const;

export const NOT_A_DATE = 'is not a date such as 2012-12-31';
export const NOT_A_CLOCK = 'is not a time of day that exists';

const EARLIEST = dateMs(1600, 1, 1);
const LATEST = dateMs(9999, 12, 31);
const NAMED = /^([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)/;
const DAY_NAMED = /^(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})(?!\d)/;

/** Reads a date cell, with its time of day where it has one, into `out`; null, or what is wrong with it in words. */
export function readMoment(text: string, from: number, to: number, epoch: EpochUnit, out: Moment): string | null {
  out.offset = Number.NaN;
  out.clock = false;
  if (epoch !== null) return readEpoch(text.slice(from, to), epoch, out);
  let end = readNumericDate(text, from, to, out);
  if (end < 0) end = readNamedDate(text, from, to, out);
  if (end < 0 || (Number.isNaN(out.monthFirst) && Number.isNaN(out.dayFirst))) return NOT_A_DATE;
  if (end === to) return null;
  const mark = text.charCodeAt(end) | 32;
  if (mark !== 32 && mark !== 116 && mark !== 44) return NOT_A_DATE;
  const clock = readClock(text, end + 1, to, out);
  if (Number.isNaN(clock)) return NOT_A_CLOCK;
  addClock(out, clock);
  return null;
}

/** Puts a time of day (ms after midnight) to the date. */
export function addClock(out: Moment, clock: number): void {
  out.monthFirst += clock;
  out.dayFirst += clock;
  out.clock = true;
}

function readEpoch(cell: string, unit: NonNullable<EpochUnit>, out: Moment): string | null {
  const value = /^-?\d{1,17}(?:\.\d+)?$/.test(cell) ? Math.round(Number(cell) * unit) : Number.NaN;
  if (!(value >= EARLIEST && value <= LATEST)) return EPOCHS[unit].replace('epoch', 'is no epoch in');
  out.monthFirst = out.dayFirst = value;
  out.offset = 0;
  out.clock = true;
  out.shape = EPOCHS[unit];
  return null;
}

/** 2020-01-31, 31/01/2020, 20200131 and their like: the place after the date, -1 where there is none. */
function readNumericDate(text: string, from: number, to: number, out: Moment): number {
  const first = endOfDigits(text, from, to);
  if (first - from === 8) return compactDate(text, from, out);
  if (first === from || first - from > 4 || first === to) return -1;
  const mark = text.charCodeAt(first);
  if (mark !== 45 && mark !== 46 && mark !== 47) return -1;
  const second = endOfDigits(text, first + 1, to);
  if (second === first + 1 || second - first > 3 || second === to || text.charCodeAt(second) !== mark) return -1;
  const third = endOfDigits(text, second + 1, to);
  const [a, b, c] = [numberAt(text, from, first), numberAt(text, first + 1, second), numberAt(text, second + 1, third)];
  const lastDigits = third - second - 1;
  if (first - from === 4 && lastDigits > 0 && lastDigits < 3) {
    out.monthFirst = out.dayFirst = dateMs(a, b, c);
    out.shape = 'ISO dates';
    return third;
  }
  if (first - from > 2 || !(lastDigits === 4 || (lastDigits === 2 && mark !== 45))) return -1;
  const year = lastDigits === 2 ? fullYear(c) : c;
  out.monthFirst = dateMs(year, a, b);
  out.dayFirst = dateMs(year, b, a);
  out.shape = 'numeric dates';
  out.slashes = mark === 47;
  return third;
}

function compactDate(text: string, from: number, out: Moment): number {
  const year = numberAt(text, from, from + 4);
  out.monthFirst = out.dayFirst = dateMs(year, numberAt(text, from + 4, from + 6), numberAt(text, from + 6, from + 8));
  out.shape = 'yyyymmdd dates';
  return from + 8;
}

function readNamedDate(text: string, from: number, to: number, out: Moment): number {
  const cell = text.slice(from, to);
  const named = NAMED.exec(cell);
  const other = named ? null : DAY_NAMED.exec(cell);
  const parts = named ?? other;
  if (!parts) return -1;
  const [word, day] = named ? [parts[1]!, parts[2]!] : [parts[2]!, parts[1]!];
  const year = parts[3]!.length === 2 ? fullYear(Number(parts[3])) : Number(parts[3]);
  out.monthFirst = out.dayFirst = dateMs(year, monthNumber(word), Number(day));
  out.shape = 'dates with month names';
  return from + parts[0].length;
}

function endOfDigits(text: string, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) break;
    at++;
  }
  return at;
}

function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) value = value * 10 + text.charCodeAt(at) - 48;
  return value;
}
