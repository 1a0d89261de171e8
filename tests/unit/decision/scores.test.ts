import { describe, expect, test } from 'vitest';
import {
  calibrationError,
  forecastScore,
  type ScoredRecord,
  scorecard,
  wilson,
} from '../../../electron/engine/decision/scorecard/index.ts';
import { seeded } from '../../../electron/engine/decision/scorecard/random.ts';
import { brier, brierSkill, logLoss } from '../../../electron/engine/decision/scorecard/rules.ts';

describe('scores by hand', () => {
  const forecasts = [
    { p: 0.8, won: true },
    { p: 0.6, won: false },
    { p: 0.5, won: true },
  ];

  test('Brier, log-loss and skill', () => {
    expect(brier(forecasts)).toBeCloseTo((0.04 + 0.36 + 0.25) / 3, 12);
    expect(logLoss(forecasts)).toBeCloseTo(-(Math.log(0.8) + Math.log(0.4) + Math.log(0.5)) / 3, 12);
    const halves = forecasts.map(({ won }) => ({ p: 0.5, won }));
    expect(brierSkill(forecasts, halves)).toBeCloseTo(1 - 0.65 / 0.75, 12);
  });

  test("Wilson's interval as published: 10 of 20 gives 0.299 to 0.701 (Newcombe 1998)", () => {
    const [low, high] = wilson(10, 20);
    expect(low).toBeCloseTo(0.299, 3);
    expect(high).toBeCloseTo(0.701, 3);
  });
});

const drawn = (n: number, seed: number, of: (u: number) => number) => {
  const random = seeded(seed);
  return Array.from({ length: n }, (_, i) => {
    const p = of(random());
    return { p, won: random() < p, base: 0.5, block: Math.floor(i / 20) };
  });
};

describe('calibration error', () => {
  test('of a perfect forecaster lies below its 95th percentile in about 95 % of seeds', () => {
    const within = Array.from({ length: 100 }, (_, seed) => {
      const { ece, perfectP95 } = calibrationError(drawn(600, seed + 1, (u) => 0.3 + 0.4 * u));
      return ece <= perfectP95;
    }).filter(Boolean).length;
    expect(within).toBeGreaterThanOrEqual(89);
  });

  test('of forecasts 0.1 too high is 0.1', () => {
    const bold = drawn(20_000, 3, (u) => 0.3 + 0.4 * u).map(({ p, won }) => ({ p: p + 0.1, won }));
    expect(calibrationError(bold).ece).toBeCloseTo(0.1, 2);
  });

  test('a constant forecast has the error of its mean alone, and no spread', () => {
    const constant = Array.from({ length: 300 }, (_, i) => ({ p: 0.5, won: i < 165, base: 0.5, block: i }));
    expect(calibrationError(constant).ece).toBeCloseTo(0.05, 12);
    const score = forecastScore(constant)!;
    expect(score.spread.sd).toBeCloseTo(0, 12);
    expect(score.brierSkill).toBeCloseTo(0, 12);
  });
});

describe('the reliability table', () => {
  test('puts equal forecasts in one row, with as many wins as there were', () => {
    const group = (p: number, n: number, wins: number) => Array.from({ length: n }, (_, i) => ({ p, won: i < wins }));
    const { bins } = calibrationError([...group(0.5, 6, 2), ...group(0.4, 3, 1), ...group(0.6, 3, 3)]);
    expect(bins.map(({ n, hitRate }) => [n, hitRate])).toEqual([
      [3, 1 / 3],
      [6, 1 / 3],
      [3, 1],
    ]);
    expect(bins.map(({ meanP }) => meanP.toFixed(9))).toEqual(['0.400000000', '0.500000000', '0.600000000']);
    // Newcombe 1998: 3 of 3 gives 0.438 to 1
    expect(bins[2]!.low).toBeCloseTo(0.438, 2);
  });

  test('of hundreds of forecasts with a few values has whole wins in each row and a value in one row alone', () => {
    const forecasts = drawn(500, 21, (u) => 0.3 + Math.floor(23 * u) / 60);
    const { bins } = calibrationError(forecasts);
    const values = [...new Set(forecasts.map(({ p }) => p))].sort((a, b) => a - b);
    expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(500);
    let from = 0;
    for (const { n, hitRate, meanP } of bins) {
      const own: typeof forecasts = [];
      for (; own.length < n; from++) own.push(...forecasts.filter(({ p }) => p === values[from]!));
      expect(own).toHaveLength(n);
      expect(hitRate).toBeCloseTo(own.filter(({ won }) => won).length / n, 12);
      expect(meanP).toBeCloseTo(own.reduce((sum, { p }) => sum + p, 0) / n, 12);
    }
    expect(bins.length).toBeGreaterThan(10);
  });
});

describe('skill', () => {
  test('is found where there is some, with an interval above 0', () => {
    const score = forecastScore(drawn(3000, 5, (u) => 0.2 + 0.6 * u))!;
    // Brier of p in U(0.2, 0.8): E[p(1-p)] = 0.22, against 0.25
    expect(score.brierSkill).toBeCloseTo(0.12, 1);
    expect(score.brierSkillInterval![0]).toBeGreaterThan(0);
  });

  test('is none where a forecast differs from the base rate by rounding alone', () => {
    const all = Array.from({ length: 200 }, (_, i): ScoredRecord => {
      const [asOf, knownAt] = [i * 16 * 86_400_000, (i + 1) * 16 * 86_400_000];
      return {
        ...{ decisionId: `d-${i}`, symbol: 'TEST', source: 'csv', origin: 'live', side: 'long', rule: 'trend' },
        ...{ asOf, begins: asOf, entry: asOf, exit: knownAt, knownAt, confidence: 0.9, action: 'long' },
        ...{ regime: 'trending', horizonBars: 16, model: 'm', regimeHead: '', longReturn: 0.01, language: null },
        ...{ inSample: false, late: false, tuning: false, won: { long: true, short: false } },
        ...{ p: 0.9 + 2e-16, base: 0.9 },
      };
    });
    const query = { origin: 'live', judge: 'numeric', by: [] } as const;
    const { verdict } = scorecard({ records: all, pending: 0, query: { ...query, by: [] }, asOf: Infinity });
    expect(verdict).toMatch(/^No skill over the base rate/);
  });

  test('needs ten forecasts', () => {
    expect(forecastScore(drawn(9, 5, (u) => u))).toBeNull();
  });
});
