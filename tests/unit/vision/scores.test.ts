import { describe, expect, it } from 'vitest';
import { features, scaleWindow, scores } from '../../../electron/engine/vision/index.ts';
import type { Features, Scores } from '../../../shared/domain/index.ts';
import { jump, line, type Random, randomOf, randomWalk, sine, whiteNoise } from './windows.ts';

const N = 64;
const of = (prices: Float64Array) => scores(features(scaleWindow(prices)));

/** Share of seeds whose window satisfies the claim. */
function share(seeds: number, make: (random: Random) => Float64Array, claim: (found: Scores) => boolean): number {
  let held = 0;
  for (let seed = 0; seed < seeds; seed++) if (claim(of(make(randomOf(7 * seed + 1))))) held++;
  return held / seeds;
}

const within = (random: Random, low: number, high: number) => low + Math.floor(random() * (high - low + 1));

// 10,000 seeds in all
describe('what DEFINITIONS 3 claims of the scores at 64 bars', () => {
  it('a straight line: TREND >= 9, the others <= 2', () => {
    const make = (random: Random) => line(N, (random() < 0.5 ? -1 : 1) * (0.001 + 2 * random()), 300);
    expect(share(2000, make, ({ trend, cycle, burst }) => trend >= 9 && cycle <= 2 && burst <= 2)).toBe(1);
  });

  it('a sine of 3 to 8 whole cycles: CYCLE >= 8', () => {
    const make = (random: Random) => sine(N, within(random, 3, 8), 2 * Math.PI * random());
    expect(share(2000, make, ({ cycle }) => cycle >= 8)).toBe(1);
  });

  it('one jump of 20 noise deviations or more: BURST >= 8 in 98 % of seeds', () => {
    const make = (random: Random) => jump(N, within(random, 1, N - 1), 20 + 20 * random(), random);
    expect(share(2000, make, ({ burst }) => burst >= 8)).toBeGreaterThanOrEqual(0.98);
  });

  it('white noise: at most 4 in all three in 95 % of seeds', () => {
    const claim = ({ trend, cycle, burst }: Scores) => Math.max(trend, cycle, burst) <= 4;
    expect(share(2000, (random) => whiteNoise(N, random), claim)).toBeGreaterThanOrEqual(0.95);
  });

  it('a random walk: CYCLE <= 7 in 95 % of seeds', () => {
    expect(
      share(
        2000,
        (random) => randomWalk(N, random),
        ({ cycle }) => cycle <= 7,
      ),
    ).toBeGreaterThanOrEqual(0.95);
  });
});

describe('the score formulas', () => {
  const withFeatures = (some: Partial<Features>) => scores({ ...features(new Float64Array(N)), ...some });

  it('round and clip as written', () => {
    expect(withFeatures({ trend_score: -0.96, cycle_strength: 0.24, burst_share: 0.35 })).toEqual({
      trend: 10,
      cycle: 0,
      burst: 0,
    });
    expect(withFeatures({ trend_score: 0.34, cycle_strength: 0.445, burst_share: 0.7 })).toEqual({
      trend: 3,
      cycle: 5,
      burst: 7,
    });
    expect(withFeatures({ cycle_strength: 0.9, burst_share: 1 })).toEqual({ trend: 0, cycle: 10, burst: 10 });
  });
});
