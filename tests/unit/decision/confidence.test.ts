import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binaryEntropy,
  channelCapacity,
  numericConfidence,
  poolRegimes,
  topRegime,
} from '../../../electron/engine/decision/index.ts';

describe('signal confidence', () => {
  // Values by hand: H2(0.11) = 0.4999..., the textbook example of a channel of half a bit (Cover & Thomas, 7.1.4).
  it.each([
    [0, 1],
    [0.11, 0.500084],
    [0.25, 0.188722],
    [0.5, 0],
    [0.9, 0],
    [-0.2, 1],
  ])('channelCapacity(%d) = %d', (eps, capacity) => {
    expect(channelCapacity(eps)).toBeCloseTo(capacity, 6);
  });

  it('meets the original rule: C >= 0.78 exactly where eps <= 0.0352', () => {
    expect(channelCapacity(0.0352)).toBeGreaterThanOrEqual(0.78);
    expect(channelCapacity(0.0353)).toBeLessThan(0.78);
  });

  it('has an entropy that is symmetric and at most one bit', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (p) => {
        expect(binaryEntropy(p)).toBeCloseTo(binaryEntropy(1 - p), 9);
        expect(binaryEntropy(p)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('gives no interval for a single look, which has no standard error', () => {
    expect(numericConfidence(0.97, [0.97])).toMatchObject({ eps: expect.closeTo(0.03, 12), interval: null, asks: 1 });
  });

  it('spans 1.96 standard errors of the looks around the pooled doubt', () => {
    // looks 0.9, 0.95, 1: sd 0.05, se 0.05 / sqrt(3) = 0.0288675, margin 0.0565803; eps 0.06 -> [0.0034197, 0.1165803]
    const { interval, value } = numericConfidence(0.94, [0.9, 0.95, 1]);
    expect(interval![0]).toBeCloseTo(1 - binaryEntropy(0.1165803), 6);
    expect(interval![1]).toBeCloseTo(1 - binaryEntropy(0.0034197), 6);
    expect(value).toBeGreaterThan(interval![0]);
  });

  it('is zero where the judge is no better than a coin', () => {
    expect(numericConfidence(0.4, [0.4]).value).toBe(0);
  });
});

describe('pooling of regimes', () => {
  const look = (trending: number, mean_reverting: number, volatile: number, quiet: number) => ({
    trending,
    mean_reverting,
    volatile,
    quiet,
  });

  it('is the normalised geometric mean', () => {
    // sqrt(0.8*0.2)=0.4, sqrt(0.1*0.4)=0.2, sqrt(0.05*0.2)=0.1, sqrt(0.05*0.2)=0.1; sum 0.8
    const pooled = poolRegimes([look(0.8, 0.1, 0.05, 0.05), look(0.2, 0.4, 0.2, 0.2)]);
    expect(pooled.trending).toBeCloseTo(0.5, 12);
    expect(pooled.mean_reverting).toBeCloseTo(0.25, 12);
    expect(pooled.volatile).toBeCloseTo(0.125, 12);
  });

  it('leaves a single look as it is and takes the order of looks for nothing', () => {
    const [a, b, c] = [look(0.7, 0.1, 0.1, 0.1), look(0.1, 0.6, 0.2, 0.1), look(0.3, 0.3, 0.3, 0.1)];
    expect(poolRegimes([a])).toEqual(a);
    const [forth, back] = [poolRegimes([a, b, c]), poolRegimes([c, b, a])];
    for (const regime of ['trending', 'quiet'] as const) expect(forth[regime]).toBeCloseTo(back[regime], 14);
  });

  it('survives a class that one look rules out', () => {
    const pooled = poolRegimes([look(0, 0.5, 0.25, 0.25), look(0.9, 0.05, 0.03, 0.02)]);
    expect(pooled.trending + pooled.mean_reverting + pooled.volatile + pooled.quiet).toBeCloseTo(1, 12);
    expect(topRegime(pooled)).toBe('mean_reverting');
  });
});
