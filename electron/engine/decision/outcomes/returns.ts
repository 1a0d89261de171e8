import type { Decision, Outcome, SideOutcome, SideResult } from '../../../../shared/domain/index.ts';
import { barEnd, barStart, type Series } from '../../market/index.ts';

/** Where a decision on bar `t` (an index of the series) is entered and left. */
export interface Trip {
  entry: number;
  exit: number;
}

/** Entry at bar t+1, exit at bar t+h; a series of closes enters at the close of t+1 and leaves at that of t+1+h (DEFINITIONS 6). */
export function tripOf(series: Pick<Series, 'closeOnly'>, t: number, horizonBars: number): Trip {
  return { entry: t + 1, exit: t + horizonBars + (series.closeOnly ? 1 : 0) };
}

/** When a trip begins, UTC ms: at the open of the bar of its entry, or at its close where there are only closes. */
export function tripBegins(
  { entryTime, entersAtClose }: Pick<Outcome, 'entryTime' | 'entersAtClose'>,
  { interval, timezone }: Pick<Decision, 'interval' | 'timezone'>,
): number {
  const entry = Date.parse(entryTime);
  return entersAtClose ? barEnd(entry, interval, timezone) : barStart(entry, interval, timezone);
}

/** Price of entry: the open of its bar, or its close where there are only closes. */
export function entryPrice({ open, close }: Pick<Series, 'open' | 'close'>, index: number): number {
  return open ? open[index]! : close[index]!;
}

/** @param gross return of the long side as a fraction of the entry price */
export function bothSides(gross: number, cost: number): { long: SideOutcome; short: SideOutcome } {
  return {
    long: { grossReturn: gross, result: resultOf(gross, cost) },
    short: { grossReturn: -gross, result: resultOf(-gross, cost) },
  };
}

/** @param cost round-trip cost as a fraction of the price; a return of just that is flat */
export function resultOf(gross: number, cost: number): SideResult {
  return gross > cost ? 'win' : gross < -cost ? 'loss' : 'flat';
}
