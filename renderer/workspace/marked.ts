import { createStore } from '../engine/index.ts';

/** Bars of the window on screen that moved the network's reading most; every panel that draws the window marks them. */
export interface MarkedBars {
  symbol: string;
  windowHash: string;
  bars: number;
  /** Runs of neighbouring bars, [first, last]: positions in the window. */
  runs: readonly (readonly [number, number])[];
  /** The same runs as starts of bars, UTC ms. */
  spans: readonly (readonly [number, number])[];
}

/** Null while none are asked for. */
export const markedBars = createStore<MarkedBars | null>(null);
