import type { LEAKAGE_VARIANTS } from '../../../../shared/domain/index.ts';
import type { Series } from '../../market/index.ts';

/** The name that a hidden series is given. */
export const HIDDEN = 'HIDDEN';

export type Variant = (typeof LEAKAGE_VARIANTS)[number];

/** Uniform numbers in [0, 1). */
export type Random = () => number;

/** 28 years of the Gregorian calendar within 1901 to 2099: weekdays, leap years and the length of months stay. */
const CYCLE = 10_227 * 86_400_000;
/** Deviation of the noise on a price, as a share of that of a step. */
const NOISE = 0.1;
/** Steps that tell the deviation of one. */
const RECENT = 64;

/**
 * The same bars shown otherwise: `hidden` under another name and 28 years earlier; `rescaled` times a factor of 0.1 to 10; `perturbed`
 * with each bar's prices moved by a tenth of a usual step.
 */
export function variantOf(series: Series, variant: Variant, random: Random): Series {
  if (variant === 'hidden') return hidden(series);
  if (variant === 'rescaled') {
    const factor = 10 ** (2 * random() - 1);
    return priced(series, () => factor);
  }
  const noise = NOISE * deviationOf(series.close);
  const factors = Float64Array.from(series.close, () => Math.exp(noise * normal(random)));
  return priced(series, (i) => factors[i]!);
}

const hidden = (series: Series): Series => ({
  ...series,
  symbol: HIDDEN,
  time: series.time.map((time) => time - CYCLE),
  asOf: series.asOf - CYCLE,
  marks: series.marks.map((mark) => ({ ...mark, time: mark.time - CYCLE })),
});

function priced(series: Series, factor: (index: number) => number): Series {
  const column = (prices: Float64Array | null) => prices?.map((price, i) => price * factor(i)) ?? null;
  const { open, high, low, close } = series;
  return { ...series, open: column(open), high: column(high), low: column(low), close: column(close)! };
}

/** Standard deviation of the logarithmic steps of the last bars. */
function deviationOf(close: Float64Array): number {
  const last = close.slice(-RECENT - 1);
  const steps = Array.from(last.slice(1), (price, i) => Math.log(price / last[i]!));
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return Math.sqrt(steps.reduce((sum, step) => sum + (step - mean) ** 2, 0) / steps.length);
}

/** A standard normal number (Box and Muller 1958). */
function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}
