import { sha256 } from '../../platform/index.ts';

/** Share of words in common from which two texts count as near-duplicates; words said over and over count each time, so that one more does not make another text of them. */
const ALIKE = 0.8;
/** Words of the sketch. */
const SKETCH = 3;

/** The words of a text, folded as the search folds them; digits count as one figure, so that texts that differ in a number are alike. */
export function wordsOf(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  return (folded.match(/[\p{L}\p{N}]+/gu) ?? []).map((word) => word.replace(/\p{N}+/gu, '0'));
}

/** The smallest hashes of the distinct words: near-duplicates mostly have the same, and few of the others do. */
export function likenessOf(words: readonly string[]): string {
  const hashes = [...new Set(words)].map((word) => sha256(word).slice(0, 12));
  return hashes.sort().slice(0, SKETCH).join(' ');
}

/** How often each word stands in a text, and how many words there are. */
export interface WordCounts {
  of: ReadonlyMap<string, number>;
  total: number;
}

export function countsOf(words: readonly string[]): WordCounts {
  const of = new Map<string, number>();
  for (const word of words) of.set(word, (of.get(word) ?? 0) + 1);
  return { of, total: words.length };
}

/** Whether two texts have nearly the same words, each as often as it stands there (Jaccard's index of multisets at least 0.8). */
export function areAlike(a: WordCounts, b: WordCounts): boolean {
  const [fewer, more] = a.total < b.total ? [a, b] : [b, a];
  if (fewer.total < ALIKE * more.total) return false;
  let common = 0;
  for (const [word, times] of fewer.of) common += Math.min(times, more.of.get(word) ?? 0);
  return common >= ALIKE * (a.total + b.total - common);
}
