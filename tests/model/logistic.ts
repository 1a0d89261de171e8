/** A multinomial logistic regression of four classes, as class probabilities of a row of features. */
export type Logistic = (row: readonly number[]) => number[];

const CLASSES = 4;
const STEPS = 400;
const RATE = 1;

const softmax = (logits: readonly number[]): number[] => {
  const top = Math.max(...logits);
  const weights = logits.map((value) => Math.exp(value - top));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => weight / sum);
};

/** Fits by gradient descent with momentum over standardized features, which for this convex loss ends where any solver does. */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly number[]): Logistic {
  const width = rows[0]!.length;
  const columns = Array.from({ length: width }, (_, j) => rows.map((row) => row[j]!));
  const center = columns.map((column) => column.reduce((a, b) => a + b, 0) / column.length);
  const spread = columns.map((column, j) =>
    Math.sqrt(column.reduce((sum, value) => sum + (value - center[j]!) ** 2, 0) / column.length),
  );
  const standard = (row: readonly number[]) => [1, ...row.map((value, j) => (value - center[j]!) / spread[j]!)];
  const weights = Array.from({ length: CLASSES }, () => new Float64Array(width + 1));
  const momentum = weights.map((one) => one.slice());
  const logits = (x: readonly number[]) => weights.map((one) => x.reduce((sum, value, j) => sum + value * one[j]!, 0));
  const data = rows.map(standard);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((one) => one.map(() => 0));
    data.forEach((x, i) => {
      softmax(logits(x)).forEach((p, c) => {
        const error = (p - Number(labels[i] === c)) / data.length;
        x.forEach((value, j) => {
          gradient[c]![j]! += error * value;
        });
      });
    });
    weights.forEach((one, c) => {
      one.forEach((_, j) => {
        momentum[c]![j] = 0.9 * momentum[c]![j]! - RATE * 0.1 * gradient[c]![j]!;
        one[j]! += momentum[c]![j]!;
      });
    });
  }
  return (row) => softmax(logits(standard(row)));
}
