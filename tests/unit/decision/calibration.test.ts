import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  fitCalibration,
  predictCorrect,
  type SettledRecord,
} from '../../../electron/engine/decision/calibration/index.ts';
import { seeded } from '../../../electron/engine/decision/scorecard/random.ts';

const DAY = 86_400_000;

/** Outcomes of one instrument, one after another; `chance` is that of the side leant to, the other one wins where it does not. */
function outcomes(n: number, seed: number, chance: number, symbol = 'TEST'): SettledRecord[] {
  const random = seeded(seed);
  return Array.from({ length: n }, (_, i) => {
    const side = random() < 0.5 ? 'long' : 'short';
    const won = random() < chance;
    const long = side === 'long' ? won : !won;
    return {
      decisionId: `d-${symbol}-${i}`,
      symbol,
      source: 'csv',
      origin: 'replay',
      asOf: i * 16 * DAY,
      begins: i * 16 * DAY,
      entry: i * 16 * DAY,
      exit: (i * 16 + 15) * DAY,
      knownAt: (i + 1) * 16 * DAY,
      side,
      rule: 'trend',
      confidence: random(),
      won: { long, short: !long },
    };
  });
}

const last = (records: readonly SettledRecord[]) => records.at(-1)!.knownAt;

describe('P(correct)', () => {
  test('finds a planted edge of 70 % within 0.05 after 500 outcomes', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const records = outcomes(500, seed, 0.7);
      const calibration = fitCalibration(records, last(records));
      const values = records.map(
        ({ side, rule, confidence }) => predictCorrect(calibration, { side, rule }, confidence)!.value,
      );
      expect(Math.abs(values.reduce((sum, p) => sum + p, 0) / values.length - 0.7)).toBeLessThan(0.05);
    }
  });

  test('on coin tosses its interval excludes the base rate in at most 9 % of 200 seeds', () => {
    const excluded = Array.from({ length: 200 }, (_, seed) => {
      const records = outcomes(500, 1000 + seed, 0.5);
      const { side, rule, confidence } = records.at(-1)!;
      const { low, high, baseRate } = predictCorrect(
        fitCalibration(records, last(records)),
        { side, rule },
        confidence,
      )!;
      return baseRate < low || baseRate > high;
    }).filter(Boolean).length;
    expect(excluded).toBeLessThanOrEqual(18);
  });

  test('follows a signal confidence that does tell wins from losses', () => {
    const random = seeded(9);
    const records = outcomes(2000, 9, 0.5).map((record): SettledRecord => {
      const won = random() < 0.3 + 0.4 * record.confidence;
      return {
        ...record,
        won: { long: record.side === 'long' ? won : !won, short: record.side === 'short' ? won : !won },
      };
    });
    const calibration = fitCalibration(records, last(records));
    const at = (confidence: number) => predictCorrect(calibration, { side: 'long', rule: 'trend' }, confidence)!.value;
    expect(at(0.1)).toBeCloseTo(0.34, 1);
    expect(at(0.9)).toBeCloseTo(0.66, 1);
  });

  test('is not given below 50 outcomes', () => {
    const records = outcomes(49, 1, 0.6);
    expect(predictCorrect(fitCalibration(records, last(records)), { side: 'long', rule: 'trend' }, 0.5)).toBeNull();
  });

  test('outcomes of one day that win and lose together widen the interval', () => {
    const alone = outcomes(400, 4, 0.6);
    const together = alone.flatMap((record, i) =>
      Array.from({ length: 5 }, (_, k) => ({ ...record, symbol: `S${k}`, decisionId: `d-${i}-${k}` })),
    );
    const width = (records: SettledRecord[]) => {
      const { low, high } = predictCorrect(fitCalibration(records, last(alone)), { side: 'long', rule: 'trend' }, 0.5)!;
      return high - low;
    };
    const ratio = width(together) / width(alone);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });
});

