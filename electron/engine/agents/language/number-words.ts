const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const SCALES: Record<string, number> = { thousand: 1e3, million: 1e6, billion: 1e9, trillion: 1e12 };

const EACH = [...UNITS, ...TENS, 'hundred', 'dozen', ...Object.keys(SCALES)].toSorted((a, b) => b.length - a.length);
const ANY = `(?:${EACH.join('|')})`;
const GREAT = `(?:hundred|dozen|${Object.keys(SCALES).join('|')})`;

/** Numbers in words, as the source of a pattern with the flags i and u: "ten thousand", "a hundred and five", "forty-two". */
export const NUMBER_WORDS = `(?<!\\p{L})(?:an?[\\s-]+(?=${GREAT}(?!\\p{L})))?${ANY}(?:[\\s-]+(?:and[\\s-]+)?${ANY})*(?!\\p{L})`;

/**
 * What number words mean: one number, or several that are joined by "and" ("two and three"). Several in a row are digits of one
 * ("one eighty-seven", "nineteen ninety-eight").
 */
export function valuesOfWords(words: string): number[] {
  const spoken: number[][] = [];
  let sum: Sum | null = null;
  let isJoined = false;
  const close = () => sum && spoken.at(-1)!.push(sum.total + sum.part);
  for (const word of words.toLowerCase().split(/[\s-]+/)) {
    const next: Sum | null = sum && EACH.includes(word) ? joined(sum, word) : null;
    if (EACH.includes(word) && !next) {
      close();
      if (!sum || isJoined) spoken.push([]);
    }
    if (EACH.includes(word)) sum = next ?? joined(NOTHING, word);
    isJoined = word === 'and';
  }
  close();
  return spoken.map((parts) => Number(parts.join('')));
}

interface Sum {
  /** Of the scales that are complete: thousands, millions. */
  total: number;
  /** What has been said since, below a thousand. */
  part: number;
  /** The last scale; only a smaller one may follow. */
  scale: number;
  isEmpty: boolean;
}
const NOTHING: Sum = { total: 0, part: 0, scale: Infinity, isEmpty: true };

/** The number with one more word; null where the word begins a number of its own. */
function joined({ total, part, scale, isEmpty }: Sum, word: string): Sum | null {
  const said = (more: Partial<Sum>): Sum => ({ total, part, scale, isEmpty: false, ...more });
  const size = SCALES[word];
  if (size !== undefined) {
    return size < scale && (part > 0 || isEmpty)
      ? said({ total: total + (part || 1) * size, part: 0, scale: size })
      : null;
  }
  if (word === 'hundred') return part < 100 && (part > 0 || isEmpty) ? said({ part: (part || 1) * 100 }) : null;
  if (word === 'dozen') return part < 100 && (part > 0 || isEmpty) ? said({ part: (part || 1) * 12 }) : null;
  const ten = TENS.indexOf(word);
  const value = ten < 0 ? UNITS.indexOf(word) : 20 + 10 * ten;
  const fits =
    isEmpty ||
    (value > 0 && (part % 100 === 0 ? part > 0 || total > 0 : value < 10 && part % 100 >= 20 && part % 10 === 0));
  return fits ? said({ part: part + value }) : null;
}
