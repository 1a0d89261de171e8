import type { Lean } from '../lean.ts';
import type { Calibration } from './fit.ts';
import { logit, sigmoid } from './logit.ts';

/** Below this many outcomes P(correct) is called uncalibrated and no figure is given. */
export const CALIBRATED_FROM = 50;

/** Jeffreys' prior, for versions that were kept before the base rate had one: a group of them may hold no win, or nothing else. */
const LEAST = 0.5;

/** P(correct) of one forecast; [low, high] is its 95 % interval. */
export interface Forecast {
  value: number;
  low: number;
  high: number;
  /** How often that side wins by the same outcomes, in (0, 1). */
  baseRate: number;
}

/**
 * P(correct) of a setup with the given side, rule and signal confidence, or null below 50 outcomes. The interval is taken in
 * log-odds, where a Beta(a, b) has about the variance 1/a + 1/b, plus that of the slope.
 */
export function predictCorrect(calibration: Calibration, { side, rule }: Lean, confidence: number): Forecast | null {
  if (calibration.n < CALIBRATED_FROM) return null;
  const group = calibration.groups[side][rule];
  const [wins, others] = [group.wins || LEAST, group.others || LEAST];
  const { slope } = calibration;
  const baseRate = calibration.base[side];
  const z = slope ? (confidence - slope.mean) / slope.sd : 0;
  const centre = logit(wins / (wins + others)) + (slope ? slope.value * z : 0);
  const deviation = Math.sqrt(1 / wins + 1 / others + (slope ? (slope.error * z) ** 2 : 0));
  const at = (deviations: number) => sigmoid(centre + deviations * deviation);
  return { value: at(0), low: at(-1.96), high: at(1.96), baseRate };
}
