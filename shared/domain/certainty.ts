/** C or a probability in [0, 1] rounded down to two decimals: only a full 1 gives 1, whatever lies below never does. */
export function roundedDown(value: number): number {
  return value >= 1 ? value : Math.min(99, Math.floor(value * 100 + 1e-9)) / 100;
}

/** The same with its two decimals written out, for example 0.95. */
export const certaintyText = (value: number): string => roundedDown(value).toFixed(2);

/** A class's probability in [0, 1] rounded to the nearest hundredth: only a full 1 gives 1, whatever lies below never does. */
export const roundedProbability = (value: number): number =>
  value >= 1 ? value : Math.min(99, Math.round(value * 100)) / 100;

/** The same with its two decimals written out, for example 0.35 for 0.3489. */
export const probabilityText = (value: number): string => roundedProbability(value).toFixed(2);
