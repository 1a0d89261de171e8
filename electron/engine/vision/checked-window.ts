import type { Notice } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { holeAcross, NOT_YET, noticesBetween, type Series } from '../market/index.ts';
import { type PriceWindow, takeWindow } from './window.ts';

/** Share of dropped or repaired bars above which a window is refused (DEFINITIONS 1). */
export const MAX_BAD_SHARE = 0.05;

/** Facts about every price of the series that a reader of one window must know. */
const LASTING = new Set(['adjusted-at-source']);

export interface CheckedWindow {
  window: PriceWindow;
  /** What was done to bars of the window and to those after its last good bar up to the as-of, and what holds for all of them. */
  notices: Notice[];
}

/** Reads a series for a window of `bars`: where there is no bar yet, that many are needed. @throws TOO_FEW_BARS, and what the reading throws */
export async function seriesFor(bars: number, reading: Promise<Series>): Promise<Series> {
  return reading.catch((error: unknown) => {
    if (!(error instanceof BrainnetError) || error.code !== 'TOO_FEW_BARS') throw error;
    throw new BrainnetError('TOO_FEW_BARS', { ...error.details, need: bars });
  });
}

/** The last `bars` bars of a series. @throws TOO_FEW_BARS, HOLE_IN_BARS, TOO_MANY_BAD_BARS */
export function checkedWindow(series: Series, bars: number): CheckedWindow {
  const { symbol } = series;
  const window = takeWindow(series, { bars });
  if (!window) {
    const asOf = new Date(series.time.at(-1)!).toISOString().slice(0, 10);
    throw new BrainnetError('TOO_FEW_BARS', { symbol, have: series.close.length, need: bars, asOf });
  }
  refuseHole(series, bars);
  const { notices, bad } = noticesBetween(series, window.time[0]!, Infinity);
  if (bad > MAX_BAD_SHARE * bars) {
    throw new BrainnetError('TOO_MANY_BAD_BARS', { symbol, bad, bars, percent: Math.round((100 * bad) / bars) });
  }
  const facts = series.notices.filter(({ rule }) => LASTING.has(rule));
  // Bars that were not there yet as of the last one are no part of the window, and gone when it is looked at later
  return { window, notices: [...notices.filter(({ rule }) => !NOT_YET.has(rule)), ...facts] };
}

/** @throws HOLE_IN_BARS */
function refuseHole({ symbol, interval, time }: Series, bars: number): void {
  const hole = holeAcross({ time, interval }, time.length - bars, time.length - 1, bars);
  if (!hole) return;
  const dateOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);
  const have = time.length - time.indexOf(hole.to);
  throw new BrainnetError('HOLE_IN_BARS', { symbol, from: dateOf(hole.from), to: dateOf(hole.to), have, need: bars });
}
