import type { Features } from '../../../../shared/domain/index.ts';
import { entropy } from './entropy.ts';
import { meanAndDeviation } from './statistics.ts';

type SummationFeatures = Pick<
  Features,
  | 'diagonal_mean'
  | 'diagonal_std'
  | 'symmetry'
  | 'momentum'
  | 'recent_strength'
  | 'field_mean'
  | 'field_std'
  | 'entropy'
>;

/** The features read off the float64 summation field g_ij = x_i x_j - s_i s_j (DEFINITIONS 3). */
export function summationFeatures(x: Float64Array, s: Float64Array): SummationFeatures {
  const n = x.length;
  const g = summationField(x, s);
  const diagonal = meanAndDeviation(Float64Array.from({ length: n }, (_, i) => g[i * n + i]!));
  const field = meanAndDeviation(g);
  const quarter = Math.floor(n / 4);
  const recent = blockMeans(g, n, n - quarter, n);
  const past = blockMeans(g, n, 0, n - quarter);
  return {
    diagonal_mean: diagonal.mean,
    diagonal_std: diagonal.deviation,
    symmetry: asymmetry(g, n),
    momentum: recent.mean - past.mean,
    recent_strength: recent.strength,
    field_mean: field.mean,
    field_std: field.deviation,
    entropy: entropy(g),
  };
}

function summationField(x: Float64Array, s: Float64Array): Float64Array {
  const n = x.length;
  const g = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = i; j < n; j++) {
      const value = x[i]! * x[j]! - s[i]! * s[j]!;
      g[i * n + j] = value;
      g[j * n + i] = value;
    }
  }
  return g;
}

/** Half the mean distance of the field from its mirror image in time, g_(n-1-j)(n-1-i). */
function asymmetry(g: Float64Array, n: number): number {
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) sum += Math.abs(g[i * n + j]! - g[(n - 1 - j) * n + n - 1 - i]!);
  }
  return sum / (2 * n * n);
}

/** Mean and mean absolute value of the diagonal block [from, to) x [from, to). */
function blockMeans(g: Float64Array, n: number, from: number, to: number): { mean: number; strength: number } {
  let sum = 0;
  let absolute = 0;
  for (let i = from; i < to; i++) {
    for (let j = from; j < to; j++) {
      const value = g[i * n + j]!;
      sum += value;
      absolute += Math.abs(value);
    }
  }
  const cells = (to - from) ** 2;
  return { mean: sum / cells, strength: absolute / cells };
}
