import type { Interval } from '../../../../shared/domain/index.ts';
import { DAY, intradayMs } from '../sessions.ts';
import { splitRatio } from '../splits.ts';
import type { Row } from './rows.ts';
import type { Split } from './types.ts';

/** From this size on, a split that the source has not yet worked into its prices shows in them. */
const VISIBLE_SPLIT = 1.5;

/** What was done for one split. */
export interface SplitNote {
  split: Split;
  bars: number;
  /** 'undone': the source had divided the bars before it; 'late': it had not yet, so only `adjClose` was put right. */
  action: 'undone' | 'late';
}

/**
 * Turns bars that the source divided at later splits back into those of their day, in place: prices times the ratio, volume by what
 * the adjustment of DEFINITIONS 1 will put back. `adjClose` keeps the source's level, so `adjClose / close` carries the split. Rows are
 * in the order of time; a bar that holds the split stays as it is.
 */
export function undoSplits(rows: Row[], splits: readonly Split[], interval: Interval): SplitNote[] {
  const notes: SplitNote[] = [];
  for (const split of splits.toSorted((a, b) => b.time - a.time)) {
    const before = rows.filter((row) => endsBefore(row.time, split.time, interval));
    if (before.length === 0) continue;
    const after = rows.slice(before.length);
    const late = notYetApplied(before, after, split.ratio);
    if (late) putAdjCloseRight(before, after, split.ratio);
    else putBack(before, split.ratio);
    notes.push({ split, bars: before.length, action: late ? 'late' : 'undone' });
  }
  return notes.reverse();
}

/** True where a bar has ended when the split's bar begins; both are dates for daily and longer bars, else instants. */
export function endsBefore(time: number, split: number, interval: Interval): boolean {
  if (interval === '1wk') return time + 6 * DAY < split;
  if (interval === '1mo') {
    const first = new Date(time);
    return Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 1) <= split;
  }
  return time + (intradayMs(interval) ?? DAY) <= split;
}

function putBack(rows: readonly Row[], ratio: number): void {
  const volumeRatio = splitRatio(ratio, 1 / ratio);
  for (const row of rows) {
    row.open *= ratio;
    row.high *= ratio;
    row.low *= ratio;
    row.close *= ratio;
    row.volume /= volumeRatio;
  }
}

function notYetApplied(before: readonly Row[], after: readonly Row[], ratio: number): boolean {
  const last = before.findLast((row) => row.close > 0);
  const first = after.find((row) => row.close > 0);
  if (!last || !first || Math.max(ratio, 1 / ratio) < VISIBLE_SPLIT) return false;
  const jump = Math.log(first.close / last.close);
  return Math.abs(jump + Math.log(ratio)) < Math.abs(jump);
}

function putAdjCloseRight(before: readonly Row[], after: readonly Row[], ratio: number): void {
  const last = before.findLast(factorOf);
  const first = after.find(factorOf);
  if (!last || !first) return;
  const jump = Math.log(factorOf(first) / factorOf(last));
  if (Math.abs(jump - Math.log(ratio)) < Math.abs(jump)) return;
  for (const row of before) row.adjClose /= ratio;
}

/** adjClose / close; 0 where it cannot be had. */
function factorOf({ adjClose, close }: Row): number {
  const factor = adjClose / close;
  return factor > 0 && Number.isFinite(factor) ? factor : 0;
}
