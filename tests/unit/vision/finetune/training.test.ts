import { describe, expect, it } from 'vitest';
import { trainHeads } from '../../../../electron/engine/vision/finetune/train-heads.ts';
import { madeSet, planted, random, randomByBlock } from './support.ts';

const SIZE = { bars: 2400, symbols: 4, stride: 16, dims: 24 };
const SEEDS = Array.from({ length: 40 }, (_, seed) => seed + 1);

describe('heads fitted on a planted rule', () => {
  it.each([1, 2, 3])('find it and are kept (seed %i)', (seed) => {
    const { heads } = trainHeads(madeSet({ ...SIZE, label: planted }, seed), seed);
    for (const { better, gain, fresh, old } of heads) {
      expect(better).toBe(true);
      expect(gain.low).toBeGreaterThan(0);
      expect(fresh.accuracy).toBeGreaterThan(old.accuracy + 0.2);
    }
  });

  it('are not kept where the heads in force know the rule already', () => {
    const set = madeSet({ ...SIZE, label: planted }, 4);
    const right = new Float32Array(set.count * 11).fill(-2.5);
    for (let row = 0; row < set.count; row++) {
      [0, 4, 7].forEach((at, head) => {
        right[row * 11 + at + set.labels[row * 3 + head]!] = 2.5;
      });
    }
    const { heads } = trainHeads({ ...set, inForce: right }, 1);
    expect(heads.map(({ better }) => better)).toEqual([false, false, false]);
  });
});

describe('heads fitted on random labels', () => {
  it.each([
    { labels: 'any at all', label: random },
    { labels: 'any, but alike over blocks of time', label: randomByBlock },
  ])('$labels: no more than 5 % of 40 seeds keep any', ({ label }) => {
    const size = { ...SIZE, bars: 2000, symbols: 3, dims: 12 };
    const kept = SEEDS.filter((seed) =>
      trainHeads(madeSet({ ...size, label }, seed), seed).heads.some(({ better }) => better),
    );
    expect(kept.length).toBeLessThanOrEqual(2);
  });
});

describe('hit rates of the new heads', () => {
  it('count validation windows that share no bar, each once for each class, and tell how often it was right', () => {
    const { heads, validationWindows } = trainHeads(madeSet({ ...SIZE, symbols: 12, label: planted }, 6), 6);
    const { hitRates } = heads[0]!;
    expect(Object.keys(hitRates)).toEqual(['trending', 'mean_reverting', 'volatile', 'quiet']);
    const counts = Object.values(hitRates).map((own) => own.reduce((sum, { n }) => sum + n, 0));
    // A window with its horizon spans 80 bars, and one was taken every 16: one in five, once for each symbol and stretch.
    expect(new Set(counts).size).toBe(1);
    expect(counts[0]).toBeGreaterThan(validationWindows / 7);
    expect(counts[0]).toBeLessThanOrEqual(Math.ceil(validationWindows / 5) + 12);
    const bins = Object.values(hitRates).flat();
    expect(bins.reduce((sum, { n, hitRate }) => sum + n * (hitRate ?? 0), 0)).toBeCloseTo(counts[0]!, 6);
    const sure = bins.filter(({ from, n }) => from >= 0.5 && n > 10);
    expect(sure.length).toBeGreaterThan(0);
    for (const { hitRate } of sure) expect(hitRate).toBeGreaterThan(0.5);
  });
});

describe('too little to validate on', () => {
  it('is refused with the number that is needed', () => {
    const few = madeSet({ ...SIZE, bars: 900, symbols: 1, label: planted }, 1);
    expect(() => trainHeads(few, 1)).toThrow(/needs at least 10 .*these bars give [0-9]/);
  });

  it('so is a series that the heads in force have seen', () => {
    const seen = { ...madeSet({ ...SIZE, label: planted }, 1), fresh: new Uint8Array(100_000) };
    expect(() => trainHeads(seen, 1)).toThrow(/give 0/);
  });
});
