import { powerSpectrum, withoutLine } from './spectrum.ts';
import { total } from './statistics.ts';

/** Powers closer than this, relative to the largest, are one height: the longer cycle wins. */
const TIE = 1e-9;
/** Power below this share of the whole is rounding. */
const ROUNDING = 1e-20;

/**
 * Share and length (bars) of the strongest cycle between 2 and floor(n/3) turns of the window, of x minus its
 * least-squares line; both 0 where that residual's energy is below 1e-9 n (DEFINITIONS 3).
 */
export function strongestCycle(x: Float64Array): { strength: number; period: number } {
  const n = x.length;
  const residual = withoutLine(x);
  let energy = 0;
  for (const value of residual) energy += value * value;
  if (energy < 1e-9 * n) return { strength: 0, period: 0 };
  const power = powerSpectrum(residual);
  const all = total(power.subarray(1));
  const k = firstPeak(power, Math.floor(n / 3), all);
  return { strength: power[k]! / all, period: n / k };
}

function firstPeak(power: Float64Array, last: number, all: number): number {
  let highest = 0;
  for (let k = 2; k <= last; k++) highest = Math.max(highest, power[k]!);
  const level = highest * (1 - TIE) - ROUNDING * all;
  let k = 2;
  while (k < last && power[k]! < level) k++;
  return k;
}
