import type { TrainingSet } from '../../../../electron/engine/vision/finetune/training-set.ts';
import { seeded } from '../../../support/engine.ts';

export const WINDOW = 64;
export const HORIZON = 16;
const CLASSES = [4, 3, 4];
const DAY = 86_400_000;

/** Standard normal numbers from a seed (Box-Muller). */
export function normals(seed: number): () => number {
  const uniform = seeded(seed);
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

export interface Made {
  bars: number;
  symbols: number;
  stride: number;
  dims: number;
  /** Class of a head from its window's features; the index of the head is 0 to 2. */
  label(features: Float32Array, head: number, draw: { uniform: () => number; block: number; row: number }): number;
}

/**
 * Windows without a network: features that drift slowly over time, as those of overlapping windows do, and logits of "shipped heads" that
 * know nothing of the labels.
 */
export function madeSet({ bars, symbols, stride, dims, label }: Made, seed: number): TrainingSet {
  const normal = normals(seed);
  const uniform = seeded(seed + 1);
  const ends: { end: number; symbol: number }[] = [];
  for (let end = WINDOW - 1; end + HORIZON < bars; end += stride) {
    for (let symbol = 0; symbol < symbols; symbol++) ends.push({ end, symbol });
  }
  const count = ends.length;
  const features = new Float32Array(count * dims);
  const labels = new Uint8Array(count * 3);
  const shipped = Float32Array.from({ length: count * 11 }, () => 0.5 * normal());
  const keep = Math.exp(-stride / WINDOW);
  const state = Array.from({ length: symbols }, () => Float64Array.from({ length: dims }, normal));
  ends.forEach(({ symbol, end }, row) => {
    const own = state[symbol]!;
    for (let j = 0; j < dims; j++) {
      own[j] = keep * own[j]! + Math.sqrt(1 - keep * keep) * normal();
      features[row * dims + j] = own[j]!;
    }
    for (let head = 0; head < 3; head++) {
      const block = Math.floor(end / (WINDOW + HORIZON));
      const seen = features.subarray(row * dims, (row + 1) * dims);
      labels[row * 3 + head] = Math.min(CLASSES[head]! - 1, label(seen, head, { uniform, block, row }));
    }
  });
  const times = (shift: number) => Float64Array.from(ends, ({ end }) => (end + shift) * DAY);
  return {
    ...{ count, dims, features, shipped, inForce: shipped.slice(), labels },
    series: Int32Array.from(ends, ({ symbol }) => symbol),
    first: times(1 - WINDOW),
    last: times(0),
    labelled: times(HORIZON),
    block: Int32Array.from(ends, ({ end }) => Math.floor(end / (WINDOW + HORIZON))),
    fresh: new Uint8Array(count).fill(1),
  };
}

/** The class is where the first features point: a rule that a linear head can find. */
export const planted: Made['label'] = (features, head, { uniform }) => {
  const classes = CLASSES[head]!;
  if (uniform() < 0.1) return Math.floor(uniform() * classes);
  const scores = Array.from({ length: classes }, (_, k) => features[k + 4 * head]!);
  return scores.indexOf(Math.max(...scores));
};

/** Any class, whatever the features. */
export const random: Made['label'] = (_, head, { uniform }) => Math.floor(uniform() * CLASSES[head]!);

/** Any class, but for all symbols the same over a whole block of time, as regimes of a market are. */
export const randomByBlock: Made['label'] = (_, head, { uniform, block }) => {
  if (uniform() < 0.25) return Math.floor(uniform() * CLASSES[head]!);
  return Math.floor(seeded(7919 * block + head)() * CLASSES[head]!);
};
