import { describe, expect, test } from 'vitest';
import { type ScoredRecord, scorecard } from '../../../electron/engine/decision/scorecard/index.ts';

const DAY = 86_400_000;

/** Decisions of one symbol, two days apart, half of them won, each with the same P beside a base rate of a half. */
const records = (count: number, p: number, late: number): ScoredRecord[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{
      decisionId: `d-${i}`,
      symbol: 'ONE',
      source: 'csv',
      origin: 'live',
      action: 'long',
      side: 'long',
      rule: 'trend',
    },
    ...{ asOf: 2 * i * DAY, begins: 2 * i * DAY, entry: 2 * i * DAY, exit: 2 * i * DAY, knownAt: (2 * i + 1) * DAY },
    ...{ confidence: 0.5, won: { long: i % 2 === 0, short: i % 2 === 1 }, regime: 'trending', horizonBars: 1 },
    ...{ model: 'm', regimeHead: '', p, base: 0.5, longReturn: 0, inSample: false, tuning: false, language: null },
    late: i < late,
  }));
const card = (of: ScoredRecord[], origin: 'live' | 'both') =>
  scorecard({ records: of, pending: 0, query: { origin, judge: 'numeric', by: [] }, asOf: Infinity });

describe('the words of a scorecard', () => {
  test('write no minus before a zero', () => {
    // Brier 0.25 + 1e-8 beside 0.25: the skill is -4e-8
    expect(card(records(20, 0.5001, 0), 'live').verdict).toContain('Brier skill 0.00 %');
    expect(card(records(20, 0.5001, 0), 'live').verdict).not.toMatch(/-0\.0+(?!\d)/);
  });

  test('late ones are left out of live figures, and told among those that mixed figures count', () => {
    expect(card(records(20, 0.5, 7), 'live')).toMatchObject({ settled: 20, late: 7, lateCounted: 0, overlapping: 0 });
    expect(card(records(20, 0.5, 7), 'both')).toMatchObject({ settled: 20, late: 0, lateCounted: 7, overlapping: 0 });
  });
});
