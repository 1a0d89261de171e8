import type { NearestQuery } from '../types.ts';
import { movesOnce } from './overlaps.ts';
import type { Candidate } from './setup-index.ts';

/** What rounding may add to the distance of two projections. */
const ROUNDING = 1e-3;

/**
 * The candidates by the distance of their whole features, `withoutOverlaps` only the nearest of those that share a move: the `k` nearest and
 * all that are as near as the last of them. A projection is never farther than its feature, so what was found nearer than the next
 * candidate's projection is certain; left unread is the rest once `k` are, and before that what overlaps one of them.
 * @param candidates the nearest projections first
 * @param embeddingOf the feature of a setup, null where it is gone
 */
export function rescore(
  { embedding, k, resolved, withoutOverlaps }: Pick<NearestQuery, 'embedding' | 'k' | 'resolved' | 'withoutOverlaps'>,
  candidates: readonly Candidate[],
  embeddingOf: (id: number) => Float32Array | null,
): Candidate[] {
  const moves = resolved && withoutOverlaps ? movesOnce() : null;
  const certain: Candidate[] = [];
  const waiting: Candidate[] = [];
  const settleUpTo = (bound: number) => {
    let settled = 0;
    for (; settled < waiting.length && waiting[settled]!.distance <= bound; settled++)
      if (moves?.take(waiting[settled]!.trip) !== false) certain.push(waiting[settled]!);
    waiting.splice(0, settled);
  };
  for (const candidate of candidates) {
    settleUpTo(candidate.distance - ROUNDING);
    if (certain.length >= k) break;
    if (moves?.isTaken(candidate.trip)) continue;
    const whole = embeddingOf(candidate.id);
    if (whole?.length !== embedding.length) continue;
    const distance = euclidean(whole, embedding);
    waiting.splice(placeOf(waiting, distance), 0, { ...candidate, distance });
  }
  settleUpTo(Infinity);
  const last = certain[k - 1]?.distance ?? Infinity;
  return certain.filter(({ distance }) => distance <= last);
}

/** Where a distance belongs in an ascending list, behind its equals. */
function placeOf(found: readonly Candidate[], distance: number): number {
  let [low, high] = [0, found.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (found[middle]!.distance <= distance) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Summed in float64. */
function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const step = a[i]! - b[i]!;
    sum += step * step;
  }
  return Math.sqrt(sum);
}
