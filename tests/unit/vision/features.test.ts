import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { features, scaleWindow } from '../../../electron/engine/vision/index.ts';
import { FEATURE_NAMES, type Features } from '../../../shared/domain/index.ts';
import { referenceFeatures, referenceScale } from './reference.ts';
import { flat, gallery, jump, line, randomOf, randomWalk, sine } from './windows.ts';

const of = (prices: Float64Array) => features(scaleWindow(prices));

function expectClose(found: Features, expected: Features, what: string): void {
  for (const name of FEATURE_NAMES) {
    expect(Math.abs(found[name] - expected[name]), `${what}: ${name}`).toBeLessThanOrEqual(1e-9);
  }
}

describe('the 13 features', () => {
  it.each([8, 32, 33, 64, 65, 100, 127, 256])('equal the formulas within 1e-9 for windows of %i bars', (n) => {
    for (let seed = 0; seed < 3; seed++) {
      for (const [name, prices] of gallery(n, 1000 * seed + n)) {
        expectClose(of(prices), referenceFeatures(referenceScale(prices)), `${name}, ${n} bars, seed ${seed}`);
      }
    }
  });

  it('have the values worked out by hand for a flat window', () => {
    // x = 0, s = 1: g = -1 and d = 0 everywhere, a = 1
    expect(of(flat(64))).toEqual({
      diagonal_mean: -1,
      diagonal_std: 0,
      trend_score: 0,
      symmetry: 0,
      momentum: 0,
      recent_strength: 1,
      field_mean: -1,
      field_std: 0,
      persistence: 0,
      entropy: 0,
      cycle_strength: 0,
      cycle_period: 0,
      burst_share: 0,
    });
  });

  it('have the values worked out by hand for one clean jump in eight bars', () => {
    // four bars at -1, four at 1: g = 1 within a half and -1 across, s = 0 so d = 0 and a = x_i x_j
    const found = of(Float64Array.of(1, 1, 1, 1, 2, 2, 2, 2));
    expect(found.diagonal_mean).toBeCloseTo(1, 12);
    expect(found.diagonal_std).toBeCloseTo(0, 12);
    expect(found.trend_score).toBeCloseTo(0, 12);
    expect(found.symmetry).toBeCloseTo(0, 12);
    // recent 2 x 2 is all 1; past 6 x 6 holds 20 of 1 and 16 of -1
    expect(found.momentum).toBeCloseTo(1 - 4 / 36, 12);
    expect(found.recent_strength).toBeCloseTo(1, 12);
    expect(found.field_mean).toBeCloseTo(0, 12);
    expect(found.field_std).toBeCloseTo(1, 12);
    // lag 1: six of 1 and one of -1 over 7; lag 2: four of 1 and two of -1 over 6
    expect(found.persistence).toBeCloseTo(5 / 7 - 2 / 6, 12);
    // two bins of one half each: 1 bit of 4
    expect(found.entropy).toBeCloseTo(1 / 4, 12);
    expect(found.burst_share).toBe(1);
  });

  it('find a sine of 5 turns in 64 bars: all its power, 12.8 bars long', () => {
    const found = of(sine(64, 5, 0.3));
    expect(found.cycle_period).toBeCloseTo(12.8, 12);
    expect(found.cycle_strength).toBeGreaterThan(0.95);
  });

  it('call a rise positive and a fall negative, by the same amount', () => {
    expect(of(line(64, 1)).trend_score).toBeGreaterThan(0.85);
    expect(of(line(64, -1)).trend_score).toBeCloseTo(-of(line(64, 1)).trend_score, 12);
  });

  it('take the longest of cycles that are equally strong', () => {
    // a lone spike has the same power at every frequency but for its line
    const spike = Float64Array.from({ length: 64 }, (_, i) => (i === 31 || i === 32 ? 101 : 100));
    for (const factor of [1, 3, 1 / 7, 1e-6, 1e9]) {
      expect(of(spike.map((price) => price * factor)).cycle_period).toBe(of(spike).cycle_period);
    }
  });

  it('refuse windows below 8 bars', () => {
    expect(() => features(new Float64Array(7))).toThrow(RangeError);
  });
});

describe('multiplying all prices', () => {
  const kinds: ((seed: number, n: number) => Float64Array)[] = [
    (seed, n) => randomWalk(n, randomOf(seed)),
    (seed, n) => jump(n, 1 + (seed % (n - 1)), 25, randomOf(seed)),
    (seed, n) => sine(n, 2 + (seed % 9), seed),
    (seed, n) => line(n, 0.01 * (1 + (seed % 400)), 500),
    (seed, n) => flat(n, 0.1 + (seed % 1000)),
    // as exchanges quote: two decimals, many equal closes
    (seed, n) => randomWalk(n, randomOf(seed)).map((price) => Math.round(price * 2) / 100),
  ];

  it('by 1e-6 to 1e9 changes no feature beyond 1e-9', () => {
    fc.assert(
      fc.property(
        fc.nat(kinds.length - 1),
        fc.nat(1_000_000),
        fc.integer({ min: 32, max: 256 }),
        fc.double({ min: -6, max: 9, noNaN: true }),
        (kind, seed, n, power) => {
          const prices = kinds[kind]!(seed, n);
          const scaled = prices.map((price) => price * 10 ** power);
          expectClose(of(scaled), of(prices), `kind ${kind}, seed ${seed}, ${n} bars, times 1e${power}`);
        },
      ),
      { numRuns: 400, seed: 20121231 },
    );
  });
});
