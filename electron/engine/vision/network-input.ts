import { scaleWindow } from './scale.ts';

/**
 * A window as the network reads it: log closes scaled to [-1, 1], x = 2 (log p - min) / (max - min) - 1; a flat window gives zeros
 * (model card, "preprocessing"). Fields, features and scores are of the closes themselves: `scaleWindow`.
 * @param closes prices > 0, any currency; the result does not depend on their unit
 */
export function networkInput(closes: Float64Array): Float64Array {
  const plain = scaleWindow(closes);
  if (plain.every((x) => x === 0)) return plain;
  const low = closes.reduce((least, close) => Math.min(least, close));
  return scaleWindow(closes.map((close) => Math.log(close / low)));
}
