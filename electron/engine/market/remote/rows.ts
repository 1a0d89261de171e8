import { gather } from '../gather.ts';
import type { RawColumns } from '../types.ts';

/** One bar on its way from a source to columns; what is missing is NaN, `time` is UTC ms. */
export interface Row {
  time: number;
  open: number;
  high: number;
  low: number;
  close: number;
  adjClose: number;
  volume: number;
}

/** Columns of `rows`; `adjClose` and `volume` null where the source has none. */
export function columnsOf(rows: readonly Row[], has: { adjClose: boolean; volume: boolean }): RawColumns {
  const indices = rows.map((_, index) => index);
  const column = (name: keyof Row) => gather(indices, (index) => rows[index]![name]);
  return {
    time: column('time'),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: column('close'),
    adjClose: has.adjClose ? column('adjClose') : null,
    volume: has.volume ? column('volume') : null,
  };
}

/** True where a row has no price at all. */
export function isEmptyRow({ open, high, low, close }: Row): boolean {
  return [open, high, low, close].every(Number.isNaN);
}

/** Puts rows in the order of time, equal times as they came; `movedFrom` is the time of the first that had to move, null where none had. */
export function inOrder(rows: readonly Row[]): { rows: Row[]; movedFrom: number | null } {
  let earliestAfter = Infinity;
  let movedFrom: number | null = null;
  for (const { time } of rows.toReversed()) {
    if (time > earliestAfter) movedFrom = Math.min(movedFrom ?? Infinity, time);
    earliestAfter = Math.min(earliestAfter, time);
  }
  return { rows: movedFrom === null ? [...rows] : [...rows].sort((a, b) => a.time - b.time), movedFrom };
}
