import { minimise } from './lbfgs.ts';

/** Windows as rows: features, logits of the shipped head, and the class that came true. */
export interface Rows {
  count: number;
  dims: number;
  classes: number;
  /** `count * dims`, standardised. */
  features: Float32Array;
  /** `count * classes`: logits that the new ones start from. */
  offsets: Float32Array;
  labels: Uint8Array;
}

/**
 * A linear head written as a correction of the shipped one: logits = scale * shipped + bias + weights * features. Since the shipped
 * logits are linear in the same features, so is the sum.
 */
export interface LinearHead {
  scale: number;
  /** One a class. */
  bias: Float64Array;
  /** `classes * dims`, row by row. */
  weights: Float64Array;
}

/** Keeps the scale defined where the shipped logits say nothing. */
const SCALE_L2 = 1e-3;

/**
 * Softmax regression with an L2 penalty: minimises mean(-log p of the class) + l2 / 2 * sum(weights^2). The penalty draws the head
 * to the shipped one with another temperature and bias, not to nothing.
 * @param l2 > 0 @param start where to begin, for a path of penalties @param tolerance largest slope left, nats
 */
export function fitHead(rows: Rows, l2: number, start?: LinearHead, tolerance = 1e-4): LinearHead {
  const { classes, dims } = rows;
  const x = pack(start ?? shippedHead(classes, dims));
  const probabilities = new Float64Array(classes);
  const { x: best } = minimise((at, gradient) => penalisedLoss(rows, l2, at, gradient, probabilities), x, {
    iterations: 150,
    tolerance,
  });
  return unpack(best, classes);
}

/** The shipped head as it is. */
export function shippedHead(classes: number, dims: number): LinearHead {
  return { scale: 1, bias: new Float64Array(classes), weights: new Float64Array(classes * dims) };
}

/** Log-loss of each row in nats. */
export function rowLosses(rows: Rows, head: LinearHead): Float64Array {
  const p = new Float64Array(rows.classes);
  const at = pack(head);
  return Float64Array.from({ length: rows.count }, (_, row) => {
    probabilitiesOf(rows, row, at, p);
    return -Math.log(Math.max(p[rows.labels[row]!]!, 1e-12));
  });
}

/** Probabilities of every row, `count * classes`. */
export function rowProbabilities(rows: Rows, head: LinearHead): Float64Array {
  const all = new Float64Array(rows.count * rows.classes);
  const at = pack(head);
  for (let row = 0; row < rows.count; row++) {
    probabilitiesOf(rows, row, at, all.subarray(row * rows.classes, (row + 1) * rows.classes));
  }
  return all;
}

/** Parameters in one array: scale, biases, weights. */
function pack({ scale, bias, weights }: LinearHead): Float64Array<ArrayBuffer> {
  return Float64Array.of(scale, ...bias, ...weights);
}

function unpack(x: Float64Array, classes: number): LinearHead {
  return { scale: x[0]!, bias: x.slice(1, 1 + classes), weights: x.slice(1 + classes) };
}

function penalisedLoss(rows: Rows, l2: number, x: Float64Array, gradient: Float64Array, p: Float64Array): number {
  const { count, classes, labels, offsets } = rows;
  const first = 1 + classes;
  let loss = 0;
  gradient.fill(0);
  for (let row = 0; row < count; row++) {
    probabilitiesOf(rows, row, x, p);
    const label = labels[row]!;
    loss -= Math.log(Math.max(p[label]!, 1e-300));
    p[label] = p[label]! - 1;
    for (let k = 0; k < classes; k++) {
      gradient[0] = gradient[0]! + p[k]! * offsets[row * classes + k]!;
      gradient[1 + k] = gradient[1 + k]! + p[k]!;
    }
    addOuter(rows, row, p, gradient, first);
  }
  for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! / count;
  let penalty = (SCALE_L2 / 2) * (x[0]! - 1) ** 2;
  gradient[0] = gradient[0]! + SCALE_L2 * (x[0]! - 1);
  for (let i = first; i < x.length; i++) {
    penalty += (l2 / 2) * x[i]! * x[i]!;
    gradient[i] = gradient[i]! + l2 * x[i]!;
  }
  return loss / count + penalty;
}

function addOuter(
  { features, dims, classes }: Rows,
  row: number,
  p: Float64Array,
  into: Float64Array,
  at: number,
): void {
  const from = row * dims;
  for (let k = 0; k < classes; k++) {
    const factor = p[k]!;
    const to = at + k * dims;
    for (let j = 0; j < dims; j++) into[to + j] = into[to + j]! + factor * features[from + j]!;
  }
}

/** Softmax of one row's logits at the packed parameters `x`, into `p`. */
function probabilitiesOf(rows: Rows, row: number, x: Float64Array, p: Float64Array): void {
  const { features, offsets, dims, classes } = rows;
  const from = row * dims;
  let highest = -Infinity;
  for (let k = 0; k < classes; k++) {
    const weights = 1 + classes + k * dims;
    let logit = x[0]! * offsets[row * classes + k]! + x[1 + k]!;
    for (let j = 0; j < dims; j++) logit += x[weights + j]! * features[from + j]!;
    p[k] = logit;
    if (logit > highest) highest = logit;
  }
  let total = 0;
  for (let k = 0; k < classes; k++) {
    p[k] = Math.exp(p[k]! - highest);
    total += p[k]!;
  }
  for (let k = 0; k < classes; k++) p[k] = p[k]! / total;
}
