import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidenceGate, type PolicyInput, proposeAction } from '../../../electron/engine/decision/index.ts';
import { REGIMES } from '../../../shared/domain/index.ts';

const base = { bullish: 0.35, bearish: 0.25, neutral: 0.4 };
const input = (change: Partial<PolicyInput>): PolicyInput => ({
  ...{ regime: 'trending', trendScore: 0, lastX: 0, direction: base, directionBaseRates: base, card: { heads: [] } },
  ...change,
});

describe('the table of DEFINITIONS 6', () => {
  it.each([
    ['trending', 0.3, 0, 'long'],
    ['trending', 0.2999, 1, 'hold'],
    ['trending', -0.3, 0, 'short'],
    ['trending', -0.2999, -1, 'hold'],
    ['mean_reverting', 1, -0.6, 'long'],
    ['mean_reverting', 1, -0.59, 'hold'],
    ['mean_reverting', -1, 0.6, 'short'],
    ['volatile', 1, 1, 'hold'],
    ['volatile', -1, -1, 'hold'],
    ['quiet', 1, -1, 'hold'],
  ] as const)('%s, trend score %d, last x %d: %s', (regime, trendScore, lastX, action) => {
    expect(proposeAction(input({ regime, trendScore, lastX })).proposed).toBe(action);
  });

  it('gives a reason with every hold and none with a position', () => {
    const unit = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.constantFrom(...REGIMES), unit, unit, (regime, trendScore, lastX) => {
        const { proposed, reasons } = proposeAction(input({ regime, trendScore, lastX }));
        expect(reasons.length > 0).toBe(proposed === 'hold');
        if (regime === 'volatile' || regime === 'quiet') expect(reasons[0]!.code).toBe('regime_not_traded');
      }),
    );
  });

  it('lets the direction head veto only beyond 10 points over the base rate of the opposite', () => {
    const long = { regime: 'trending', trendScore: 0.9 } as const;
    const at = (bearish: number) =>
      proposeAction(input({ ...long, direction: { bullish: 0.3, bearish, neutral: 0.7 - bearish } }));
    expect(at(0.34)).toEqual({ proposed: 'long', reasons: [] });
    expect(at(0.36)).toMatchObject({ proposed: 'long', reasons: [{ code: 'direction_veto' }] });
    const other = { ...long, direction: { bullish: 0.1, bearish: 0.8, neutral: 0.1 }, directionBaseRates: null };
    expect(proposeAction(input(other))).toEqual({ proposed: 'long', reasons: [] });
    const short = proposeAction(
      input({ ...long, trendScore: -0.9, direction: { bullish: 0.46, bearish: 0.2, neutral: 0.34 } }),
    );
    expect(short.reasons[0]!.code).toBe('direction_veto');
  });

  it('holds below the threshold and not at it', () => {
    expect(confidenceGate(0.78, 0.78)).toBeNull();
    expect(confidenceGate(0.7799, 0.78)).toMatchObject({ code: 'low_confidence' });
  });
});
