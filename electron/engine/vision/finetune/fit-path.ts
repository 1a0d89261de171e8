import { fitHead, type LinearHead, type Rows, rowLosses, shippedHead } from './softmax-regression.ts';
import { HEADS, type HeadName, LOGITS, type TrainingSet } from './training-set.ts';
import { innerSplit } from './walk-forward.ts';

/** Penalties from "the shipped head, tempered" to nearly free; features are standardised. */
const PENALTIES = [1000, 10, 3, 1, 0.3, 0.1, 0.03, 0.01, 0.003];
/** The path ends once this many weaker penalties in a row were no better (early stopping). */
const PATIENCE = 2;
/** Rows that an inner split needs on either side; with fewer the strongest penalty stands. */
const FEWEST_ROWS = 20;

/** Mean and 1 / standard deviation of each feature over the rows fitted on. */
export interface Standard {
  mean: Float64Array;
  inverse: Float64Array;
}

export interface FittedHead {
  head: LinearHead;
  standard: Standard;
  l2: number;
}

/**
 * Fits one head on `rows` alone: the penalty is chosen by log-loss on an inner, purged split of these rows, then the head is fitted on all
 * of them.
 */
export function fitOn(set: TrainingSet, name: HeadName, rows: Int32Array): FittedHead {
  const { training, validation } = innerSplit(set, rows);
  const l2 =
    training.length < FEWEST_ROWS || validation.length < FEWEST_ROWS
      ? PENALTIES[0]!
      : choosePenalty(set, name, training, validation);
  const standard = standardOf(set, rows);
  const whole = rowsOf(set, name, rows, standard);
  let head = shippedHead(whole.classes, whole.dims);
  for (const penalty of PENALTIES.filter((each) => each >= l2)) head = fitHead(whole, penalty, head);
  return { head, standard, l2 };
}

function choosePenalty(set: TrainingSet, name: HeadName, training: Int32Array, validation: Int32Array): number {
  const standard = standardOf(set, training);
  const [fitted, tried] = [rowsOf(set, name, training, standard), rowsOf(set, name, validation, standard)];
  let head = shippedHead(fitted.classes, fitted.dims);
  let best = { l2: PENALTIES[0]!, loss: Infinity, at: 0 };
  for (const [at, l2] of PENALTIES.entries()) {
    head = fitHead(fitted, l2, head);
    const loss = mean(rowLosses(tried, head));
    if (loss < best.loss) best = { l2, loss, at };
    if (at - best.at >= PATIENCE) break;
  }
  return best.l2;
}

/** Rows of the set as the regression takes them, for one head. */
export function rowsOf(set: TrainingSet, name: HeadName, rows: Int32Array, standard: Standard): Rows {
  const { classes, at } = HEADS.find(({ head }) => head === name)!;
  const index = HEADS.findIndex(({ head }) => head === name);
  const { dims } = set;
  const features = new Float32Array(rows.length * dims);
  const offsets = new Float32Array(rows.length * classes);
  rows.forEach((row, i) => {
    for (let j = 0; j < dims; j++) {
      features[i * dims + j] = (set.features[row * dims + j]! - standard.mean[j]!) * standard.inverse[j]!;
    }
    for (let k = 0; k < classes; k++) offsets[i * classes + k] = set.shipped[row * LOGITS + at + k]!;
  });
  const labels = Uint8Array.from(rows, (row) => set.labels[row * HEADS.length + index]!);
  return { count: rows.length, dims, classes, features, offsets, labels };
}

function standardOf({ features, dims }: TrainingSet, rows: Int32Array): Standard {
  const total = new Float64Array(dims);
  const squares = new Float64Array(dims);
  for (const row of rows) {
    for (let j = 0; j < dims; j++) {
      const value = features[row * dims + j]!;
      total[j] = total[j]! + value;
      squares[j] = squares[j]! + value * value;
    }
  }
  const means = total.map((value) => value / rows.length);
  const inverse = squares.map((square, j) => {
    const variance = square / rows.length - means[j]! ** 2;
    return variance > 1e-12 ? 1 / Math.sqrt(variance) : 0;
  });
  return { mean: means, inverse };
}

/** The head for features as they come out of the network: the standardisation moved into weights and bias. */
export function unstandardised({ head, standard }: FittedHead, dims: number): LinearHead {
  const bias = head.bias.slice();
  const weights = head.weights.map((weight, i) => {
    const j = i % dims;
    const k = Math.floor(i / dims);
    const raw = weight * standard.inverse[j]!;
    bias[k] = bias[k]! - raw * standard.mean[j]!;
    return raw;
  });
  return { scale: head.scale, bias, weights };
}

const mean = (values: Float64Array): number => values.reduce((total, value) => total + value, 0) / values.length;
