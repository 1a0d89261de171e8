import { readFileSync } from 'node:fs';
import { CARD_FILE } from './support.ts';

/** The classes in the order of the card. */
export const REGIME_CLASSES = ['trending', 'mean_reverting', 'volatile', 'quiet'] as const;

type Moments = [mean: number, deviation: number];
const moments = (
  JSON.parse(readFileSync(CARD_FILE, 'utf8')) as {
    null_moments: Record<'trend_T' | 'dickey_fuller_t' | 'log_recent_over_earlier_abs_return', Moments>;
  }
).null_moments;

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
const z = (value: number, [center, deviation]: Moments) => (value - center) / deviation;

/** Pearson's correlation. */
function correlation(x: readonly number[], y: readonly number[]): number {
  const [mx, my] = [mean(x), mean(y)];
  const products = x.map((value, i) => [(value - mx) * (y[i]! - my), (value - mx) ** 2, (y[i]! - my) ** 2] as const);
  const [xy, xx, yy] = [0, 1, 2].map((k) => products.reduce((sum, one) => sum + one[k]!, 0));
  return xy! / Math.sqrt(xx! * yy!);
}

/**
 * The regime label written anew from its words on the card: of four departures from a Gaussian random walk the largest,
 * each in its own standard deviations. The Dickey-Fuller t of a regression with one regressor is r sqrt((n - 2) / (1 - r^2)).
 * @param closes the window's prices, without bars that stand still throughout
 */
export function regimeOfFormula(closes: Float64Array): number {
  const level = Array.from(closes, Math.log);
  const moves = level.slice(1).map((value, i) => value - level[i]!);
  const size = moves.map(Math.abs);
  const n = moves.length;
  const trend = Math.abs(level.at(-1)! - level[0]!) / Math.sqrt(mean(moves.map((move) => move * move)) * n);
  const r = correlation(level.slice(0, -1), moves);
  const late = Math.log(mean(size.slice(n - 16)) / mean(size.slice(0, n - 16)));
  const volatile = z(late, moments.log_recent_over_earlier_abs_return);
  const reverting = -z(r * Math.sqrt((n - 2) / (1 - r * r)), moments.dickey_fuller_t);
  const departures = [z(trend, moments.trend_T), reverting, volatile, -volatile];
  return departures.indexOf(Math.max(...departures));
}
