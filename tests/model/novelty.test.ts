import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Convnext, networkInput } from '../../electron/engine/vision/index.ts';
import { heldOutWindows } from './held-out.ts';
import { oddWindows } from './odd-windows.ts';
import { open } from './support.ts';

const real = heldOutWindows(24);
/** Hundreds of readings, on a machine that may be busy. */
const LONG = 240_000;
let network: Convnext;
beforeAll(async () => {
  network = await open();
});
afterAll(() => network.close());

async function flaggedShare(windows: readonly Float64Array[]): Promise<number> {
  const predictions = await network.predictBatch(windows.map((close) => networkInput(close)));
  return predictions.filter(({ novelty }) => novelty.flagged).length / windows.length;
}

describe('a window unlike the training windows', () => {
  it.each(oddWindows(real, 200, 4242))('is flagged in 90 % of 200 cases: %s', { timeout: LONG }, async (_, windows) => {
    expect(await flaggedShare(windows)).toBeGreaterThanOrEqual(0.9);
  });

  it('is flagged in at most 2 % of windows of symbols and years never trained on', { timeout: LONG }, async () => {
    expect(real.length).toBeGreaterThan(800);
    expect(await flaggedShare(real)).toBeLessThanOrEqual(0.02);
  });
});

describe('novelty', () => {
  it('of a constant window is beyond every training window, and the reading still comes', async () => {
    const { novelty, reading } = await network.predict(networkInput(new Float64Array(64).fill(17)));
    expect(novelty).toMatchObject({ percentile: 100, flagged: true });
    expect(Number.isFinite(novelty.distance)).toBe(true);
    expect(Object.values(reading.regime).reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  });

  it('is the same number again, and flagged exactly beyond the 99th percentile', async () => {
    for (const close of real.slice(0, 40)) {
      const first = (await network.predict(networkInput(close))).novelty;
      expect((await network.predict(networkInput(close))).novelty).toEqual(first);
      expect(first.flagged).toBe(first.percentile > 99);
      expect(first.percentile).toBeGreaterThanOrEqual(0);
    }
  });

  it('does not change with the scale of the prices', async () => {
    const [close] = real;
    const a = await network.predict(networkInput(close!));
    const b = await network.predict(networkInput(close!.map((value) => value * 4)));
    expect(b.novelty).toEqual(a.novelty);
  });
});
