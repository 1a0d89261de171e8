import { describe, expect, it } from 'vitest';
import { sentenceOf } from '../../../electron/engine/saliency-view.ts';
import {
  type Convnext,
  createSaliencyMemory,
  mostSalient,
  pairsOf,
  type Reader,
  saliency,
  scaleWindow,
  withoutBars,
} from '../../../electron/engine/vision/index.ts';
import type { Reading } from '../../../shared/domain/index.ts';
import { line, randomOf, randomWalk } from './windows.ts';

describe('a path without some of its bars', () => {
  it('runs straight between the bars beside them, and level at either end', () => {
    const closes = Float64Array.of(10, 12, 17, 9, 13, 20);
    expect([...withoutBars(closes, [2, 3])]).toEqual([10, 12, 12 + 1 / 3, 12 + 2 / 3, 13, 20]);
    expect([...withoutBars(closes, [0, 1])]).toEqual([17, 17, 17, 9, 13, 20]);
    expect([...withoutBars(closes, [5, 4])]).toEqual([10, 12, 17, 9, 9, 9]);
    expect([...withoutBars(closes, [1, 4])]).toEqual([10, 13.5, 17, 9, 14.5, 20]);
    expect([...closes]).toEqual([10, 12, 17, 9, 13, 20]);
  });

  it('invents no level, leaves a straight line as it is, and is the same on the scaled window', () => {
    const random = randomOf(3);
    for (let k = 0; k < 20; k++) {
      const closes = randomWalk(64, random);
      const gone = [...new Set(Array.from({ length: 8 }, () => Math.floor(64 * random())))];
      const path = withoutBars(closes, gone);
      expect(Math.max(...path)).toBeLessThanOrEqual(Math.max(...closes));
      expect(Math.min(...path)).toBeGreaterThanOrEqual(Math.min(...closes));
      const scaled = scaleWindow(withoutBars(scaleWindow(closes), gone));
      scaleWindow(path).forEach((x, i) => {
        expect(scaled[i]).toBeCloseTo(x, 9);
      });
    }
    withoutBars(line(64, 0.5), [10, 11, 30]).forEach((price, i) => {
      expect(price).toBeCloseTo(100 + 0.5 * i, 9);
    });
  });

  it('goes over pairs that cover every bar once', () => {
    expect(pairsOf(64)).toHaveLength(32);
    expect(pairsOf(64).at(-1)).toEqual({ from: 62, to: 63 });
    expect(pairsOf(5)).toEqual([
      { from: 0, to: 1 },
      { from: 2, to: 3 },
      { from: 4, to: 4 },
    ]);
  });
});

describe('the most salient tenth', () => {
  const pairs = (changes: number[]) => changes.map((change, k) => ({ from: 2 * k, to: 2 * k + 1, change }));

  it('is whole pairs, those that hold the reading up most, in the order of time', () => {
    const changes = Array.from({ length: 32 }, (_, k) => (k === 20 ? 0.5 : k === 4 ? 0.3 : k === 9 ? 0.2 : 0.01));
    expect(mostSalient(pairs(changes), 64)).toEqual([8, 9, 18, 19, 40, 41]);
  });

  it('never counts a pair whose bars speak against the reading', () => {
    expect(mostSalient(pairs([-0.4, 0.1, 0, -0.2]), 64)).toEqual([2, 3]);
    expect(mostSalient(pairs([-0.4, 0, -0.2]), 64)).toEqual([]);
  });
});

/** A network that is surer of "trending" the further the window's last bar lies above its first. */
function pretend(): Reader & { batches: number[] } {
  const batches: number[] = [];
  const of = (x: Float64Array) => {
    const trending = 0.5 + 0.2 * (x.at(-1)! - x[0]!);
    const rest = (1 - trending) / 3;
    const reading: Reading = {
      regime: { trending, mean_reverting: rest, volatile: rest, quiet: rest },
      direction: { bullish: 0.4, bearish: 0.3, neutral: 0.3 },
      volatility: { calm: 0.1, normal: 0.7, elevated: 0.1, explosive: 0.1 },
    };
    return { reading };
  };
  return {
    batches,
    predict: async (x) => of(x),
    predictBatch: async (xs) => {
      batches.push(xs.length);
      return xs.map(of);
    },
  };
}

