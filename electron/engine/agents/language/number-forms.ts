/** What a number may mean, and how exactly it is given: half a unit of its last digit. */
export interface Reading {
  value: number;
  half: number;
}

/** A number as figures give it. */
export interface Figure {
  /** What it may mean as one number: 1.250 is one and a quarter, or a thousand two hundred and fifty. */
  readings: Reading[];
  /** What its pieces mean where it may be several: -20,0,45 or 25.11.2024. */
  pieces: Reading[];
  /** Only one or two digits, as in counting. */
  isBare: boolean;
}

const SPACE = "[\\s_'\u2019\u2018\u00b4`\u2800]";
const SPACED = `\\p{Nd}{1,3}(?:${SPACE}{1,2}\\p{Nd}{3})+(?!\\p{Nd})(?:[.,]\\p{Nd}+)?`;
/** Digits that stand one by one, on one line: 1 8 7. */
const SPELLED = '\\p{Nd}(?:(?!\\n)[\\s\u2800]+\\p{Nd})+(?![.,]?\\p{Nd})';
const BASED = '0(?:x[\\da-f]+|b[01]+|o[0-7]+)(?![\\p{L}\\p{Nd}])';
const PLAIN = '(?:(?<![\\p{L}\\p{Nd}.])\\.)?\\p{Nd}+(?:[.,]\\p{Nd}+)*';
const DIGITS = `${BASED}|${SPACED}|${SPELLED}|${PLAIN}`;
const RAISED = '\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079';
const TO_THE = `(?:\\s?(?:\\^|\\*\\*)\\s?[({]?([-+\u2212]?\\d+)[)}]?|([\u207b]?[${RAISED}]+))`;
const POWER = `(?:e([-+]?\\d+)(?![\\p{L}\\p{Nd}])|(\\s?[x\u00d7\u00b7*]\\s?10)?${TO_THE})`;
/** Minutes are no millions: 5m bars. */
const LETTERS = `\\s?(?:k|m(?!\\s?-?(?:bar|candle|chart|interval|time|min))|mn|mm|mln|bn|b|tn)(?![\\p{L}\\p{Nd}])`;
const WORDS = `(?:[\\s-]*(?:hundred|thousand|million|billion|trillion)(?!\\p{L}))+`;

/** Numbers in figures, also in circles, fractions and Roman signs, as the source of a pattern with the flags i and u. */
export const NUMBER_FIGURES = `[-+\u2212]?(?:(?:${DIGITS})(?:${POWER})?(?:${LETTERS}|${WORDS})?|[\\p{No}\\p{Nl}]+)`;

const PARTS = new RegExp(`^([-+\u2212]?)(${DIGITS})(?:${POWER})?(.*)$`, 'isu');
const TIMES: Record<string, number> = {
  ...{ k: 1e3, m: 1e6, mn: 1e6, mm: 1e6, mln: 1e6, bn: 1e9, b: 1e9, tn: 1e12 },
  ...{ hundred: 100, thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 },
};

/** What a match of NUMBER_FIGURES means; nothing where its digits are not 0 to 9. */
export function figureOf(text: string): Figure {
  const [, sign = '', digits = '', e, tenOf, power, raised, suffix = ''] = PARTS.exec(text) ?? [];
  const exponent = e ?? power?.replace('\u2212', '-') ?? (raised && plainOf(raised));
  const signed = (reading: Reading): Reading =>
    /[-\u2212]/.test(sign) ? { ...reading, value: -reading.value } : reading;
  const times = [...suffix.toLowerCase().matchAll(/[a-z]+/g)].reduce((all, [word]) => all * (TIMES[word] ?? 1), 1);
  const isScaled = exponent !== undefined || suffix !== '';
  const raise = (reading: Reading): Reading => {
    if (exponent === undefined) return reading;
    if (e === undefined && tenOf === undefined) return { value: reading.value ** Number(exponent), half: 0.5 };
    return multiplied(reading, 10 ** Number(exponent));
  };
  const scaled = (reading: Reading) => signed(multiplied(raise(reading), times));
  return {
    readings: readingsOf(digits).map(scaled),
    pieces: isScaled ? [] : piecesOf(digits).map((piece, i) => (i === 0 ? signed(piece) : piece)),
    isBare: !isScaled && /^\d{1,2}$/.test(digits),
  };
}

const multiplied = ({ value, half }: Reading, by: number): Reading => ({ value: value * by, half: half * by });

const plainOf = (raised: string) =>
  raised.replace('\u207b', '-').replace(/[^-]/g, (digit) => String(RAISED.indexOf(digit)));

/** One number of digits, dots, commas and spaces, by every way of writing that it may follow. */
function readingsOf(digits: string): Reading[] {
  const text = digits.replace(new RegExp(SPACE, 'gu'), '');
  const isSpaced = text !== digits;
  const marks = text.replace(/[^.,]/g, '');
  const last = marks.at(-1);
  if (last === undefined) return /^0{3,}$/.test(text) ? [] : exact(text);
  const groups = text.split(/[.,]/);
  const isBoth = new Set(marks).size === 2;
  if (isBoth) return marks.indexOf(last) === marks.length - 1 ? exact(decimal(text, last)) : [];
  const isGrouped = !isSpaced && areThousands(groups);
  const whole = isGrouped ? exact(groups.join('')) : [];
  const isRound = isGrouped && groups.at(-1) === '000';
  return marks.length > 1 || isRound ? whole : [...whole, ...exact(decimal(text, last))];
}

/** The same with a point before its decimals and no other mark. */
const decimal = (text: string, mark: string) => text.replace(mark === '.' ? /,/g : /\./g, '').replace(mark, '.');

function exact(text: string): Reading[] {
  const value = Number(text);
  if (text === '' || !Number.isFinite(value)) return [];
  return [{ value, half: 0.5 * 10 ** -(text.split('.')[1]?.length ?? 0) }];
}

/** The numbers of a list or a date: between several commas or dots that group no thousands. */
function piecesOf(digits: string): Reading[] {
  const pieces = digits.split(/[.,]/);
  const isList = pieces.length > 2 && new Set(digits.replace(/[^.,]/g, '')).size === 1 && !areThousands(pieces);
  return isList && pieces.every((piece) => /^(?:0?\d|[1-9]\d*)$/.test(piece)) ? pieces.flatMap(exact) : [];
}

const areThousands = ([first = '', ...rest]: string[]) =>
  /^[1-9]\d{0,2}$/.test(first) && rest.every((group) => group.length === 3);
