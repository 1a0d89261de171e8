import { describe, expect, it } from 'vitest';
import { gatherEvidence, proposeAction } from '../../../electron/engine/decision/index.ts';
import type { Features, HeldOutCard, Look } from '../../../shared/domain/index.ts';

const bin = (from: number, n: number, hitRate: number) => ({
  ...{ from, to: from + 0.1, n, meanProbability: from + 0.05, hitRate, low: hitRate - 0.05, high: hitRate + 0.05 },
});
const headCard = (head: 'regime' | 'direction', level: 'none' | 'unproven' | 'small' | 'strong') =>
  ({ head, level, skilled: level === 'small' || level === 'strong' }) as HeldOutCard['heads'][number];
const card = (level: 'none' | 'unproven' | 'small'): HeldOutCard => ({
  heads: [headCard('regime', 'strong'), headCard('direction', level)],
  reliability: {
    set: 'held out',
    heads: {
      regime: { mean_reverting: [bin(0.9, 812, 0.912), bin(0.5, 29, 0.4)] },
      direction: { bearish: [bin(0.4, 100, 0.441)], bullish: [bin(0.3, 100, 0.352)] },
    },
  },
});
const direction = { bullish: 0.3, bearish: 0.42, neutral: 0.28 };
const baseRates = { bullish: 0.35, bearish: 0.25, neutral: 0.4 };
const look = (kind: Look['kind'], p: number) =>
  ({ kind, reading: { regime: { mean_reverting: p }, direction } }) as unknown as Look;
const evidence = (level: 'none' | 'unproven' | 'small', ...looks: Look[]) => {
  const { evidenceFor, evidenceAgainst } = gatherEvidence({
    ...{ regime: 'mean_reverting', proposed: 'long', features: { trend_score: 0 } as Features, lastX: -0.9, looks },
    ...{ scores: { trend: 0, cycle: 8, burst: 0 }, direction: { baseRates }, card: card(level), sampleStatus: 'out' },
  });
  const all = [...evidenceFor, ...evidenceAgainst];
  return (code: string) => all.find((one) => one.code === code)!.sentence;
};

describe('a class probability in the evidence', () => {
  it('stands beside how often it was right on held-out windows, or says that there is no such figure', () => {
    const said = evidence('none', look('window', 0.93), look('earlier', 0.55), look('every-second-close', 0.93));
    expect(said('look_window')).toBe(
      'The network reads mean-reverting at 93 % (right in 91 % of held-out windows of that confidence) in the window itself.',
    );
    expect(said('look_earlier')).toContain('at 55 % (no held-out figure) in');
    expect(said('look_every_second_close')).toContain('at 93 % (no held-out figure) in');
  });

  it.each([
    ['none', 'bullish 30 % and bearish 42 %; direction: no skill measured.'],
    [
      'unproven',
      'bullish 30 % (right in 35 % of held-out windows of that confidence) and bearish 42 % (right in 44 % of held-out windows of that confidence); direction: skill not proven.',
    ],
    [
      'small',
      'bullish 30 % (right in 35 % of held-out windows of that confidence) and bearish 42 % (right in 44 % of held-out windows of that confidence).',
    ],
  ] as const)('of the direction head is said with what the card thinks of it: %s', (level, words) => {
    expect(evidence(level, look('window', 0.93))('direction_head')).toBe(`The direction head gives ${words}`);
  });
});

describe('a veto of the direction head', () => {
  it.each([
    ['none', 'at 42 %, more than 10 points above its base rate of 25 %; direction: no skill measured.'],
    [
      'small',
      'at 42 % (right in 44 % of held-out windows of that confidence), more than 10 points above its base rate of 25 %.',
    ],
  ] as const)('says what the card thinks of that head: %s', (level, words) => {
    const input = { regime: 'trending', trendScore: 0.9, lastX: 0, direction, directionBaseRates: baseRates } as const;
    const [veto] = proposeAction({ ...input, card: card(level) }).reasons;
    expect(veto).toEqual({ code: 'direction_veto', sentence: `The direction head sees bearish ${words}` });
  });
});
