import type { Interval } from '../../../../shared/domain/index.ts';
import { intradayMs } from '../sessions.ts';
import { zoneDate } from '../zones.ts';

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
const MISSING = new Set(['', 'null', 'nan', 'na', 'n/a', 'none', '-']);
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** A number cell: NaN where it is empty or a word for missing, null where it is no number at all. */
export function readNumber(cell: string): number | null {
  const text = cell.trim();
  if (NUMBER.test(text)) return Number(text);
  if (MISSING.has(text.toLowerCase())) return Number.NaN;
  const infinite = INFINITE.exec(text);
  return infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : null;
}

/**
 * Start of a bar from its cell: UTC ms, or what is wrong with it in words. Daily and longer bars get 00:00 UTC of the exchange's
 * date: the date as written, but an instant with an offset and a time of day is read on the exchange's calendar.
 */
export function readTime(cell: string, interval: Interval, timezone: string): number | string {
  const parts = TIME.exec(cell.trim());
  const date = parts ? Date.parse(parts[1]!) : Number.NaN;
  if (!parts || !isRealDate(date, parts[1]!)) return 'is not a date such as 2012-12-31';
  const [, , clock, seconds = ':00', offset] = parts;
  const midnight = clock === undefined || (clock === '00:00' && /^:00(\.0+)?$/.test(seconds));
  if (intradayMs(interval) === null && (midnight || !offset)) return date;
  if (!clock || !offset) return 'needs a time of day with its offset, such as 2012-12-31T14:30:00Z';
  const instant = Date.parse(`${parts[1]}T${clock}${seconds.slice(0, 7)}${offset.replace(/^(...)(\d\d)$/, '$1:$2')}`);
  if (Number.isNaN(instant)) return 'is not a time of day that exists';
  return intradayMs(interval) === null ? zoneDate(instant, timezone) : instant;
}

function isRealDate(date: number, written: string): boolean {
  return Number.isFinite(date) && new Date(date).toISOString().startsWith(written);
}
