const BINS = 16;
const GRID = 1e9;

/**
 * Shannon entropy (bits) of a 16-bin histogram on [-1, 1], divided by 4: 0 = ordered, 1 = spread out (DEFINITIONS 3).
 * Values are rounded to 1e-9 first, so that one lying on a bin's edge stays in its bin whatever the last digits say.
 */
export function entropy(values: Float64Array): number {
  const counts = new Float64Array(BINS);
  for (const value of values) {
    const bin = Math.floor((Math.round(value * GRID) + GRID) / ((2 * GRID) / BINS));
    counts[Math.min(BINS - 1, Math.max(0, bin))]! += 1;
  }
  let bits = 0;
  for (const count of counts) if (count > 0) bits -= (count / values.length) * Math.log2(count / values.length);
  return bits / Math.log2(BINS);
}
