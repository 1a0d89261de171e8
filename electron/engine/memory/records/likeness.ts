import { sha256 } from '../../platform/index.ts';

/** Share of words in common from which two texts count as near-duplicates. */
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

/** Whether two texts have nearly the same words (Jaccard's index at least 0.8). */
export function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [fewer, more] = a.size < b.size ? [a, b] : [b, a];
  if (fewer.size < ALIKE * more.size) return false;
  let common = 0;
  for (const word of fewer) if (more.has(word)) common++;
  return common >= ALIKE * (a.size + b.size - common);
}
