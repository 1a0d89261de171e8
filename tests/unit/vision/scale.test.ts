import { describe, expect, it } from 'vitest';
import { scaleWindow } from '../../../electron/engine/vision/index.ts';
import { referenceScale } from './reference.ts';
import { gallery } from './windows.ts';

describe('scaling of a window', () => {
  it('puts the lowest close at -1, the highest at 1 and the middle at 0', () => {
    expect([...scaleWindow(Float64Array.of(10, 15, 20, 12.5))]).toEqual([-1, 0, 1, -0.5]);
  });

  it('gives zeros for a flat window', () => {
    expect([...scaleWindow(Float64Array.of(7, 7, 7))]).toEqual([0, 0, 0]);
  });

  it('takes differences in the last binary digit of a price for flat', () => {
    expect([...scaleWindow(Float64Array.of(100, 100 + 2e-14, 100))]).toEqual([0, 0, 0]);
  });

  it.each([8, 64, 256])('equals the formula for %i bars', (n) => {
    for (const [, prices] of gallery(n, n)) {
      const expected = referenceScale(prices);
      scaleWindow(prices).forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i]!, 14);
      });
    }
  });

  it('writes into the array it is given', () => {
    const out = new Float64Array(3);
    expect(scaleWindow(Float64Array.of(1, 2, 3), out)).toBe(out);
    expect([...out]).toEqual([-1, 0, 1]);
  });
});
