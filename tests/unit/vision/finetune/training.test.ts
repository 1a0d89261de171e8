import { describe, expect, it } from 'vitest';
import { trainHeads } from '../../../../electron/engine/vision/finetune/train-heads.ts';
import { FOLDS } from '../../../../electron/engine/vision/finetune/walk-forward.ts';
import { isEnough } from '../../../../shared/domain/index.ts';
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
  it('count every validation window, once for each class, and tell how often it was right', () => {
    const { heads, validationWindows } = trainHeads(madeSet({ ...SIZE, symbols: 12, label: planted }, 6), 6);
    const { hitRates } = heads[0]!;
    expect(Object.keys(hitRates)).toEqual(['trending', 'mean_reverting', 'volatile', 'quiet']);
    const counts = Object.values(hitRates).map((own) => own.reduce((sum, { n }) => sum + n, 0));
    expect(counts).toEqual([validationWindows, validationWindows, validationWindows, validationWindows]);
    const bins = Object.values(hitRates).flat();
    expect(bins.reduce((sum, { n, hitRate }) => sum + n * (hitRate ?? 0), 0)).toBeCloseTo(counts[0]!, 6);
    const sure = bins.filter(({ from, n }) => from >= 0.5 && n > 10);
    expect(sure.length).toBeGreaterThan(0);
    for (const { hitRate } of sure) expect(hitRate).toBeGreaterThan(0.5);
  });

  it('are not those of one phase of a cycle that divides the span of a window', () => {
    // One symbol, a window every 16 bars, every fifth of them of the first class: a cycle of 80 bars, the span of a window with its horizon.
    const cycle = {
      ...SIZE,
      symbols: 1,
      label: (_: unknown, head: number, { row }: { row: number }) => (head === 1 && row % 5 === 0 ? 0 : 1),
    };
    const { heads, validationWindows } = trainHeads(madeSet(cycle, 8), 8);
    const bins = heads[1]!.hitRates.bullish!;
    const right = bins.reduce((sum, { n, hitRate }) => sum + n * (hitRate ?? 0), 0);
    expect(Math.abs(right - validationWindows / 5)).toBeLessThanOrEqual(FOLDS);
  });

  it('of one symbol stand beside its readings: a class that is nearly always right has a bin with windows and blocks enough', () => {
    const { heads } = trainHeads(madeSet({ ...SIZE, bars: 4800, symbols: 1, stride: 4, label: planted }, 9), 9);
    const bins = heads.flatMap(({ hitRates }) => Object.values(hitRates).flat());
    expect(bins.some(isEnough)).toBe(true);
    for (const { n, designEffect, blocks } of bins.filter(({ n }) => n > 0))
      expect(n / designEffect!).toBeLessThanOrEqual(blocks! + 1e-9);
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
