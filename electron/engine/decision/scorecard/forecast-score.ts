import type { ForecastScore } from '../../../../shared/domain/index.ts';
import { blockInterval, sumsByBlock } from './bootstrap.ts';
import { calibrationError } from './calibration-error.ts';
import { quantile } from './random.ts';
import { brier, brierSkill, logLoss, mean, type Scored, squaredError } from './rules.ts';

/** A forecast with the base rate of its time and the block of time it falls into. */
export interface Forecasted extends Scored {
  base: number;
  block: number;
}

/** Below this many settled forecasts no score is given. */
export const SCORED_FROM = 10;

/** The scores of DEFINITIONS 7, or null below 10 forecasts. */
export function forecastScore(forecasts: readonly Forecasted[]): ForecastScore | null {
  if (forecasts.length < SCORED_FROM) return null;
  const reference = forecasts.map(({ base, won }) => ({ p: base, won }));
  const { ece, corrected, perfectMean, perfectP95, bins } = calibrationError(forecasts);
  const sums = sumsByBlock(
    forecasts,
    ({ block }) => block,
    (forecast) => [squaredError(forecast), squaredError({ p: forecast.base, won: forecast.won })],
  );
  return {
    n: forecasts.length,
    brier: brier(forecasts),
    baseBrier: brier(reference),
    brierSkill: brierSkill(forecasts, reference),
    brierSkillInterval: blockInterval(sums, ([own = 0, base = 0]) => (base === 0 ? 0 : 1 - own / base)),
    logLoss: logLoss(forecasts),
    baseLogLoss: logLoss(reference),
    ece,
    eceCorrected: corrected,
    ecePerfectMean: perfectMean,
    ecePerfectP95: perfectP95,
    spread: spreadOf(forecasts),
    meanP: mean(forecasts, ({ p }) => p),
    meanBase: mean(forecasts, ({ base }) => base),
    winRate: mean(forecasts, ({ won }) => (won ? 1 : 0)),
    bins,
  };
}

function spreadOf(forecasts: readonly Scored[]): ForecastScore['spread'] {
  const sorted = forecasts.map(({ p }) => p).sort((a, b) => a - b);
  const centre = mean(sorted, (p) => p);
  const sd = Math.sqrt(mean(sorted, (p) => (p - centre) ** 2));
  return { sd, p5: quantile(sorted, 0.05), p95: quantile(sorted, 0.95) };
}
