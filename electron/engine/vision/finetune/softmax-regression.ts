import { minimise } from './lbfgs.ts';
import { addLogits, addOuters } from './row-products.ts';

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
  const { count, classes, dims } = rows;
  const x = pack(start ?? shippedHead(classes, dims));
  const probabilities = new Float64Array(count * classes);
  const { x: best } = minimise((at, gradient) => penalisedLoss(rows, l2, at, gradient, probabilities), x, {
    iterations: 150,
    tolerance,
    inverse: inverseCurvature(x.length, classes, l2),
  });
  return unpack(best, classes);
}

/** Curvature of a standardised feature's log-loss, about p (1 - p); the penalty adds to that of the weights. */
const CURVATURE = 0.2;

const inverseCurvature = (length: number, classes: number, l2: number): Float64Array =>
  new Float64Array(length).fill(1 / CURVATURE, 0, 1 + classes).fill(1 / (CURVATURE + l2), 1 + classes);

/** The shipped head as it is. */
export function shippedHead(classes: number, dims: number): LinearHead {
  return { scale: 1, bias: new Float64Array(classes), weights: new Float64Array(classes * dims) };
}

/** Log-loss of each row in nats. */
export function rowLosses(rows: Rows, head: LinearHead): Float64Array {
  const p = rowProbabilities(rows, head);
  const ofClass = (row: number) => p[row * rows.classes + rows.labels[row]!]!;
  return Float64Array.from({ length: rows.count }, (_, row) => -Math.log(Math.max(ofClass(row), 1e-12)));
}

/** Probabilities of every row, `count * classes`. */
export function rowProbabilities(rows: Rows, head: LinearHead): Float64Array {
  const all = new Float64Array(rows.count * rows.classes);
  probabilitiesOf(rows, pack(head), all);
  return all;
}

/** Parameters in one array: scale, biases, weights. */
function pack({ scale, bias, weights }: LinearHead): Float64Array<ArrayBuffer> {
  return Float64Array.of(scale, ...bias, ...weights);
}

function unpack(x: Float64Array, classes: number): LinearHead {
  return { scale: x[0]!, bias: x.slice(1, 1 + classes), weights: x.slice(1 + classes) };
}

/** @param p room for `count * classes` values */
function penalisedLoss(rows: Rows, l2: number, x: Float64Array, gradient: Float64Array, p: Float64Array): number {
  const { count, classes, labels, offsets } = rows;
  const first = 1 + classes;
  let loss = 0;
  gradient.fill(0);
  probabilitiesOf(rows, x, p);
  for (let row = 0; row < count; row++) {
    const own = row * classes + labels[row]!;
    loss -= Math.log(Math.max(p[own]!, 1e-300));
    p[own] = p[own]! - 1;
    for (let k = 0; k < classes; k++) {
      const slope = p[row * classes + k]!;
      gradient[0] = gradient[0]! + slope * offsets[row * classes + k]!;
      gradient[1 + k] = gradient[1 + k]! + slope;
    }
  }
  addOuters(rows, classes, p, gradient, first);
  for (let i = 0; i < gradient.length; i++) gradient[i] = gradient[i]! / count;
  let penalty = (SCALE_L2 / 2) * (x[0]! - 1) ** 2;
  gradient[0] = gradient[0]! + SCALE_L2 * (x[0]! - 1);
  for (let i = first; i < x.length; i++) {
    penalty += (l2 / 2) * x[i]! * x[i]!;
    gradient[i] = gradient[i]! + l2 * x[i]!;
  }
  return loss / count + penalty;
}

/** Softmax of every row's logits at the packed parameters `x`, into `p`. */
function probabilitiesOf(rows: Rows, x: Float64Array, p: Float64Array): void {
  const { count, offsets, classes } = rows;
  for (let i = 0; i < count * classes; i++) p[i] = x[0]! * offsets[i]! + x[1 + (i % classes)]!;
  addLogits(rows, classes, x, 1 + classes, p);
  for (let row = 0; row < count; row++) softmaxInPlace(p, row * classes, classes);
}

function softmaxInPlace(p: Float64Array, from: number, classes: number): void {
  let highest = -Infinity;
  for (let i = from; i < from + classes; i++) highest = Math.max(highest, p[i]!);
  let total = 0;
  for (let i = from; i < from + classes; i++) {
    p[i] = Math.exp(p[i]! - highest);
    total += p[i]!;
  }
  for (let i = from; i < from + classes; i++) p[i] = p[i]! / total;
}
