import { contextOf, type NumberContext } from './number-context.ts';
import { type Figure, figureOf, NUMBER_FIGURES, type Reading } from './number-forms.ts';
import { NUMBER_WORDS, valuesOfWords } from './number-words.ts';
import { readable } from './readable.ts';

/** A text of the model with every number that is not in the data struck out. */
export interface CheckedText {
  /** Without marks that have no width. */
  text: string;
  /** Numbers struck out. */
  struck: number;
}

/** What may be said besides the data, each beside its own words only. */
export interface Beside {
  /** Beside the name of a score: those that the model gave itself. */
  scores?: readonly number[];
  /** Where it counts something. */
  counts?: readonly number[];
  /** Before the word points. */
  points?: readonly number[];
}

const NUMBER = new RegExp(`(?<figures>${NUMBER_FIGURES})|(?<words>${NUMBER_WORDS})`, 'giu');
const SIGN = /^[-+\u2212]/;
/** Most that is counted without a source, in figures and in words. */
const SMALL = 10;
const SMALL_WORD = 12;

/**
 * Strikes out every number that the data does not hold. A number may be quoted as it stands there, rounded to the digits it is given
 * with, or as a percentage, in any usual way of writing; without a sign its size is meant, with one the sign too. Three kinds need no
 * source in the data: a whole number up to 10 (in words up to 12) where it counts or numbers something ("3 bars", "two of four", "the
 * 3rd swing", "3 are trending", the mark of a list; of multiples only twice), the words zero and one, and what `beside` holds, beside its
 * words. No price and no share is of these kinds.
 */
export function checkNumbers(text: string, known: readonly number[], beside: Beside = {}): CheckedText {
  const read = readable(text);
  let struck = 0;
  const checked = read.replace(NUMBER, (quote: string, ...rest: unknown[]) => {
    const { words } = rest.at(-1) as { words?: string };
    const at = rest.at(-3) as number;
    const dash = dashBefore(quote, read.slice(0, at));
    const number = quote.slice(dash.length);
    const context = contextOf(read, at + dash.length, at + quote.length);
    const inData = lookup([...known, ...allowedBeside(beside, context)], context.isShare);
    if (words ? areWordsKnown(words, context, inData) : isKnown(number, context, inData)) return quote;
    struck += 1;
    return `${dash}[struck out]`;
  });
  return { text: checked, struck };
}

const allowedBeside = ({ scores = [], counts = [], points = [] }: Beside, context: NumberContext) => [
  ...(context.isScore ? scores : []),
  ...(context.isCount ? counts : []),
  ...(context.isPoints ? points : []),
];

type Lookup = (reading: Reading, isSigned: boolean) => boolean;

function lookup(known: readonly number[], isShare: boolean): Lookup {
  return ({ value, half }, isSigned) => {
    const same = (fact: number) => Math.abs(value - (isSigned ? fact : Math.abs(fact))) <= half * (1 + 1e-9);
    return known.some((fact) => same(fact) || (isShare && same(100 * fact)));
  };
}

/** A dash after a letter or a digit joins and is no sign: 2024-01, 0.42-0.43. */
const dashBefore = (quote: string, before: string) =>
  /[\p{L}\p{Nd}]$/u.test(before) ? (SIGN.exec(quote)?.[0] ?? '') : '';

function isKnown(quote: string, { isCount }: NumberContext, inData: Lookup): boolean {
  const { readings, pieces, isBare }: Figure = figureOf(quote);
  const isSigned = SIGN.test(quote);
  if (isCount && isBare && !isSigned && readings.some(({ value }) => value <= SMALL)) return true;
  if (readings.some((reading) => inData(reading, isSigned))) return true;
  return pieces.length > 0 && pieces.every((piece, i) => inData(piece, isSigned && i === 0));
}

function areWordsKnown(words: string, { isCount, isPrice, isShare }: NumberContext, inData: Lookup): boolean {
  const needsNone = (value: number) => (isCount && value <= SMALL_WORD) || (!isPrice && !isShare && value <= 1);
  return valuesOfWords(words).every((value) => needsNone(value) || inData({ value, half: 0.5 }, false));
}

/** Every finite number in a value, however deep; of a text every number that its figures and words may mean. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : [];
  if (typeof value === 'string') return [...readable(value).matchAll(NUMBER)].flatMap(meantBy);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(numbersIn);
  return [];
}

function meantBy({ groups, 0: quote }: RegExpMatchArray): number[] {
  if (groups?.words) return valuesOfWords(groups.words);
  const { readings, pieces } = figureOf(quote);
  return [...readings, ...pieces].map(({ value }) => value);
}
