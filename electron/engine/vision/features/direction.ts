/**
 * clip(pi/2 * mean of d_ij over i < j, -1, 1) with d_ij = s_i x_j - x_i s_j: positive = uptrend, negative = downtrend
 * (DEFINITIONS 3).
 */
export function trendScore(x: Float64Array, s: Float64Array): number {
  const n = x.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) sum += s[i]! * x[j]! - x[i]! * s[j]!;
  }
  return Math.min(1, Math.max(-1, (Math.PI / 2) * (sum / ((n * (n - 1)) / 2))));
}

/**
 * Mean likeness a_i(i+1) minus mean likeness a_i(i+q), q = floor(n/4), with a_ij = x_i x_j + s_i s_j: how fast likeness
 * fades with the lag (DEFINITIONS 3).
 */
export function persistence(x: Float64Array, s: Float64Array): number {
  return likeness(x, s, 1) - likeness(x, s, Math.floor(x.length / 4));
}

function likeness(x: Float64Array, s: Float64Array, lag: number): number {
  const pairs = x.length - lag;
  let sum = 0;
  for (let i = 0; i < pairs; i++) sum += x[i]! * x[i + lag]! + s[i]! * s[i + lag]!;
  return sum / pairs;
}
