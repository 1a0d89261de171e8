import type { NearestQuery } from '../types.ts';
import type { Candidate } from './setup-index.ts';

/** What rounding may add to the distance of two projections. */
const ROUNDING = 1e-3;

/**
 * The candidates by the distance of their whole features: the `k` nearest and all that are as near as the last of them. A projection is never
 * farther than its feature, so the rest of the candidates is left unread once they are farther than the k-th found.
 * @param candidates the nearest projections first
 * @param embeddingOf the feature of a setup, null where it is gone
 */
export function rescore(
  { embedding, k }: Pick<NearestQuery, 'embedding' | 'k'>,
  candidates: readonly Candidate[],
  embeddingOf: (id: number) => Float32Array | null,
): Candidate[] {
  const found: Candidate[] = [];
  const lastOf = () => found[k - 1]?.distance ?? Infinity;
  for (const { id, distance } of candidates) {
    if (distance > lastOf() + ROUNDING) break;
    const whole = embeddingOf(id);
    if (whole?.length !== embedding.length) continue;
    const exact = euclidean(whole, embedding);
    if (exact > lastOf()) continue;
    found.splice(placeOf(found, exact), 0, { id, distance: exact });
  }
  return found.filter(({ distance }) => distance <= lastOf());
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
