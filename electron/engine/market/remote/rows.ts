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

/** Puts rows in the order of time, equal times as they came; says whether anything moved. */
export function inOrder(rows: readonly Row[]): { rows: Row[]; moved: boolean } {
  const moved = rows.some((row, index) => index > 0 && row.time < rows[index - 1]!.time);
  return { rows: moved ? [...rows].sort((a, b) => a.time - b.time) : [...rows], moved };
}
