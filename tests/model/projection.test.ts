import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Convnext, networkInput, readProjection } from '../../electron/engine/vision/index.ts';
import { heldOutWindows } from './held-out.ts';
import { CARD_FILE, open } from './support.ts';

const file = JSON.parse(readFileSync(path.join(path.dirname(CARD_FILE), 'reference.json'), 'utf8')) as {
  projection: { length: number; mean: string; matrix: string };
};
const stored = (text: string) => new Float32Array(new Uint8Array(Buffer.from(text, 'base64')).buffer);
const mean = stored(file.projection.mean);
const matrix = stored(file.projection.matrix);
const projection = readProjection();
let network: Convnext;
let embeddings: Float32Array[];

beforeAll(async () => {
  network = await open();
  const windows = heldOutWindows(40).map((close) => networkInput(close));
  embeddings = (await network.predictBatch(windows)).map(({ embedding }) => embedding);
});
afterAll(() => network.close());

const squared = (a: ArrayLike<number>, b: ArrayLike<number>) =>
  Array.from(a).reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);

function nearest(query: number, points: readonly Float32Array[], count: number): number[] {
  const others = points.map((point, i) => ({ i, d: squared(point, points[query]!) })).filter(({ i }) => i !== query);
  return others
    .toSorted((a, b) => a.d - b.d || a.i - b.i)
    .slice(0, count)
    .map(({ i }) => i);
}

describe('the projection for neighbour search', () => {
  it('is matrix (embedding - mean) of the shipped file, in float32', () => {
    const [embedding] = embeddings;
    const expected = Array.from({ length: projection.projectionLength }, (_, row) =>
      Math.fround(embedding!.reduce((sum, value, i) => sum + matrix[row * 768 + i]! * (value - mean[i]!), 0)),
    );
    expect(Array.from(projection.project(embedding!))).toEqual(expected);
    expect(projection.projectionLength).toBe(64);
  });

  it('has orthonormal rows, so that it never makes a distance longer', () => {
    for (let a = 0; a < 64; a += 7) {
      for (let b = 0; b < 64; b += 9) {
        const dot = matrix
          .subarray(a * 768, a * 768 + 768)
          .reduce((sum, value, i) => sum + value * matrix[b * 768 + i]!, 0);
        expect(dot).toBeCloseTo(a === b ? 1 : 0, 5);
      }
    }
  });

  it('is the same with and without the network, byte for byte', () => {
    expect(network.projectionHash).toBe(projection.projectionHash);
    expect(projection.projectionHash).toMatch(/^[0-9a-f]{64}$/);
    for (const embedding of embeddings.slice(0, 20)) {
      expect(network.project(embedding)).toEqual(projection.project(embedding));
    }
  });

  it('keeps the ten nearest embeddings among its fifty nearest', () => {
    const projected = embeddings.map((embedding) => projection.project(embedding));
    let found = 0;
    for (let query = 0; query < 50; query++) {
      const candidates = new Set(nearest(query, projected, 50));
      found += nearest(query, embeddings, 10).filter((i) => candidates.has(i)).length;
    }
    expect(found / 500).toBeGreaterThanOrEqual(0.99);
  });

  it('refuses another length', () => {
    expect(() => projection.project(new Float32Array(767))).toThrow(RangeError);
  });
});
