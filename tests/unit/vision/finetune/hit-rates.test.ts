import { expect, it } from 'vitest';
import { hitRates } from '../../../../electron/engine/vision/finetune/hit-rates.ts';
import { tunedInfo } from '../../../../electron/engine/vision/index.ts';
import { fakeNetwork } from './fake-network.ts';

it('a head that was replaced has hit rates of its own in place of the shipped ones; the others keep theirs', () => {
  const { info } = fakeNetwork(4, 'a'.repeat(64));
  const stored = { head: 'volatility', symbols: [{}], hitRates: { calm: [] }, result: { sentence: 'It gains.' } };
  const own = {
    tuned: { id: 'h-20261123-0a1b2c3d', symbol: 'GOOG', trainedThrough: '2001-12-31' },
    heads: [{ stored }],
  };
  const tuned = tunedInfo(info, own as unknown as Parameters<typeof tunedInfo>[1]);
  expect(tuned.reliability!.heads.volatility).toEqual({ calm: [] });
  expect(tuned.reliability!.heads.regime).toEqual(info.reliability!.heads.regime);
  expect(tuned.reliability!.set).toContain('your own series');
  const volatility = tuned.heads.find(({ head }) => head === 'volatility')!;
  expect([volatility.skilled, volatility.level, volatility.worth]).toEqual([true, undefined, undefined]);
  expect(tuned.heads.find(({ head }) => head === 'regime')).toEqual(info.heads.find(({ head }) => head === 'regime'));
});

/** Wilson's bounds from their definition: the roots of (p - s)^2 = z^2 p (1 - p) / n. */
function bounds(share: number, n: number): [number, number] {
  const z2 = 1.96 ** 2;
  const [a, b, c] = [1 + z2 / n, -(2 * share + z2 / n), share ** 2];
  const root = Math.sqrt(b * b - 4 * a * c);
  return [(-b - root) / (2 * a), (-b + root) / (2 * a)];
}

/** 40 windows in 10 blocks of four that are right together or wrong together, six blocks right: Kish gives 4, the borders of blocks 3 / 2 of it. */
it('intervals of hit rates widen where windows of one time are right and wrong together', () => {
  const labels = Uint8Array.from({ length: 40 }, (_, row) => (row < 24 ? 0 : 1));
  const probabilities = Float64Array.from({ length: 120 }, (_, i) => [0.55, 0.25, 0.2][i % 3]!);
  const rates = (block: (row: number) => number) => {
    const series = Int32Array.from({ length: 40 }, (_, row) => row % 4);
    const blocks = Int32Array.from({ length: 40 }, (_, row) => block(row));
    return hitRates('direction', probabilities, labels, { series, blocks });
  };
  const together = rates((row) => row >> 2).bullish![5]!;
  expect(together).toMatchObject({ n: 40, blocks: 10, hitRate: 0.6 });
  expect(together.designEffect).toBeCloseTo(6, 12);
  const [low, high] = bounds(0.6, 40 / 6);
  expect(together.low).toBeCloseTo(low, 12);
  expect(together.high).toBeCloseTo(high, 12);
  const apart = rates((row) => row).bullish![5]!;
  expect(apart.designEffect).toBe(1.5);
  expect(apart.low).toBeCloseTo(bounds(0.6, 40 / 1.5)[0], 12);
});

/** One symbol, 12 blocks of 20 windows that share bars, every one of them right. */
it('windows of one series in one block count as one: 240 that are all right tell no more than 12', () => {
  const rows = Array.from({ length: 240 }, (_, row) => row);
  const probabilities = Float64Array.from(rows.flatMap(() => [0.95, 0.03, 0.02]));
  const places = { series: new Int32Array(240), blocks: Int32Array.from(rows, (row) => Math.floor(row / 20)) };
  const sure = hitRates('direction', probabilities, new Uint8Array(240), places).bullish![9]!;
  expect(sure).toMatchObject({ n: 240, blocks: 12, hitRate: 1, designEffect: 20 });
  // Wilson's lower bound where all of n are right is n / (n + z^2).
  expect(sure.low).toBeCloseTo(12 / (12 + 1.96 ** 2), 12);
});
