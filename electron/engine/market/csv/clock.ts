import type { Moment } from './moment.ts';

const COLON = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?$/i;
const DIGITS = /^(\d{2})(\d{2})(\d{2})?$/;
const OFFSET = /\s*(?:Z|UTC|GMT)$|\s*(?:UTC|GMT)?([+-])(\d{2}):?(\d{2})?$/i;
const MINUTE = 60_000;

/** Time of day from `from` on, in ms after midnight: 09:30, 093000, 9:30:00 PM, with an offset or without; NaN where there is none. */
export function readClock(text: string, from: number, to: number, out: Moment): number {
  const quick = shortClock(text, from, to);
  return quick >= 0 ? quick : anyClock(text.slice(from, to).trim(), out);
}

/** hh:mm and hh:mm:ss at once; -1 for anything else. */
function shortClock(text: string, from: number, to: number): number {
  const length = to - from;
  if ((length !== 5 && length !== 8) || text.charCodeAt(from + 2) !== 58) return -1;
  if (length === 8 && text.charCodeAt(from + 5) !== 58) return -1;
  const hour = twoDigits(text, from);
  const minute = twoDigits(text, from + 3);
  const second = length === 8 ? twoDigits(text, from + 6) : 0;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) return -1;
  return ((hour * 60 + minute) * 60 + second) * 1000;
}

function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : -1;
}

function anyClock(text: string, out: Moment): number {
  const zone = OFFSET.exec(text);
  const clock = zone ? text.slice(0, zone.index) : text;
  const parts = COLON.exec(clock) ?? DIGITS.exec(clock);
  if (!parts) return Number.NaN;
  const [, hourText, minuteText, secondText = '0', fraction = '', half] = parts;
  const hour = half ? twelveHours(Number(hourText), half.toLowerCase() === 'p') : Number(hourText);
  const minute = Number(minuteText);
  const second = Number(secondText);
  if (!(hour <= 23) || minute > 59 || second > 59) return Number.NaN;
  if (zone) {
    const offset = zone[1] ? Number(`${zone[1]}1`) * (Number(zone[2]) * 60 + Number(zone[3] ?? 0)) : 0;
    if (Math.abs(offset) > 16 * 60 || Number(zone[3] ?? 0) > 59) return Number.NaN;
    out.offset = offset;
  }
  return (hour * 60 + minute) * MINUTE + second * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function twelveHours(hour: number, afternoon: boolean): number {
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (afternoon ? 12 : 0);
}
