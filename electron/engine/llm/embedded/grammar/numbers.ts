import { alternatives } from './alternatives.ts';

/** More values than these in a range are not told apart one by one: a coarser step is taken. */
const MOST_VALUES = 20_000;
const FINEST_DIGITS = 3;

export interface NumberRange {
  integer: boolean;
  minimum: number;
  maximum: number;
  exclusiveMinimum: number;
  exclusiveMaximum: number;
  multipleOf: number | null;
}

/**
 * A GBNF expression for the numbers of a range. With both ends it is the list of the allowed values, at most 20,000, in
 * steps of a power of ten (0.001 or coarser) or of `multipleOf`; else digits of the right sign.
 */
export function numberRule(range: NumberRange): string {
  const low = Math.max(range.minimum, range.exclusiveMinimum);
  const high = Math.min(range.maximum, range.exclusiveMaximum);
  const values = countable(low) && countable(high) ? valuesOf(range, low, high) : [];
  return values.length > 0 ? alternatives(values) : digits(range, low);
}

/** zod bounds its integers by the safe ones, which is no range to list. */
const countable = (bound: number) => Math.abs(bound) < Number.MAX_SAFE_INTEGER;

function valuesOf(range: NumberRange, low: number, high: number): string[] {
  const { step, decimals } = stepOf(range, high - low);
  const allowed = (value: number) =>
    value >= range.minimum &&
    value <= range.maximum &&
    value > range.exclusiveMinimum &&
    value < range.exclusiveMaximum;
  const texts: string[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k <= Math.floor(high / step + 1e-9); k++) {
    if (texts.length > MOST_VALUES) return [];
    const value = Number((k * step).toFixed(decimals));
    if (allowed(value)) texts.push(String(value));
  }
  return texts;
}

function stepOf({ integer, multipleOf }: NumberRange, width: number): { step: number; decimals: number } {
  if (multipleOf !== null) return { step: multipleOf, decimals: 12 };
  let decimals = integer ? 0 : FINEST_DIGITS;
  while (decimals > 0 && width * 10 ** decimals > MOST_VALUES) decimals--;
  return { step: 10 ** -decimals, decimals };
}

function digits({ integer, minimum, exclusiveMinimum }: NumberRange, low: number): string {
  const whole = '[1-9] [0-9]{0,8}';
  const sign = low < 0 ? '"-"? ' : '';
  const positive = low >= 0 && (exclusiveMinimum >= 0 || minimum > 0);
  if (integer) return positive ? whole : `${sign}("0" | ${whole})`;
  const fraction = '("." [0-9]{1,6})?';
  if (positive) return `(${whole} ${fraction} | "0." [0-9]{0,5} [1-9])`;
  return `${sign}("0" | ${whole}) ${fraction}`;
}
