import { total } from './statistics.ts';

/** Share of the sum of squared steps of x carried by its largest ceil(5 %) of steps; 0 when flat (DEFINITIONS 3). */
export function burstShare(x: Float64Array): number {
  const squares = new Float64Array(x.length - 1);
  for (let i = 0; i < squares.length; i++) squares[i] = (x[i + 1]! - x[i]!) ** 2;
  const all = total(squares);
  if (all === 0) return 0;
  squares.sort();
  return total(squares.subarray(squares.length - Math.ceil(squares.length / 20))) / all;
}
