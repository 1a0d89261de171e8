import { describe, expect, it } from 'vitest';
import { seeded as seededRandom } from '../../../../electron/engine/platform/index.ts';
import { blockMean } from '../../../../electron/engine/vision/finetune/block-bootstrap.ts';
import { minimise } from '../../../../electron/engine/vision/finetune/lbfgs.ts';
import {
  fitHead,
  type Rows,
  rowProbabilities,
} from '../../../../electron/engine/vision/finetune/softmax-regression.ts';
import { innerSplit, walkForward } from '../../../../electron/engine/vision/finetune/walk-forward.ts';
import { madeSet, normals, random, WINDOW } from './support.ts';

/** Two classes, one feature of +1 or -1; class 1 comes in `hits` of `each` rows where the feature is +1, and the other way round. */
function coin(hits: number, each: number): Rows {
  const rows = [1, -1].flatMap((sign) => Array.from({ length: each }, (_, i) => ({ sign, hit: i < hits })));
  return {
    ...{ count: rows.length, dims: 1, classes: 2 },
    features: Float32Array.from(rows, ({ sign }) => sign),
    offsets: new Float32Array(2 * rows.length),
    labels: Uint8Array.from(rows, ({ sign, hit }) => Number(sign > 0 === hit)),
  };
}

describe('softmax regression', () => {
  it('without a penalty gives the log odds of a coin: ln(0.8 / 0.2)', () => {
    const { weights, bias } = fitHead(coin(80, 100), 1e-9, undefined, 1e-7);
    expect(weights[1]! - weights[0]!).toBeCloseTo(Math.log(4), 3);
    expect(bias[1]! - bias[0]!).toBeCloseTo(0, 4);
  });

  it('with a penalty solves its stationary equation: p - 0.8 + l2 w = 0 with p = sigmoid(2 w)', () => {
    const l2 = 0.1;
    const w = bisect((at) => 1 / (1 + Math.exp(-2 * at)) - 0.8 + l2 * at);
    const { weights } = fitHead(coin(80, 100), l2, undefined, 1e-7);
    expect(weights[1]).toBeCloseTo(w, 4);
    expect(weights[0]).toBeCloseTo(-w, 4);
  });

  it('under a heavy penalty answers with the class shares, and keeps a right offset as it is', () => {
    const rows = { ...coin(100, 100), labels: Uint8Array.from({ length: 200 }, (_, i) => Number(i % 10 < 3)) };
    expect(rowProbabilities(rows, fitHead(rows, 1e6, undefined, 1e-6))[1]).toBeCloseTo(0.3, 3);
    const offsets = Float32Array.from(rows.labels, (_, i) => [0, Math.log(3 / 7)][i % 2]!);
    const wide = Float32Array.from({ length: 400 }, (_, i) => offsets[i % 2]!);
    const { scale, bias } = fitHead({ ...rows, offsets: wide }, 1e6, undefined, 1e-6);
    expect(scale * Math.log(3 / 7) + bias[1]! - bias[0]!).toBeCloseTo(Math.log(3 / 7), 3);
  });
});

function bisect(f: (x: number) => number): number {
  let [low, high] = [0, 10];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (f(middle) < 0) low = middle;
    else high = middle;
  }
  return low;
}

describe('L-BFGS', () => {
  it('finds the minimum of a badly scaled quadratic', () => {
    const at = [3, -2, 0.5];
    const curvature = [1, 1000, 0.01];
    const { x } = minimise(
      (point, gradient) => {
        let value = 0;
        point.forEach((p, i) => {
          gradient[i] = curvature[i]! * (p - at[i]!);
          value += (curvature[i]! / 2) * (p - at[i]!) ** 2;
        });
        return value;
      },
      new Float64Array(3),
      { tolerance: 1e-9 },
    );
    at.forEach((value, i) => {
      expect(x[i]).toBeCloseTo(value, 5);
    });
  });
});

describe('walk-forward folds', () => {
  const set = madeSet({ bars: 2000, symbols: 3, stride: 4, dims: 2, label: random }, 1);

  it('expand in time, and no bar of a label or window is on both sides', () => {
    const folds = walkForward(set);
    expect(folds.length).toBe(5);
    folds.forEach(({ training, validation }, k) => {
      const latest = Math.max(...Array.from(training, (row) => set.labelled[row]!));
      const earliest = Math.min(...Array.from(validation, (row) => set.first[row]!));
      expect(latest).toBeLessThan(earliest);
      if (k > 0) expect(training.length).toBeGreaterThan(folds[k - 1]!.training.length);
    });
  });

  it('lie window + horizon bars apart, by the last bars of either side', () => {
    for (const { training, validation } of walkForward(set)) {
      const gap =
        Math.min(...Array.from(validation, (row) => set.last[row]!)) -
        Math.max(...Array.from(training, (row) => set.last[row]!));
      expect(gap / 86_400_000).toBeGreaterThanOrEqual(WINDOW + 16);
    }
  });

  it('validate on every window once, and never on one that the heads in force know', () => {
    const known = { ...set, fresh: set.fresh.map((_, row) => Number(row % 3 !== 0)) };
    const rows = walkForward(known).flatMap(({ validation }) => [...validation]);
    expect(new Set(rows).size).toBe(rows.length);
    expect(rows.every((row) => row % 3 !== 0)).toBe(true);
  });

  it('choose the penalty inside the training part alone', () => {
    const { training } = walkForward(set)[2]!;
    const inner = innerSplit(set, training);
    const own = new Set(training);
    expect([...inner.training, ...inner.validation].every((row) => own.has(row))).toBe(true);
    expect(Math.max(...Array.from(inner.training, (row) => set.labelled[row]!))).toBeLessThan(
      Math.min(...Array.from(inner.validation, (row) => set.first[row]!)),
    );
  });
});

describe('the interval over blocks of time', () => {
  it('misses a true gain of nothing on its low side in about 2.5 % of samples, with 12 blocks of like windows', () => {
    let above = 0;
    const trials = 600;
    for (let seed = 0; seed < trials; seed++) {
      const normal = normals(seed);
      const blocks = Int32Array.from({ length: 120 }, (_, i) => Math.floor(i / 10));
      const levels = Float64Array.from({ length: 12 }, normal);
      const differences = Float64Array.from(blocks, (block) => levels[block]! + 0.3 * normal());
      if (blockMean(differences, blocks, 0.025, seededRandom(seed)).low > 0) above += 1;
    }
    expect(above / trials).toBeLessThan(0.045);
    expect(above / trials).toBeGreaterThan(0.008);
  });

  it('counts windows, not blocks: by hand', () => {
    const { value } = blockMean(Float64Array.of(1, 1, 4), Int32Array.of(0, 0, 1), 0.025, seededRandom(1));
    expect(value).toBe(2);
  });
});
