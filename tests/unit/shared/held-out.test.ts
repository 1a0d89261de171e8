import { describe, expect, it } from 'vitest';
import {
  hasHitRates,
  heldOutRate,
  isEnough,
  isSkilled,
  type ModelInfo,
  skillNote,
} from '../../../shared/domain/index.ts';

const figure = { value: 0, low: 0, high: 0 };
const measured = { accuracy: figure, macroF1: figure, logLoss: figure, brier: figure, ece: figure };
const head = (part: Partial<ModelInfo['heads'][number]>): ModelInfo['heads'][number] => ({
  head: 'regime',
  classes: ['trending'],
  label: '',
  ...measured,
  priorAccuracy: figure,
  skilled: true,
  verdict: '',
  ...part,
});
const bin = (from: number, n: number, hitRate: number | null) => ({
  from,
  to: from + 0.1,
  n,
  meanProbability: hitRate,
  hitRate,
  low: hitRate,
  high: hitRate,
});
const card = {
  heads: [
    head({}),
    head({ head: 'direction', skilled: false, level: 'none' }),
    head({ head: 'volatility', skilled: false, level: 'unproven' }),
  ],
  reliability: {
    set: 'held-out windows',
    heads: { regime: { trending: [bin(0, 40, 0.1), bin(0.8, 29, 0.8), { ...bin(0.9, 812, 0.95), to: 1 }] } },
  },
};

describe('the held-out hit rate of a class probability', () => {
  it('is that of its bin: 0.93 lies in 0.9 to 1, and so does a full 1', () => {
    const rate = { rate: 0.95, n: 812, from: 0.9, to: 1 };
    expect(heldOutRate(card, 'regime', 'trending', 0.93)).toMatchObject(rate);
    expect(heldOutRate(card, 'regime', 'trending', 1)).toMatchObject(rate);
    expect(heldOutRate(card, 'regime', 'trending', 0)).toMatchObject({ rate: 0.1, n: 40 });
  });

  it('is not given below 30 windows, where a bin is missing, or where the card has no table', () => {
    expect(heldOutRate(card, 'regime', 'trending', 0.85)).toBeNull();
    expect(heldOutRate(card, 'regime', 'trending', 0.5)).toBeNull();
    expect(heldOutRate(card, 'regime', 'quiet', 0.95)).toBeNull();
    expect(heldOutRate(card, 'volatility', 'calm', 0.95)).toBeNull();
    expect(heldOutRate({ heads: card.heads }, 'regime', 'trending', 0.93)).toBeNull();
  });
});

it('a head without skill says so, one whose skill was not proven says that', () => {
  expect(skillNote(card, 'regime')).toBeNull();
  expect(skillNote(card, 'direction')).toBe('no skill measured');
  expect(skillNote(card, 'volatility')).toBe('skill not proven');
  expect([isSkilled(card, 'regime'), isSkilled(card, 'volatility')]).toEqual([true, false]);
});

it('hit rates stand beside a head with a table, unless it was measured to have no skill', () => {
  const { regime } = card.reliability.heads;
  const all = { ...card, reliability: { set: '', heads: { regime, direction: regime, volatility: regime } } };
  const beside = (of: typeof card | typeof all) =>
    (['regime', 'direction', 'volatility'] as const).map((one) => hasHitRates(of, one));
  expect(beside(all)).toEqual([true, false, true]);
  expect(beside(card)).toEqual([true, false, false]);
});

describe('a bin of windows that share bars', () => {
  const sure = bin(0.9, 200, 0.95);
  it.each([
    ['30 windows that share none', bin(0.9, 30, 0.9), true],
    ['29 of them', bin(0.9, 29, 0.9), false],
    ['as many as 10 independent ones, from 10 blocks of time', { ...sure, designEffect: 20, blocks: 10 }, true],
    ['as many as fewer than 10', { ...sure, designEffect: 20.1, blocks: 40 }, false],
    ['many symbols in two blocks of time', { ...sure, designEffect: 1, blocks: 2 }, false],
  ])('%s', (_, own, enough) => {
    expect(isEnough(own)).toBe(enough);
  });
});
