/**
 * DEFINITIONS 2 and 3 a second time, as plainly as they are written: angles instead of sines, whole matrices, one loop a
 * formula. Slow on purpose; the tests compare the product with it.
 */
import type { Features } from '../../../shared/domain/index.ts';

type Matrix = number[][];

export function referenceScale(prices: ArrayLike<number>): number[] {
  const p = Array.from(prices);
  const max = Math.max(...p);
  const min = Math.min(...p);
  if (max === min) return p.map(() => 0);
  return p.map((price) => Math.min(1, Math.max(-1, (price - max + (price - min)) / (max - min))));
}

export function referenceField(x: readonly number[], kind: 'gasf' | 'gadf' | 'likeness'): Matrix {
  const phi = x.map((value) => Math.acos(value));
  return phi.map((a) =>
    phi.map((b) => (kind === 'gasf' ? Math.cos(a + b) : kind === 'gadf' ? Math.sin(a - b) : Math.cos(a - b))),
  );
}

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
function deviation(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

const block = (m: Matrix, from: number, to: number) => m.slice(from, to).flatMap((row) => row.slice(from, to));

function entropy(g: Matrix): number {
  const counts = new Array<number>(16).fill(0);
  for (const value of g.flat()) {
    const rounded = Math.round(value * 1e9) / 1e9;
    let bin = 0;
    while (bin < 15 && rounded >= -1 + (bin + 1) / 8) bin++;
    counts[bin]! += 1;
  }
  const shares = counts.map((count) => count / g.length ** 2).filter((share) => share > 0);
  return -shares.reduce((sum, share) => sum + share * Math.log2(share), 0) / 4;
}

function cycle(x: readonly number[]): [number, number] {
  const n = x.length;
  const t = x.map((_, i) => i);
  const tm = mean(t);
  const xm = mean(x);
  const slope = mean(t.map((v, i) => (v - tm) * (x[i]! - xm))) / mean(t.map((v) => (v - tm) ** 2));
  const rest = x.map((v, i) => v - xm - slope * (i - tm));
  if (rest.reduce((sum, v) => sum + v * v, 0) < 1e-9 * n) return [0, 0];
  const power: number[] = [];
  for (let k = 0; k <= Math.floor(n / 2); k++) {
    let re = 0;
    let im = 0;
    for (let i = 0; i < n; i++) {
      re += rest[i]! * Math.cos((2 * Math.PI * k * i) / n);
      im -= rest[i]! * Math.sin((2 * Math.PI * k * i) / n);
    }
    power.push(re * re + im * im);
  }
  let best = 2;
  for (let k = 3; k <= Math.floor(n / 3); k++) if (power[k]! > power[best]!) best = k;
  return [power[best]! / power.slice(1).reduce((a, b) => a + b, 0), n / best];
}

function burst(x: readonly number[]): number {
  const squares = x.slice(1).map((value, i) => (value - x[i]!) ** 2);
  const sum = squares.reduce((a, b) => a + b, 0);
  if (sum === 0) return 0;
  const largest = squares.sort((a, b) => b - a).slice(0, Math.ceil(squares.length / 20));
  return largest.reduce((a, b) => a + b, 0) / sum;
}

export function referenceFeatures(x: readonly number[]): Features {
  const n = x.length;
  const q = Math.floor(n / 4);
  const g = referenceField(x, 'gasf');
  const d = referenceField(x, 'gadf');
  const a = referenceField(x, 'likeness');
  const diagonal = g.map((row, i) => row[i]!);
  const above = d.flatMap((row, i) => row.slice(i + 1));
  const mirrored = g.flatMap((row, i) => row.map((value, j) => Math.abs(value - g[n - 1 - j]![n - 1 - i]!)));
  const lag = (k: number) => mean(a.slice(0, n - k).map((row, i) => row[i + k]!));
  const recent = block(g, n - q, n);
  const [strength, period] = cycle(x);
  return {
    diagonal_mean: mean(diagonal),
    diagonal_std: deviation(diagonal),
    trend_score: Math.min(1, Math.max(-1, (Math.PI / 2) * mean(above))),
    symmetry: mean(mirrored) / 2,
    momentum: mean(recent) - mean(block(g, 0, n - q)),
    recent_strength: mean(recent.map(Math.abs)),
    field_mean: mean(g.flat()),
    field_std: deviation(g.flat()),
    persistence: lag(1) - lag(q),
    entropy: entropy(g),
    cycle_strength: strength,
    cycle_period: period,
    burst_share: burst(x),
  };
}
