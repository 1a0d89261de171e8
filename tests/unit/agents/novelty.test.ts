import { describe, expect, it } from 'vitest';
import { judgeNumerically } from '../../../electron/engine/agents/index.ts';
import { gatherEvidence, noveltyGate } from '../../../electron/engine/decision/index.ts';
import { type Features, Look } from '../../../shared/domain/index.ts';

const like = { distance: 3, percentile: 40, flagged: false };
const unlike = { distance: 9, percentile: 99.7, flagged: true };

const look = (kind: Look['kind'], trending: number, novelty?: Look['novelty']): Look => ({
  kind,
  ...{ windowBars: 64, stepBars: 1, start: '2012-01-02T00:00:00.000Z', end: '2012-04-02T00:00:00.000Z' },
  windowHash: 'a'.repeat(64),
  reading: {
    regime: { trending, mean_reverting: 0.98 - trending, volatile: 0.01, quiet: 0.01 },
    direction: { bullish: 0.4, bearish: 0.2, neutral: 0.4 },
    volatility: { calm: 0.25, normal: 0.25, elevated: 0.25, explosive: 0.25 },
  },
  ...(novelty ? { novelty } : {}),
});
const judge = (...looks: Look[]) =>
  judgeNumerically({ looks, trendScore: 0.8, lastX: 0.5, directionBaseRates: null, card: { heads: [] } });

describe('a look unlike anything the network was trained on', () => {
  it('is not pooled when it was added', () => {
    const first = look('window', 0.9, like);
    const opinion = judge(first, look('earlier', 0.1, unlike), look('every-second-close', 0.9, like));
    expect(opinion.pooledRegime.trending).toBeCloseTo(0.9, 12);
    expect(opinion.confidence.asks).toBe(2);
    expect(judge(first, look('earlier', 0.1, like)).pooledRegime.trending).toBeLessThan(0.6);
  });

  it('is read all the same when it is the window itself, and the decision holds', () => {
    const opinion = judge(look('window', 0.9, unlike));
    expect(opinion).toMatchObject({ regime: 'trending', proposed: 'long', reasons: [] });
    expect(noveltyGate(unlike)).toEqual({
      code: 'novelty',
      sentence:
        'This picture is unlike anything the network was trained on (beyond the 99th percentile), so no position is taken.',
    });
    expect([noveltyGate(like), noveltyGate(undefined)]).toEqual([null, null]);
  });

  it('stands in the evidence against, the window by its own sentence', () => {
    const features = { trend_score: 0.8 } as Features;
    const evidence = (...looks: Look[]) =>
      gatherEvidence({
        ...{
          regime: 'trending',
          proposed: 'long',
          features,
          lastX: 0.5,
          looks,
          direction: null,
          sampleStatus: 'out',
          card: { heads: [] },
        },
        scores: { trend: 8, cycle: 0, burst: 0 },
      });
    const added = evidence(look('window', 0.9, like), look('earlier', 0.95, unlike));
    expect(added.evidenceFor.map(({ code }) => code)).toContain('look_window');
    expect(added.evidenceAgainst.find(({ code }) => code === 'look_earlier')!.sentence).toMatch(/left out of the pool/);
    expect(evidence(look('window', 0.9, unlike)).evidenceAgainst[0]!.code).toBe('novelty');
  });

  it('of a decision stored before novelty was measured still reads, and counts', () => {
    const old = look('window', 0.9);
    expect(Look.parse(old)).toEqual(old);
    expect(judge(old, look('earlier', 0.9)).confidence.asks).toBe(2);
  });
});
