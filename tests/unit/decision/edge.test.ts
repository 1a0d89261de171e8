import { describe, expect, test } from 'vitest';
import { edgeOf } from '../../../electron/engine/decision/edge.ts';
import type { PCorrect } from '../../../shared/domain/index.ts';

const p = (low: number): PCorrect => ({
  state: 'calibrated',
  value: low + 0.05,
  low,
  high: low + 0.1,
  n: 400,
  replayed: 0,
  baseRate: 0.5,
  side: 'long',
  rule: 'trend',
  version: 'c-0',
  sentence: '',
});
const payoff = { n: 100, avgWin: 0.03, avgLoss: 0.02 };

describe('edge', () => {
  test('break-even and a quarter of Kelly, by hand', () => {
    const edge = edgeOf('warn', p(0.5), payoff, true);
    expect(edge.breakEven).toBeCloseTo(0.02 / 0.05, 12);
    expect(edge.exceeds).toBe(true);
    // 0.25 (0.5 - 0.5 / 1.5)
    expect(edge.size).toBeCloseTo(0.25 * (0.5 - 0.5 / 1.5), 12);
  });

  test('never more than a tenth of equity', () => expect(edgeOf('warn', p(0.95), payoff, true).size).toBe(0.1));

  test('a lower bound below break-even suggests nothing', () => {
    const edge = edgeOf('warn', p(0.39), payoff, true);
    expect([edge.exceeds, edge.size]).toEqual([false, 0]);
  });

  test('0.5 is needed until 50 positions are settled', () => {
    expect(edgeOf('off', p(0.49), { ...payoff, n: 49 }, true).breakEven).toBe(0.5);
  });

  test('says nothing of a hold or of an uncalibrated P', () => {
    expect(edgeOf('off', p(0.9), payoff, false).exceeds).toBeNull();
    expect(edgeOf('off', { state: 'uncalibrated', n: 3, sentence: '' }, payoff, true).exceeds).toBeNull();
  });
});
