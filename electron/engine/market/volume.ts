import { gather } from './gather.ts';
import type { RawColumns } from './types.ts';

/**
 * Volume of the bars in units of the as-of bar. A cell that is missing, negative or absurd counts as missing and reads 0; a file
 * without any volume has none. `ratios` are the split ratios of the adjustment.
 */
export function readVolume(
  raw: RawColumns,
  rows: readonly number[],
  ratios: Float64Array | null,
): { volume: Float64Array | null; missing: number } {
  const column = raw.volume;
  const present = (row: number) => column !== null && column[row]! >= 0 && column[row]! <= 1e18;
  const missing = rows.filter((row) => !present(row)).length;
  if (!column || missing === rows.length) return { volume: null, missing: 0 };
  const volume = gather(rows, (row, index) => (present(row) ? column[row]! * (ratios ? ratios[index]! : 1) : 0));
  return { volume, missing };
}
