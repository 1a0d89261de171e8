import type { LiveRate } from '../../../../shared/domain/index.ts';
import { wilson } from '../../platform/index.ts';

/** A share of wins with Wilson's 95 % interval; nothing is said of none. */
export function liveRate(wins: number, n: number): LiveRate {
  if (n === 0) return { n, wins, rate: null, low: null, high: null };
  const [low, high] = wilson(wins, n);
  return { n, wins, rate: wins / n, low, high };
}
