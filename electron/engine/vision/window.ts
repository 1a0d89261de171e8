import { sha256 } from '../platform/index.ts';

/** One look at a series: `bars` closes, every `stepBars`-th of them, ending at a chosen bar. `time` in UTC ms. */
export interface PriceWindow {
  bars: number;
  stepBars: number;
  time: Float64Array;
  close: Float64Array;
  /** SHA-256 over length, step, times and closes as used. */
  hash: string;
}

export interface WindowOptions {
  bars: number;
  /** Inclusive index of the last bar; the series' last bar when left out. */
  endIndex?: number;
  /** 2 takes every second close, counted back from the end. */
  stepBars?: number;
}

/**
 * Cuts a window out of a series; nothing behind `endIndex` is read.
 * @returns null where the series has too few bars before `endIndex`.
 */
export function takeWindow(
  series: { time: Float64Array; close: Float64Array },
  options: WindowOptions,
): PriceWindow | null {
  const { bars, stepBars = 1, endIndex = series.close.length - 1 } = options;
  const first = endIndex - (bars - 1) * stepBars;
  if (first < 0 || endIndex >= series.close.length) return null;
  const time = new Float64Array(bars);
  const close = new Float64Array(bars);
  for (let i = 0, from = first; i < bars; i++, from += stepBars) {
    time[i] = series.time[from]!;
    close[i] = series.close[from]!;
  }
  return { bars, stepBars, time, close, hash: windowHash(time, close, stepBars) };
}

function windowHash(time: Float64Array, close: Float64Array, stepBars: number): string {
  const header = Buffer.from(`window 1\n${close.length} ${stepBars}\n`);
  return sha256(Buffer.concat([header, bytes(time), bytes(close)]));
}

function bytes(values: Float64Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}