describe('saliency', () => {
  /** Flat but for a rise in its last two bars: without them nothing rises at all. */
  const late = Float64Array.from({ length: 64 }, (_, i) => (i < 62 ? 100 : 110));

  it('finds the only bars that matter, and says what the reading is without them', async () => {
    const network = pretend();
    const [regime, direction] = await saliency(network, late);
    expect(regime).toMatchObject({ head: 'regime', topClass: 'trending', probability: expect.closeTo(0.9, 9) });
    expect(regime!.pairs.map(({ change }) => change)).toEqual([...Array(31).fill(0), expect.closeTo(0.4, 9)]);
    expect(regime!.without).toEqual({ bars: [62, 63], topClass: 'trending', probability: 0.5, kept: 0.5 });
    expect(direction!.without.bars).toEqual([]);
    expect(network.batches).toEqual([16, 16, 3]);
  });

  it('ends between two batches when its reader leaves', async () => {
    const network = pretend();
    const leave = new AbortController();
    const batch = network.predictBatch;
    network.predictBatch = (xs) => {
      leave.abort();
      return batch(xs);
    };
    await expect(saliency(network, late, { signal: leave.signal })).rejects.toMatchObject({ code: 'CANCELLED' });
    expect(network.batches).toEqual([16]);
  });

  it('is read once a window, and again for other weights', async () => {
    const network = pretend();
    const convnext = (modelHash: string) =>
      ({ ...network, modelHash, executionProvider: 'cpu' }) as unknown as Convnext;
    const window = { bars: 64, stepBars: 1, time: new Float64Array(64), close: late, hash: 'a' };
    const saliencyOf = createSaliencyMemory(1);
    const first = await saliencyOf(convnext('one'), window);
    expect(await saliencyOf(convnext('one'), window)).toBe(first);
    expect(network.batches).toHaveLength(3);
    await saliencyOf(convnext('two'), window);
    await saliencyOf(convnext('one'), window);
    expect(network.batches).toHaveLength(9);
  });
});

describe('its sentence', () => {
  const label = (bar: number) => `day ${bar}`;
  const head = { head: 'regime' as const, topClass: 'mean_reverting', probability: 0.938 };

  it('names the bars and both readings, rounded to the nearest hundredth', () => {
    const without = { bars: [4, 5, 6, 7, 20, 21], topClass: 'quiet', probability: 0.3489, kept: 0.2 };
    expect(sentenceOf({ ...head, without }, label)).toBe(
      'Without the 6 bars of day 4 to day 7 and day 20 to day 21 the network would say quiet at 0.35 instead of mean reverting at 0.94; mean reverting would fall to 0.20.',
    );
  });

  it('says when the reading stays what it is', () => {
    const without = { bars: [4], topClass: 'mean_reverting', probability: 0.9, kept: 0.9 };
    expect(sentenceOf({ ...head, without }, label)).toBe(
      'Without the bar of day 4 the network would still say mean reverting, at 0.90 instead of 0.94.',
    );
    expect(sentenceOf({ ...head, without: { ...without, bars: [] } }, label)).toMatch(/^No pair of bars holds/);
  });

  it.each([
    [0.9986, 0.9899, '0.99'],
    [0.9457, 0.9443, '0.95'],
    [0.3489, 0.3512, '0.35'],
  ])('says that no bars moved a reading of %d that stays at %d', (probability, kept, shown) => {
    const without = { bars: [4, 5], topClass: 'quiet', probability: kept, kept };
    expect(sentenceOf({ ...head, topClass: 'quiet', probability, without }, label)).toBe(
      `No bars moved this reading: even without the 2 bars of day 4 to day 5 the network would say quiet at ${shown}.`,
    );
  });

  it('never calls a probability below 1 certain', () => {
    const without = { bars: [4], topClass: 'quiet', probability: 0.99999, kept: 0.001 };
    expect(sentenceOf({ ...head, without }, label)).toMatch(/say quiet at 0\.99 .* would fall to 0\.00\.$/);
  });
});
