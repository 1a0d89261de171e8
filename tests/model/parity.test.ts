import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Convnext, gadf, gasf, heatMap, networkInput } from '../../electron/engine/vision/index.ts';
import { open, PARITY, softmax } from './support.ts';

const scaled = PARITY.map(({ close }) => networkInput(Float64Array.from(close)));
const HEADS = ['regime', 'direction', 'volatility'] as const;
let network: Convnext;

beforeAll(async () => {
  network = await open();
});
afterAll(() => network.close());

describe('the 50 windows that shipped with the weights', () => {
  it('have the field values they had when the network was trained, within 1e-5', () => {
    expect(PARITY).toHaveLength(50);
    PARITY.forEach(({ fieldSamples: { rowsAndColumns: at, values } }, v) => {
      [gasf, gadf, heatMap].forEach((draw, channel) => {
        const field = draw(scaled[v]!);
        at.forEach((row, i) => {
          at.forEach((column, j) => {
            expect(Math.abs(field[row * 64 + column]! - values[channel]![i]![j]!)).toBeLessThan(1e-5);
          });
        });
      });
    });
  });

  it('get every probability within 1e-3, and the embedding they had', async () => {
    for (const [v, vector] of PARITY.entries()) {
      const { reading, embedding } = await network.predict(scaled[v]!);
      for (const head of HEADS) {
        const expected = softmax(vector.logits[head]);
        Object.values(reading[head]).forEach((probability, i) => {
          expect(Math.abs(probability - expected[i]!), `vector ${v}, ${head}`).toBeLessThan(1e-3);
        });
      }
      vector.features8.forEach((value, i) => {
        expect(Math.abs(embedding[i]! - value), `vector ${v}, feature ${i}`).toBeLessThan(5e-3);
      });
    }
  });

  it('read in batches equal to 1e-5 what each gets alone, in the same order', async () => {
    const batch = await network.predictBatch(scaled);
    expect(batch).toHaveLength(50);
    for (const [v, x] of scaled.entries()) {
      const alone = await network.predict(x);
      for (const head of HEADS) {
        Object.values(alone.reading[head]).forEach((probability, i) => {
          expect(Math.abs(probability - Object.values(batch[v]!.reading[head])[i]!)).toBeLessThan(1e-5);
        });
      }
    }
  });

  it('get the same bytes however many calls are under way', async () => {
    const first = await network.predict(scaled[0]!);
    const [a, , b] = await Promise.all([scaled[0]!, scaled[1]!, scaled[0]!].map((x) => network.predict(x)));
    expect(a!.logits).toEqual(first.logits);
    expect(b!.embedding).toEqual(first.embedding);
  });
});

describe('a reading', () => {
  it('has heads that sum to 1 and an embedding of 768', async () => {
    const { reading, embedding } = await network.predict(scaled[3]!);
    for (const head of HEADS) {
      const sum = Object.values(reading[head]).reduce((a, b) => a + b);
      expect(sum).toBeCloseTo(1, 12);
    }
    expect(embedding).toHaveLength(768);
    expect(await network.extractFeatures(scaled[3]!)).toEqual(embedding);
  });

  it('is refused for a window of another length or values outside -1 to 1', async () => {
    await expect(network.predict(new Float64Array(32))).rejects.toMatchObject({ code: 'WINDOW_NOT_READ' });
    await expect(network.predict(new Float64Array(64).fill(Number.NaN))).rejects.toMatchObject({
      code: 'MODEL_FAILED',
    });
    await expect(network.predictBatch([scaled[0]!, new Float64Array(63)])).rejects.toMatchObject({
      code: 'WINDOW_NOT_READ',
    });
  });
});
