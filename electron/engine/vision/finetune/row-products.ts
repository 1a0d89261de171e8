/** Rows whose sums run side by side, so that none of them waits for the last addition of another. */
const ABREAST = 4;

/** A table of `count * dims` features, row by row. */
export interface FeatureTable {
  count: number;
  dims: number;
  features: Float32Array;
}

/**
 * Adds weights * features to each row's logits. Every sum is taken in the order of the features, however the rows are grouped.
 * @param weights `classes * dims` values of `x` from `at` on @param logits `count * classes`, row by row
 */
export function addLogits(
  table: FeatureTable,
  classes: number,
  x: Float64Array,
  at: number,
  logits: Float64Array,
): void {
  const { count, dims, features } = table;
  const whole = count - (count % ABREAST);
  for (let row = 0; row < whole; row += ABREAST) {
    const a = row * dims;
    const b = a + dims;
    const c = b + dims;
    const d = c + dims;
    for (let k = 0; k < classes; k++) {
      const w = at + k * dims;
      const to = row * classes + k;
      let sumA = logits[to]!;
      let sumB = logits[to + classes]!;
      let sumC = logits[to + 2 * classes]!;
      let sumD = logits[to + 3 * classes]!;
      for (let j = 0; j < dims; j++) {
        const weight = x[w + j]!;
        sumA += weight * features[a + j]!;
        sumB += weight * features[b + j]!;
        sumC += weight * features[c + j]!;
        sumD += weight * features[d + j]!;
      }
      logits[to] = sumA;
      logits[to + classes] = sumB;
      logits[to + 2 * classes] = sumC;
      logits[to + 3 * classes] = sumD;
    }
  }
  for (let row = whole; row < count; row++) {
    for (let k = 0; k < classes; k++) {
      const w = at + k * dims;
      let sum = logits[row * classes + k]!;
      for (let j = 0; j < dims; j++) sum += x[w + j]! * features[row * dims + j]!;
      logits[row * classes + k] = sum;
    }
  }
}

/**
 * Adds the outer product of each row's slopes and its features to a gradient, in the order of the rows.
 * @param slopes `count * classes`, row by row @param into `classes * dims` values from `at` on
 */
export function addOuters(
  table: FeatureTable,
  classes: number,
  slopes: Float64Array,
  into: Float64Array,
  at: number,
): void {
  const { count, dims, features } = table;
  const whole = count - (count % ABREAST);
  for (let row = 0; row < whole; row += ABREAST) {
    const a = row * dims;
    const b = a + dims;
    const c = b + dims;
    const d = c + dims;
    for (let k = 0; k < classes; k++) {
      const to = at + k * dims;
      const from = row * classes + k;
      const slopeA = slopes[from]!;
      const slopeB = slopes[from + classes]!;
      const slopeC = slopes[from + 2 * classes]!;
      const slopeD = slopes[from + 3 * classes]!;
      for (let j = 0; j < dims; j++) {
        const two = into[to + j]! + slopeA * features[a + j]! + slopeB * features[b + j]!;
        into[to + j] = two + slopeC * features[c + j]! + slopeD * features[d + j]!;
      }
    }
  }
  for (let row = whole; row < count; row++) {
    for (let k = 0; k < classes; k++) {
      const to = at + k * dims;
      const slope = slopes[row * classes + k]!;
      for (let j = 0; j < dims; j++) into[to + j] = into[to + j]! + slope * features[row * dims + j]!;
    }
  }
}
