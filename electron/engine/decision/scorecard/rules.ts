export { wilson } from '../../platform/index.ts';

/** A forecast P that something happens, and whether it did. */
export interface Scored {
  p: number;
  won: boolean;
}

/** Smallest probability whose logarithm is taken. */
const FLOOR = 1e-6;

/** Mean squared distance of forecast and outcome (Brier 1950); 0 is perfect. */
export const brier = (forecasts: readonly Scored[]): number => mean(forecasts, squaredError);

/** Mean negative logarithm of the probability given to what happened, in nats. */
export function logLoss(forecasts: readonly Scored[]): number {
  return mean(forecasts, ({ p, won }) => -Math.log(Math.max(FLOOR, won ? p : 1 - p)));
}

/** Brier skill over a reference forecast of the same outcomes: 1 - Brier / Brier of the reference; 0 = no better. */
export function brierSkill(forecasts: readonly Scored[], reference: readonly Scored[]): number {
  const against = brier(reference);
  return against === 0 ? 0 : 1 - brier(forecasts) / against;
}

export const squaredError = ({ p, won }: Scored): number => (p - (won ? 1 : 0)) ** 2;

export function mean<T>(values: readonly T[], of: (value: T) => number): number {
  return values.reduce((sum, value) => sum + of(value), 0) / values.length;
}