describe('a record without a loss', () => {
  const always = (n: number, won: (i: number) => boolean): SettledRecord[] =>
    outcomes(n, 1, 0.5).map((record, i) => ({ ...record, side: 'long', won: { long: won(i), short: !won(i) } }));
  const forecastAfter = (records: readonly SettledRecord[], lean: { side: 'long' | 'short'; rule: 'trend' | 'none' }) =>
    predictCorrect(fitCalibration(records, last(records)), lean, 0.5)!;

  test.each([60, 80, 400])('of %i is no certainty, and its interval is as narrow as so many wins make it', (n) => {
    const { value, low, high, baseRate } = forecastAfter(
      always(n, () => true),
      { side: 'long', rule: 'trend' },
    );
    // Jeffreys: Beta(n + 1/2, 1/2); the lower bound of Clopper and Pearson after n wins of n is 0.025^(1/n)
    expect(baseRate).toBeCloseTo((n + 0.5) / (n + 1), 12);
    expect(value).toBeCloseTo(baseRate, 9);
    expect(value).toBeLessThan(1);
    expect(low).toBeGreaterThan(0.025 ** (1 / n) - 0.05);
    expect([low < value, value < high, high < 1]).toEqual([true, true, true]);
  });

  test('leaves the other side above nothing, and a rule that was never seen between nothing and certainty', () => {
    const records = always(80, () => true);
    const short = forecastAfter(records, { side: 'short', rule: 'none' });
    expect(short.baseRate).toBeCloseTo(0.5 / 81, 12);
    expect([0 < short.low, short.low < short.value, short.value < short.high, short.high < 1]).toEqual(
      Array(4).fill(true),
    );
    const unseen = forecastAfter(records, { side: 'long', rule: 'none' });
    expect([unseen.low > 0.3, unseen.value < 1, unseen.high < 1]).toEqual([true, true, true]);
  });

  test('of rates near certainty the interval holds the true one in at least 91 % of 200 seeds', () => {
    const missed = Array.from({ length: 200 }, (_, seed) => {
      const random = seeded(3000 + seed);
      const { low, high } = forecastAfter(
        always(100, () => random() < 0.98),
        { side: 'long', rule: 'trend' },
      );
      return 0.98 < low || 0.98 > high;
    }).filter(Boolean).length;
    expect(missed).toBeLessThanOrEqual(18);
  });
});

describe('point in time', () => {
  test('later outcomes, and the order of storing, change nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 1, max: 1e6 }), (cut, seed) => {
        const records = outcomes(400, seed, 0.55);
        const asOf = cut * 16 * DAY;
        const kept = records.filter(({ knownAt }) => knownAt <= asOf);
        const random = seeded(seed);
        const shuffled = [...records].sort(() => random() - 0.5);
        expect(fitCalibration(shuffled, asOf)).toEqual(fitCalibration(kept, asOf));
      }),
      { numRuns: 50 },
    );
  });

  test('a new version comes with each twentieth outcome only', () => {
    const records = outcomes(60, 1, 0.6);
    const version = (k: number) => fitCalibration(records, records[k - 1]!.knownAt).version;
    expect(version(59)).toBe(version(40));
    expect(version(60)).not.toBe(version(59));
  });

  test('a setup decided twice counts once', () => {
    const records = outcomes(100, 1, 0.6);
    const doubled = records.flatMap((record) => [record, { ...record, decisionId: `${record.decisionId}-again` }]);
    expect(fitCalibration(doubled, last(records)).n).toBe(100);
  });

  test('a symbol that two sources hold counts once, whichever of them is known first', () => {
    const records = outcomes(100, 1, 0.6);
    const elsewhere = records.map((record, i) => ({
      ...record,
      source: 'samples-closes',
      decisionId: `d-other-${i}`,
      begins: record.begins + DAY,
      exit: record.exit + DAY,
      knownAt: record.knownAt + DAY,
    }));
    expect(fitCalibration([...elsewhere, ...records], last(elsewhere))).toEqual(fitCalibration(records, last(records)));
    const renamed = elsewhere.map((record) => ({ ...record, symbol: 'OTHER' }));
    expect(fitCalibration([...renamed, ...records], last(elsewhere)).n).toBe(200);
  });
});
