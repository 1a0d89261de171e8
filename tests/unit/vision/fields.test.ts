import { describe, expect, it } from 'vitest';
import { fieldBuffers, fieldsInto, gadf, gasf, heatMap, scaleWindow } from '../../../electron/engine/vision/index.ts';
import { referenceField, referenceScale } from './reference.ts';
import { gallery, randomOf, randomWalk } from './windows.ts';

const LENGTHS = [8, 9, 15, 32, 63, 64, 100, 127, 255, 256];

/** Largest distance of a field from a matrix. */
function distance(field: Float32Array, expected: number[][], from = 0): number {
  let worst = 0;
  expected.flat().forEach((value, i) => {
    worst = Math.max(worst, Math.abs(value - field[from + i]!));
  });
  return worst;
}

describe('Gramian angular fields', () => {
  it('have the values worked out by hand for three closes', () => {
    const x = scaleWindow(Float64Array.of(10, 15, 20)); // angles pi, pi/2, 0
    expect([...gasf(x)]).toEqual([1, 0, -1, 0, -1, 0, -1, 0, 1].map((v) => expect.closeTo(v, 7)));
    expect([...gadf(x)]).toEqual([0, 1, 0, -1, 0, 1, 0, -1, 0].map((v) => expect.closeTo(v, 7)));
  });

  it('have the values worked out by hand for a flat window', () => {
    const x = scaleWindow(Float64Array.of(5, 5));
    expect([...gasf(x)]).toEqual([-1, -1, -1, -1]);
    expect([...gadf(x)].map(Math.abs)).toEqual([0, 0, 0, 0]);
  });

  it.each(LENGTHS)('are within 1e-6 of the formulas for windows of %i bars', (n) => {
    for (const [name, prices] of gallery(n, 100 + n)) {
      const x = scaleWindow(prices);
      const plain = referenceScale(prices);
      expect(distance(gasf(x), referenceField(plain, 'gasf')), name).toBeLessThan(1e-6);
      expect(distance(gadf(x), referenceField(plain, 'gadf')), name).toBeLessThan(1e-6);
    }
  });

  it('write into the buffer they are given', () => {
    const out = new Float32Array(9);
    expect(gasf(Float64Array.of(-1, 0, 1), out)).toBe(out);
    expect(out[8]).toBe(1);
  });
});

describe('fields of many windows at once', () => {
  it.each(LENGTHS)('are within 1e-6 of the formulas for windows of %i bars, into any buffer', (n) => {
    const prices = gallery(n, 200 + n).map(([, window]) => window);
    const closes = Float64Array.from(prices.flatMap((window) => [...window]));
    const cells = n * n;
    const foreign = {
      gasf: new Float32Array(prices.length * cells + 7),
      gadf: new Float32Array(prices.length * cells),
    };
    for (const { gasf: sum, gadf: difference } of [fieldBuffers(prices.length, n), foreign]) {
      fieldsInto(closes, prices.length, n, sum, difference);
      prices.forEach((window, w) => {
        const x = referenceScale(window);
        expect(distance(sum, referenceField(x, 'gasf'), w * cells)).toBeLessThan(1e-6);
        expect(distance(difference, referenceField(x, 'gadf'), w * cells)).toBeLessThan(1e-6);
      });
    }
  });

  it('leave what lies behind the windows alone', () => {
    const closes = randomWalk(10, randomOf(3));
    const buffers = fieldBuffers(2, 10);
    buffers.gasf.fill(9);
    buffers.gadf.fill(9);
    fieldsInto(closes, 1, 10, buffers.gasf, buffers.gadf);
    expect([...buffers.gasf.subarray(100), ...buffers.gadf.subarray(100)].every((value) => value === 9)).toBe(true);
  });

  it('refuse a buffer that is too short and a window that is too long', () => {
    expect(() => fieldsInto(new Float64Array(64), 1, 64, new Float32Array(4096), new Float32Array(4095))).toThrow(
      RangeError,
    );
    expect(() => fieldsInto(new Float64Array(300), 1, 300, new Float32Array(90_000), new Float32Array(90_000))).toThrow(
      RangeError,
    );
  });
});

describe('the blue channel', () => {
  it('is clamp(2 (d_i + d_j) - 1, -1, 1) over the moves', () => {
    // moves 0, 0.25, 0.5
    expect([...heatMap(Float64Array.of(-0.25, 0, 0.5))]).toEqual([-1, -0.5, 0, -0.5, 0, 0.5, 0, 0.5, 1]);
  });
});
