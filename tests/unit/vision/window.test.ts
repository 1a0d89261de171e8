import { describe, expect, it } from 'vitest';
import { takeWindow } from '../../../electron/engine/vision/index.ts';

const DAY = 86_400_000;
const series = (n: number) => ({
  time: Float64Array.from({ length: n }, (_, i) => i * DAY),
  close: Float64Array.from({ length: n }, (_, i) => 100 + i),
});

describe('taking a window', () => {
  it('takes the last bars of a series', () => {
    const window = takeWindow(series(10), { bars: 3 });
    expect([...window!.close]).toEqual([107, 108, 109]);
    expect([...window!.time]).toEqual([7 * DAY, 8 * DAY, 9 * DAY]);
  });

  it('ends where it is told, with every second close counted back from there', () => {
    const window = takeWindow(series(10), { bars: 3, endIndex: 8, stepBars: 2 });
    expect([...window!.close]).toEqual([104, 106, 108]);
  });

  it('is null where there are too few bars', () => {
    expect(takeWindow(series(10), { bars: 11 })).toBeNull();
    expect(takeWindow(series(10), { bars: 6, stepBars: 2 })).toBeNull();
    expect(takeWindow(series(10), { bars: 3, endIndex: 1 })).toBeNull();
    expect(takeWindow(series(10), { bars: 3, endIndex: 10 })).toBeNull();
  });

  it('has the same hash whatever follows it, and another for another price, time or step', () => {
    const hash = takeWindow(series(10), { bars: 4 })!.hash;
    expect(takeWindow(series(20), { bars: 4, endIndex: 9 })!.hash).toBe(hash);
    const dearer = series(10);
    dearer.close[9]! += 1e-9;
    const later = series(10);
    later.time[9]! += 1;
    const others = [dearer, later].map((changed) => takeWindow(changed, { bars: 4 })!.hash);
    const constant = { time: new Float64Array(10), close: new Float64Array(10).fill(5) };
    const steps = [1, 2].map((stepBars) => takeWindow(constant, { bars: 4, stepBars })!.hash);
    expect(new Set([hash, ...others, ...steps]).size).toBe(5);
  });
});
