import { describe, expect, test } from 'vitest';
import { keptShare, priorWeight } from '../../../electron/engine/decision/calibration/shrinkage.ts';
import { seeded } from '../../../electron/engine/decision/scorecard/random.ts';

describe('the weight of the base rate', () => {
  test('follows the variance between groups, by hand: two of 100 at 0.6 and 0.4 lie 0.0075 apart beyond chance', () => {
    // 100 * 0.1^2 twice = 2, less chance 0.25 twice, over 200 outcomes = 0.0075; 0.25 / 0.0075 - 1
    const groups = [
      { wins: 60, n: 100, base: 0.5 },
      { wins: 40, n: 100, base: 0.5 },
    ];
    expect(priorWeight(groups)).toBeCloseTo(0.25 / 0.0075 - 1, 9);
  });

  test('is 20 outcomes where groups lie far apart, and all but everything where they do not', () => {
    const of = (rate: number) => [
      { wins: 500 * rate, n: 500, base: 0.5 },
      { wins: 500 * (1 - rate), n: 500, base: 0.5 },
    ];
    expect(priorWeight(of(0.9))).toBe(20);
    expect(priorWeight(of(0.5))).toBe(10_000);
    expect(priorWeight([{ wins: 0, n: 0, base: 0.5 }])).toBe(20);
  });

  test('lets groups that win alike say no more than the base rate: over 200 seeds they stray far less than their own rates', () => {
    const random = seeded(5);
    const sums = { own: 0, drawn: 0 };
    for (let seed = 0; seed < 200; seed++) {
      const groups = [300, 200, 100].map((n) => ({
        n,
        base: 0.5,
        wins: Array.from({ length: n }, () => (random() < 0.5 ? 1 : 0)).reduce<number>((sum, won) => sum + won, 0),
      }));
      const weight = priorWeight(groups);
      for (const { wins, n } of groups) {
        sums.own += (wins / n - 0.5) ** 2;
        sums.drawn += ((weight * 0.5 + wins) / (weight + n) - 0.5) ** 2;
      }
    }
    expect(sums.drawn / sums.own).toBeLessThan(0.35);
  });
});

test('an estimate keeps what its error leaves of it', () => {
  expect(keptShare(0.2, 0.1)).toBeCloseTo(0.75, 12);
  expect(keptShare(-0.2, 0.1)).toBeCloseTo(0.75, 12);
  expect(keptShare(0.1, 0.2)).toBe(0);
  expect(keptShare(0, 0)).toBe(0);
});
