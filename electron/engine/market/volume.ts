import { gather } from './gather.ts';
import type { RawColumns } from './types.ts';

/** No bar of anything trades more; a float that says so comes from a damaged file. */
const LARGEST_VOLUME = 1e24;

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
  if (!column) return { volume: null, missing: 0 };
  let missing = 0;
  const volume = gather(rows, (row, index) => {
    const value = column[row]! * (ratios ? ratios[index]! : 1);
    if (value >= 0 && value <= LARGEST_VOLUME) return value;
    missing++;
    return 0;
  });
  return missing === rows.length ? { volume: null, missing: 0 } : { volume, missing };
}
