/** A text of the model with every number that is not in the data struck out. */
export interface CheckedText {
  text: string;
  /** Numbers struck out. */
  struck: number;
}

const NUMBER = /[-+\u2212]?\p{Nd}+(?:[.,]\p{Nd}+)*(?:e[-+]?\d+)?/giu;
const SIGN = /^[-+\u2212]/;
const SHARE = /^\s*(%|per\s?cent)/;
/** Words of counting that need no source: bars, looks, scores out of 10. */
const SMALL = 10;

/**
 * Strikes out every number that the data does not hold: a number may be quoted as it stands there, rounded to the digits it is given
 * with, or as a percentage; without a sign its size is meant, with one the sign too. Whole numbers up to 10 are words of counting and stay.
 */
export function checkNumbers(text: string, known: readonly number[]): CheckedText {
  let struck = 0;
  const checked = text.replace(NUMBER, (quote, at: number) => {
    const isShare = SHARE.test(text.slice(at + quote.length));
    const isJoined = /[\p{L}\p{Nd}]$/u.test(text.slice(0, at));
    if (isKnown(isJoined ? quote.replace(SIGN, '') : quote, isShare, known)) return quote;
    struck += 1;
    return '[struck out]';
  });
  return { text: checked, struck };
}

function isKnown(quote: string, isShare: boolean, known: readonly number[]): boolean {
  const plain = quote
    .replace('\u2212', '-')
    .replace(/,(?=\d{3}\b)/g, '')
    .replace(',', '.');
  const value = Number(plain);
  if (!Number.isFinite(value)) return false;
  if (Number.isInteger(value) && Math.abs(value) <= SMALL) return true;
  const digits = /\.(\d+)/.exec(plain)?.[1]?.length ?? 0;
  const half = 0.5 * 10 ** -digits * (1 + 1e-9);
  const isSigned = SIGN.test(quote);
  const same = (fact: number) => Math.abs(value - (isSigned ? fact : Math.abs(fact))) <= half;
  return known.some((fact) => same(fact) || (isShare && same(100 * fact)));
}

/** Every finite number in a value, however deep. */
export function numbersIn(value: unknown): number[] {
  if (typeof value === 'number') return Number.isFinite(value) ? [value] : [];
  if (typeof value === 'string')
    return [...value.matchAll(NUMBER)].map(([text]) => Number(text)).filter(Number.isFinite);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(numbersIn);
  return [];
}
