import { type Figure, figureOf, NUMBER_FIGURES, type Reading } from './number-forms.ts';
import { NUMBER_WORDS, valuesOfWords } from './number-words.ts';

/** A text of the model with every number that is not in the data struck out. */
export interface CheckedText {
  text: string;
  /** Numbers struck out. */
  struck: number;
}

const NUMBER = new RegExp(`(?<figures>${NUMBER_FIGURES})|(?<words>${NUMBER_WORDS})`, 'giu');
const SIGN = /^[-+\u2212]/;
const SHARE = /^[\s-]*(%|per\s?cent)/i;
const CODES = 'USD|EUR|GBP|JPY|CHF|CAD|AUD|NZD|CNY|INR|HKD|SEK|NOK|DKK';
const PRICED_BEFORE = new RegExp(`(?:\\p{Sc}|\\b(?:${CODES}))\\s*$`, 'iu');
const PRICED_AFTER = new RegExp(
  `^\\s*-?(?:\\p{Sc}|(?:${CODES}|dollars?|euros?|pounds?|cents?|yen|yuan|francs?|rupees?|bucks?)\\b)`,
  'iu',
);
/** Figures and words of counting that need no source: bars, looks, scores out of 10. */
const SMALL = 10;
const SMALL_WORD = 12;

/**
 * Strikes out every number that the data does not hold: a number may be quoted as it stands there, rounded to the digits it is given
 * with, or as a percentage, in any usual way of writing; without a sign its size is meant, with one the sign too. Whole numbers
 * up to 10 in figures and up to 12 in words are words of counting and stay, where they are no prices.
 */
export function checkNumbers(text: string, known: readonly number[]): CheckedText {
  let struck = 0;
  const checked = text.replace(NUMBER, (quote: string, ...rest: unknown[]) => {
    const { words } = rest.at(-1) as { words?: string };
    const at = rest.at(-3) as number;
    const [before, after] = [text.slice(0, at), text.slice(at + quote.length)];
    const isPrice = PRICED_BEFORE.test(before) || PRICED_AFTER.test(after);
    const inData = lookup(known, SHARE.test(after));
    const isRight = words ? areWordsKnown(words, isPrice, inData) : isKnown(unjoined(quote, before), isPrice, inData);
    if (isRight) return quote;
    struck += 1;
    return '[struck out]';
  });
  return { text: checked, struck };
}

type Lookup = (reading: Reading, isSigned: boolean) => boolean;

function lookup(known: readonly number[], isShare: boolean): Lookup {
  return ({ value, half }, isSigned) => {
    const same = (fact: number) => Math.abs(value - (isSigned ? fact : Math.abs(fact))) <= half * (1 + 1e-9);
    return known.some((fact) => same(fact) || (isShare && same(100 * fact)));
  };
}

/** A dash after a letter or a digit joins and is no sign: 2024-01, 0.42-0.43. */
const unjoined = (quote: string, before: string) => (/[\p{L}\p{Nd}]$/u.test(before) ? quote.replace(SIGN, '') : quote);

function isKnown(quote: string, isPrice: boolean, inData: Lookup): boolean {
  const { readings, pieces, isBare }: Figure = figureOf(quote);
  const isSigned = SIGN.test(quote);
  if (isBare && !isPrice && readings.some(({ value }) => Math.abs(value) <= SMALL)) return true;
  if (readings.some((reading) => inData(reading, isSigned))) return true;
  return pieces.length > 0 && pieces.every((piece, i) => inData(piece, isSigned && i === 0));
}

function areWordsKnown(words: string, isPrice: boolean, inData: Lookup): boolean {
  return valuesOfWords(words).every(
    (value) => (value <= SMALL_WORD && !isPrice) || inData({ value, half: 0.5 }, false),
  );
}

/** Every finite number in a value, however deep; of a text every number that its figures and words may mean. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : [];
  if (typeof value === 'string') return [...value.matchAll(NUMBER)].flatMap(meantBy);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(numbersIn);
  return [];
}

function meantBy({ groups, 0: quote }: RegExpMatchArray): number[] {
  if (groups?.words) return valuesOfWords(groups.words);
  const { readings, pieces } = figureOf(quote);
  return [...readings, ...pieces].map(({ value }) => value);
}
