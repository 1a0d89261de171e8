/** A range below this share of the price is rounding, not movement: the window counts as flat. */
const FLAT = 1e-13;

/**
 * Scales closes to [-1, 1] over the window: ((p - max) + (p - min)) / (max - min); a flat window gives zeros
 * (DEFINITIONS 2).
 * @param close prices > 0, any currency
 * @param out receives the values where given (same length)
 */
export function scaleWindow(close: Float64Array, out = new Float64Array(close.length)): Float64Array {
  scaleRange(close, 0, close.length, out);
  return out;
}

/** `scaleWindow` of `close[offset .. offset + bars)` without a copy. */
export function scaleRange(close: Float64Array, offset: number, bars: number, out: Float64Array): void {
  const end = offset + bars;
  let low = Infinity;
  let high = -Infinity;
  for (let i = offset; i < end; i++) {
    const price = close[i]!;
    if (price < low) low = price;
    if (price > high) high = price;
  }
  const span = high - low;
  const flat = !(span > FLAT * Math.max(Math.abs(low), Math.abs(high)));
  for (let i = 0; i < bars; i++) {
    const price = close[offset + i]!;
    const x = flat ? 0 : (price - high + (price - low)) / span;
    out[i] = x > 1 ? 1 : x < -1 ? -1 : x;
  }
}

/** s_i = sqrt(1 - x_i^2), the sine of the angle whose cosine is x_i. */
export function sines(x: Float64Array, out = new Float64Array(x.length)): Float64Array {
  for (let i = 0; i < x.length; i++) out[i] = Math.sqrt(Math.max(0, 1 - x[i]! * x[i]!));
  return out;
}
