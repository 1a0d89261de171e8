import { gather } from '../gather.ts';
import type { RawColumns } from '../types.ts';
import { checkLengths, mapColumns } from './columns.ts';

/** Bars fit to be kept, oldest first, each time once; with what was left out. */
export interface Arrivals {
  raw: RawColumns;
  unfinished: number;
  ignored: number;
}

/**
 * Sorts what a source delivered: bars that start after `latest` (UTC ms) have not ended; of those with one time the first counts.
 * @throws INVALID_INPUT (columns of unequal length)
 */
export function arrivalsOf(raw: RawColumns, latest: number): Arrivals {
  checkLengths(raw);
  const timed = Array.from(raw.time.keys()).filter((row) => Number.isFinite(raw.time[row]));
  const ended = timed.filter((row) => raw.time[row]! <= latest).sort((a, b) => raw.time[a]! - raw.time[b]! || a - b);
  const rows = ended.filter((row, index) => index === 0 || raw.time[row] !== raw.time[ended[index - 1]!]);
  const column = (values: Float64Array | null) => values && gather(rows, (row) => values[row]!);
  return {
    raw: mapColumns((name) => column(raw[name])),
    unfinished: timed.length - ended.length,
    ignored: raw.time.length - timed.length + ended.length - rows.length,
  };
}
