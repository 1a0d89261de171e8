import { describe, expect, it } from 'vitest';
import { indicesOf } from '../../../renderer/screens/chart/bars.ts';
import { changeText, columnHeights, isMarked, runsOf } from '../../../renderer/screens/field/salient.ts';
import { latencyText } from '../../../renderer/screens/models/latency-text.ts';
import { diagramText, pointsOf } from '../../../renderer/screens/models/reliability-option.ts';

const pairs = [
  { from: 0, to: 1, change: -0.1 },
  { from: 2, to: 3, change: 0.4 },
  { from: 4, to: 5, change: 0 },
];
const head = {
  head: 'regime' as const,
  topClass: 'mean_reverting',
  probability: 0.9,
  pairs,
  without: { bars: [2, 3], topClass: 'quiet', probability: 0.6, kept: 0.3 },
};

describe('the strip of what moved the reading', () => {
  it('draws columns against the tallest, down where a pair speaks against the reading', () => {
    expect(columnHeights(pairs)).toEqual([-0.25, 1, 0]);
    expect(columnHeights([{ from: 0, to: 1, change: 0 }])).toEqual([0]);
  });

  it('says in words what each pair did', () => {
    expect(pairs.map((one) => changeText(head, one))).toEqual([
      'mean reverting rises by 0.10, to 1.00',
      'mean reverting falls by 0.40, to 0.50',
      'mean reverting stays at 0.90',
    ]);
  });

  it('marks the most salient bars, and finds them on the chart by their times', () => {
    expect(pairs.map((one) => isMarked(head, one))).toEqual([false, true, false]);
    expect(runsOf([2, 3, 4, 9, 20, 21])).toEqual([
      [2, 4],
      [9, 9],
      [20, 21],
    ]);
    const time = [10, 20, 30, 40];
    const spans = [
      [20, 30],
      [40, 40],
      [35, 40],
    ] as const;
    expect(indicesOf({ time }, spans)).toEqual([
      [1, 2],
      [3, 3],
    ]);
  });
});

describe('the reliability diagram', () => {
  const bin = (from: number, n: number, rate: number | null) => ({
    from,
    to: from + 0.1,
    n,
    meanProbability: rate,
    hitRate: rate,
    low: 0,
    high: 1,
  });
  const bins = [bin(0, 0, null), bin(0.4, 12, 0.5), bin(0.9, 812, 0.951)];

  it('draws every bin that has windows', () => {
    expect(pointsOf(bins).map(({ x, n }) => [x, n])).toEqual([
      [0.5, 12],
      [0.951, 812],
    ]);
  });

  it('reads out only bins with 30 windows and more', () => {
    expect(diagramText('mean_reverting', bins)).toBe('Reliability of mean reverting. 0.9 to 1.0: 95 % of 812.');
    expect(diagramText('quiet', bins.slice(0, 2))).toBe('Reliability of quiet. No bin has windows enough.');
  });
});

it('the latency of readings alone and together are told apart', () => {
  const latency = [10, 30, 20].map((ms) => ({ ms, together: 1 })).concat([{ ms: 3, together: 16 }]);
  expect(latencyText(latency, false)).toBe('20.0 ms (median of the last 3, 10.0 to 30.0)');
  expect(latencyText(latency, true)).toBe('3.0 ms (median of the last 1, 3.0 to 3.0)');
  expect(latencyText([], false)).toBe('none ran yet');
});
