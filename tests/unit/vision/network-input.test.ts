import { describe, expect, it } from 'vitest';
import { networkInput, scaleWindow } from '../../../electron/engine/vision/index.ts';
import { flat, randomOf, randomWalk } from './windows.ts';

describe('what the network reads', () => {
  it('is the window of log closes from -1 to 1: equal ratios are equal steps', () => {
    const x = networkInput(Float64Array.of(10, 20, 40, 80, 160));
    [-1, -0.5, 0, 0.5, 1].forEach((expected, i) => {
      expect(x[i]).toBeCloseTo(expected, 12);
    });
    expect(networkInput(Float64Array.of(100, 25, 50))).toEqual(Float64Array.of(1, -1, 0));
  });

  it('follows 2 (log p - min) / (max - min) - 1 on any window, and not the plain closes where prices double', () => {
    const random = randomOf(11);
    for (let k = 0; k < 50; k++) {
      const closes = randomWalk(64, random).map((price) => Math.exp(price / 10));
      const logs = Array.from(closes, Math.log);
      const [low, high] = [Math.min(...logs), Math.max(...logs)];
      const x = networkInput(closes);
      logs.forEach((log, i) => {
        expect(x[i]).toBeCloseTo((2 * (log - low)) / (high - low) - 1, 9);
      });
      expect(Math.max(...x.map((value, i) => Math.abs(value - scaleWindow(closes)[i]!)))).toBeGreaterThan(0.05);
    }
  });

  it('is zeros of a flat window, also where only rounding moves it', () => {
    expect([...networkInput(flat(64))]).toEqual(Array(64).fill(0));
    expect([...networkInput(Float64Array.of(1, 1 + 2e-16, 1))]).toEqual([0, 0, 0]);
  });

  it('does not depend on the unit of the prices, and leaves the closes as they are', () => {
    const closes = randomWalk(64, randomOf(2));
    const before = closes.slice();
    const x = networkInput(closes);
    networkInput(closes.map((price) => price * 0.0137)).forEach((value, i) => {
      expect(value).toBeCloseTo(x[i]!, 9);
    });
    expect(closes).toEqual(before);
  });
});
