import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, seeded, testEngine } from '../../support/engine.ts';

const DAY = 86_400_000;
const csv = (closes: readonly number[]): string =>
  ['Date,Close', ...closes.map((close, i) => `${new Date(i * DAY).toISOString().slice(0, 10)},${close}`)].join('\n');

describe('a window unlike anything the network was trained on', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await testEngine();
    const random = seeded(5);
    const courses: Record<string, number[]> = {
      FLAT: Array.from({ length: 140 }, () => 42),
      TEETH: Array.from({ length: 140 }, (_, i) => 100 + (i % 2)),
      NOISE: Array.from({ length: 140 }, () => 100 + Math.round(1e6 * random()) / 1e6),
    };
    for (const [symbol, closes] of Object.entries(courses)) {
      await engine.client.market.importBars({
        symbol,
        interval: '1d',
        fileName: `${symbol}.csv`,
        content: csv(closes),
      });
    }
  });
  afterAll(() => engine.close());

  it.each(['FLAT', 'TEETH', 'NOISE'])(
    'is a hold for novelty, shown as such, and the same again: %s',
    async (symbol) => {
      const request = { symbols: [{ symbol, source: 'csv' as const }] };
      const [decision] = await decide(engine, request);
      expect(decision!.action).toBe('hold');
      expect(decision!.holdReasons[0]).toMatchObject({
        code: 'novelty',
        sentence: expect.stringContaining('unlike anything the network was trained on'),
      });
      expect(decision!.rounds[0]!.added[0]!.novelty).toMatchObject({ flagged: true });
      expect(decision!.evidenceAgainst[0]!.code).toBe('novelty');
      const [again] = await decide(engine, request);
      expect(contentOf(again!)).toEqual(contentOf(decision!));
      expect(again!.contentHash).toBe(decision!.contentHash);
    },
  );

  it('is told by the reading of the command line', async () => {
    const view = await engine.client.analysis.reading({ symbol: 'FLAT', source: 'csv' });
    expect(view.novelty).toMatchObject({ percentile: 100, flagged: true });
    const sample = await engine.client.analysis.reading({ symbol: 'GOOG', source: 'samples' });
    expect(sample.novelty!.percentile).toBeLessThanOrEqual(99);
    expect(sample.novelty!.flagged).toBe(false);
  });
});
