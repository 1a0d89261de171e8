import { amountOf } from './money.ts';

export type DecimalMark = '.' | ',';

const PLAIN = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,4})?$/;
/** Groups of three, all parted by the same mark; the second pattern is that of a decimal comma. */
const GROUPED: Record<DecimalMark, RegExp> = {
  '.': /^[+-]?[1-9]\d{0,2}([,' \u00a0\u2009\u202f’])\d{3}(?:\1\d{3})*(?:\.\d*)?$/,
  ',': /^[+-]?[1-9]\d{0,2}([.' \u00a0\u2009\u202f’])\d{3}(?:\1\d{3})*(?:,\d*)?$/,
};
const MISSING = new Set(['', 'null', 'nan', 'na', 'n/a', '#n/a', 'none', 'nil', '-', '--']);
const INFINITE = /^([+-]?)inf(?:inity)?$/i;
const SUFFIXES: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
const POWERS = Float64Array.from({ length: 23 }, (_, power) => 10 ** power);

/**
 * A number of digits and one decimal mark between `from` and `to`, to the last bit what `Number` makes of it: digits below 2^53 and
 * a power of ten up to 1e22 are exact, so their quotient is rounded once. NaN for anything else: ask `readNumber` then.
 */
export function digitsAt(text: string, from: number, to: number, markCode: number): number {
  if (to - from > 16 || from === to) return Number.NaN;
  let at = from;
  const negative = text.charCodeAt(at) === 45;
  if (negative) at++;
  let value = 0;
  let digits = 0;
  let decimals = -1;
  for (; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
      if (decimals >= 0) decimals++;
    } else if (digit === markCode - 48 && decimals < 0) decimals = 0;
    else return Number.NaN;
  }
  if (digits === 0 || digits > 15) return Number.NaN;
  if (decimals > 0) value /= POWERS[decimals]!;
  return negative ? -value : value;
}

/**
 * A number cell as exports write it: thousands separators, a currency before or behind it, and for a volume K, M, B or T behind it. NaN
 * where it is empty or a word for missing, null where it is no number at all.
 */
export function readNumber(cell: string, mark: DecimalMark = '.', suffixes = false): number | null {
  const { text } = amountOf(cell);
  if (MISSING.has(text.toLowerCase())) return Number.NaN;
  const factor = suffixes ? SUFFIXES[text.slice(-1).toUpperCase()] : undefined;
  const value = plainNumber(factor ? text.slice(0, -1).trim() : text, mark);
  if (value !== null) return factor ? value * factor : value;
  const infinite = INFINITE.exec(text);
  return infinite ? (infinite[1] === '-' ? -Infinity : Infinity) : null;
}

/** Whether the mark in a cell may be a decimal one or part thousands: 1.234 or 1,234. */
export function isEither(cell: string): boolean {
  const { text } = amountOf(cell);
  return EITHER_COMMA.test(text) || EITHER_POINT.test(text);
}

/** Whether a cell is written with thousands separators. */
export function isGrouped(cell: string, mark: DecimalMark): boolean {
  return GROUPED[mark].test(amountOf(cell).text);
}

function plainNumber(text: string, mark: DecimalMark): number | null {
  const ungrouped = GROUPED[mark].test(text) ? text.replace(mark === '.' ? /[^\d.+-]/g : /[^\d,+-]/g, '') : text;
  if (mark === ',' && ungrouped.includes('.')) return null;
  const pointed = mark === ',' ? ungrouped.replace(',', '.') : ungrouped;
  return PLAIN.test(pointed) ? Number(pointed) : null;
}

const COMMA_DECIMAL =
  /^[+-]?(?:0?,\d+|\d*,(?:\d{1,2}|\d{4,})|\d{4,},\d*|\d{1,3}(?:[. '\u00a0\u202f’]\d{3})+,\d*|\d{1,3}(?:\.\d{3}){2,})$/;
const POINT_DECIMAL =
  /^[+-]?(?:0?\.\d+|\d*\.(?:\d{1,2}|\d{4,})|\d{4,}\.\d*|\d{1,3}(?:[, '\u00a0\u202f’]\d{3})+\.\d*|\d{1,3}(?:,\d{3}){2,})$/;
const EITHER_COMMA = /^[+-]?[1-9]\d{0,2},\d{3}$/;
const EITHER_POINT = /^[+-]?[1-9]\d{0,2}\.\d{3}$/;
/** A thousand or more without any mark: this file groups nothing. */
const UNGROUPED = /^[+-]?\d{4,}$/;

/**
 * What number cells tell of their decimal mark; `assumed` where 1,234 or 1.234 may be either and nothing else decides. Then a comma between
 * semicolons is decimal, and a point is, unless the dates are `dotted` (31.01.2020) and no number of a thousand or more stands ungrouped.
 */
export function recogniseMark(
  cells: Iterable<string>,
  delimiter: string,
  dotted: boolean,
): { mark: DecimalMark; assumed: boolean } {
  let comma = 0;
  let point = 0;
  let either = 0;
  let eitherPoint = 0;
  let ungrouped = 0;
  for (const cell of cells) {
    const { text } = amountOf(cell);
    if (COMMA_DECIMAL.test(text)) comma++;
    else if (POINT_DECIMAL.test(text)) point++;
    else if (EITHER_COMMA.test(text)) either++;
    else if (EITHER_POINT.test(text)) eitherPoint++;
    else if (UNGROUPED.test(text)) ungrouped++;
  }
  if (comma !== point) return { mark: comma > point ? ',' : '.', assumed: false };
  if (either === 0 && eitherPoint > 0) return { mark: dotted && ungrouped === 0 ? ',' : '.', assumed: true };
  if (either === 0) return { mark: '.', assumed: comma > 0 };
  return { mark: delimiter === ',' ? '.' : ',', assumed: true };
}
