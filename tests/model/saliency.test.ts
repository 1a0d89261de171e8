import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseCsvSeries } from '../../electron/engine/market/index.ts';
import { type Convnext, networkInput, saliency, withoutBars } from '../../electron/engine/vision/index.ts';
import { runCli } from '../support/cli.ts';
import { sampleCsv, temporaryFolder, testEngine } from '../support/engine.ts';
import { gaussian, type Random, randomOf } from '../unit/vision/windows.ts';
import { open } from './support.ts';

const BARS = 64;

/** Windows of three symbols that the network was never fitted on. */
function realWindows(count: number, random: Random): Float64Array[] {
  const series = ['GOOG', 'FB', 'IXIC'].map((symbol) =>
    parseCsvSeries({ symbol, interval: '1d', content: sampleCsv(symbol), now: Date.parse('2026-01-01') }),
  );
  return Array.from({ length: count }, (_, k) => {
    const { close } = series[k % series.length]!;
    const from = Math.floor(random() * (close.length - BARS));
    return close.slice(from, from + BARS);
  });
}

/** Return of bar `i` given the one before: a walk, a drift, bursts, and a calm after a storm. */
const RETURNS: ((random: Random, before: number, i: number) => number)[] = [
  (random) => 0.01 * gaussian(random),
  (random) => 0.004 + 0.01 * gaussian(random),
  (random, before) => Math.sqrt(0.00002 + 0.7 * before ** 2) * gaussian(random),
  (random, _, i) => (i < 44 ? 0.012 : 0.004) * gaussian(random),
  (random, before) => -0.4 * before + 0.01 * gaussian(random),
];

function simulatedWindows(count: number, random: Random): Float64Array[] {
  return Array.from({ length: count }, (_, k) => {
    let [price, before] = [100, 0];
    return Float64Array.from({ length: BARS }, (_, i) => {
      before = RETURNS[k % RETURNS.length]!(random, before, i);
      price *= 1 + before;
      return price;
    });
  });
}

/** As many whole pairs as the most salient tenth has, drawn without replacement. */
function randomPairs(count: number, random: Random): number[] {
  const order = Array.from({ length: BARS / 2 }, (_, k) => ({ k, at: random() })).sort((a, b) => a.at - b.at);
  return order.slice(0, count).flatMap(({ k }) => [2 * k, 2 * k + 1]);
}

describe('saliency on the shipped network', () => {
  let network: Convnext;
  beforeAll(async () => {
    network = await open();
  });
  afterAll(() => network.close());

  it('taking out the most salient tenth moves the top probability more than a random tenth (one seeded draw a window) in at least 80 of 100 windows', {
    timeout: 300_000,
  }, async () => {
    const random = randomOf(20_261);
    const windows = [...realWindows(50, random), ...simulatedWindows(50, random)];
    let more = 0;
    for (const closes of windows) {
      const [regime] = await saliency(network, closes);
      const { topClass, probability, without } = regime!;
      const drawn = networkInput(withoutBars(closes, randomPairs(3, random)));
      const [other] = await network.predictBatch([drawn]);
      const moved = Math.abs(probability - (other!.reading.regime as Record<string, number>)[topClass]!);
      if (Math.abs(probability - without.kept) > moved) more++;
    }
    expect(more).toBeGreaterThanOrEqual(80);
  });

  it('is what the network itself says of the window drawn anew', async () => {
    const [closes] = simulatedWindows(1, randomOf(8));
    const found = await saliency(network, closes!);
    expect(found.map(({ head, pairs }) => [head, pairs.length])).toEqual([
      ['regime', 32],
      ['direction', 32],
      ['volatility', 32],
    ]);
    const plain = (await network.predict(networkInput(closes!))).reading.regime as Record<string, number>;
    const { topClass, pairs } = found[0]!;
    expect(plain[topClass]).toBe(Math.max(...Object.values(plain)));
    for (const { from, to, change } of [pairs[0]!, pairs[13]!, pairs[31]!]) {
      const reading = (await network.predict(networkInput(withoutBars(closes!, [from, to])))).reading;
      const left = (reading.regime as Record<string, number>)[topClass]!;
      expect(change).toBeCloseTo(plain[topClass]! - left, 4);
    }
  });
});

describe('saliency as the engine answers it', () => {
  it('carries the bars, the heads and a sentence each; another length than the network reads has a reason instead', async () => {
    const engine = await testEngine();
    try {
      const request = { symbol: 'AAPL', source: 'samples', asOf: '2012-12-31' } as const;
      const view = await engine.client.analysis.saliency(request);
      const reading = await engine.client.analysis.reading(request);
      expect(view).toMatchObject({ symbol: 'AAPL', windowHash: reading.windowHash, reason: null });
      expect(view.time).toHaveLength(64);
      expect(view.heads.map(({ head }) => head)).toEqual(['regime', 'direction', 'volatility']);
      expect(view.heads[0]!.sentence).toMatch(/^(Without the \d+ bars of 20\d\d-|No pair of bars)/);
      const top = Math.max(...Object.values(reading.reading!.regime));
      expect(view.heads[0]!.probability).toBeCloseTo(top, 5);
      const other = await engine.client.analysis.saliency({ ...request, windowBars: 128 });
      expect(other.heads).toEqual([]);
      expect(other.reason).toMatch(/reads windows of 64 bars/);
    } finally {
      await engine.close();
    }
  });

  it('ends when its reader leaves, and is there for the next who asks', async () => {
    const engine = await testEngine();
    try {
      const request = { symbol: 'IBM', source: 'samples', asOf: '2012-12-31' } as const;
      await engine.client.analysis.reading(request);
      const leave = new AbortController();
      const asked = engine.client.analysis.saliency(request, { signal: leave.signal });
      leave.abort();
      await expect(asked).rejects.toThrow();
      expect((await engine.client.models.network()).latency).toHaveLength(1);
      expect((await engine.client.analysis.saliency(request)).heads).toHaveLength(3);
      const ran = (await engine.client.models.network()).latency.length;
      await engine.client.analysis.saliency(request);
      expect((await engine.client.models.network()).latency).toHaveLength(ran);
    } finally {
      await engine.close();
    }
  });

  it('stands in convnext --json', async () => {
    const args = ['convnext', '--symbol', 'AAPL', '--source', 'samples', '--as-of', '2012-12-31'];
    const result = await runCli([...args, '--json', '--data-dir', temporaryFolder()]);
    expect(result.code).toBe(0);
    const [line] = result.lines() as [{ saliency: { head: string; pairs: { from: number; to: number }[] }[] }];
    expect(line.saliency.map(({ head }) => head)).toEqual(['regime', 'direction', 'volatility']);
    expect(line.saliency[0]!.pairs.map(({ from, to }) => [from, to])).toEqual(
      Array.from({ length: 32 }, (_, k) => [2 * k, 2 * k + 1]),
    );
  });
});
