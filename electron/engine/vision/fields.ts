import { sines } from './scale.ts';

const square = (x: Float64Array) => new Float32Array(x.length * x.length);

/**
 * Gramian Angular Summation Field, cos(phi_i + phi_j) = x_i x_j - s_i s_j (DEFINITIONS 2).
 * @param x scaled window, values in [-1, 1]
 * @param out receives `n * n` values, row by row, where given
 */
export function gasf(x: Float64Array, out = square(x)): Float32Array {
  const s = sines(x);
  const n = x.length;
  for (let i = 0, at = 0; i < n; i++) {
    const xi = x[i]!;
    const si = s[i]!;
    for (let j = 0; j < n; j++, at++) out[at] = xi * x[j]! - si * s[j]!;
  }
  return out;
}

/**
 * Gramian Angular Difference Field, sin(phi_i - phi_j) = s_i x_j - x_i s_j: positive for i < j where prices rise
 * (DEFINITIONS 2).
 * @param x scaled window, values in [-1, 1]
 * @param out receives `n * n` values, row by row, where given
 */
export function gadf(x: Float64Array, out = square(x)): Float32Array {
  const s = sines(x);
  const n = x.length;
  for (let i = 0, at = 0; i < n; i++) {
    const xi = x[i]!;
    const si = s[i]!;
    for (let j = 0; j < n; j++, at++) out[at] = si * x[j]! - xi * s[j]!;
  }
  return out;
}

/**
 * The picture's blue channel, size of the moves at both times: clamp(2 (d_i + d_j) - 1, -1, 1) with d_0 = 0 and
 * d_i = |x_i - x_(i-1)| (model card, "preprocessing").
 * @param x scaled window, values in [-1, 1]
 * @param out receives `n * n` values, row by row, where given
 */
export function heatMap(x: Float64Array, out = square(x)): Float32Array {
  const n = x.length;
  const move = new Float64Array(n);
  for (let i = 1; i < n; i++) move[i] = Math.abs(x[i]! - x[i - 1]!);
  for (let i = 0, at = 0; i < n; i++) {
    const di = move[i]!;
    for (let j = 0; j < n; j++, at++) out[at] = Math.min(1, 2 * (di + move[j]!) - 1);
  }
  return out;
}
