import { areAlike, countsOf, type WordCounts, wordsOf } from './likeness.ts';
import type { Ranked } from './rank-words.ts';

/** Of one sketch of words no more are looked at. */
const SAME_SKETCH = 4;

/** A memory that stands for the near-duplicates ranked after it, as far as they were met. */
export interface Distinct {
  ranked: Ranked;
  alike: number;
}

/**
 * The first `count` of a ranking that are no near-duplicates of one another, so that what was said a thousand times takes one place.
 * @param ranking the best first
 * @param textOf title and text of a row
 */
export function distinct(ranking: readonly Ranked[], count: number, textOf: (row: number) => string): Distinct[] {
  const accepted: (Distinct & { words: WordCounts })[] = [];
  const sketches = new Map<string, { met: number; first: Distinct | null }>();
  for (const ranked of ranking) {
    const sketch = sketches.get(ranked.likeness) ?? { met: 0, first: null };
    sketches.set(ranked.likeness, sketch);
    if (++sketch.met > SAME_SKETCH) {
      if (sketch.first) sketch.first.alike++;
      continue;
    }
    const words = countsOf(wordsOf(textOf(ranked.row)));
    const like = accepted.find((one) => areAlike(one.words, words));
    if (like) like.alike++;
    else if (accepted.length < count) accepted.push({ ranked, alike: 0, words });
    else break;
    sketch.first ??= like ?? accepted.at(-1)!;
  }
  return accepted.map(({ ranked, alike }) => ({ ranked, alike }));
}

/** The usual constant of reciprocal rank fusion (Cormack, Clarke and Buettcher 2009). */
const RRF = 60;

/** So little that it decides between equal sums only. */
const TIE = 1e-6;

/** Rankings as one: a memory's score is the sum of 1 / (60 + place) over the rankings it stands in; of equal sums the later ranking's word counts. */
export function fuse(rankings: readonly (readonly Distinct[])[]): Distinct[] {
  const fused = new Map<number, Distinct>();
  for (const [index, ranking] of rankings.entries()) {
    ranking.forEach(({ ranked, alike }, place) => {
      const before = fused.get(ranked.row);
      const score = (before?.ranked.score ?? 0) + (1 + TIE * index) / (RRF + place + 1);
      fused.set(ranked.row, { ranked: { ...ranked, score }, alike: Math.max(alike, before?.alike ?? 0) });
    });
  }
  return [...fused.values()];
}
