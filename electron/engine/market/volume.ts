import { gathering } from './gather.ts';
import { finish, type Steps } from './steps.ts';
import type { RawColumns } from './types.ts';

/** No bar of anything trades more; a float that says so comes from a damaged file. */
const LARGEST_VOLUME = 1e24;

export interface Volume {
  volume: Float64Array | null;
  missing: number;
}

/**
 * Volume of the bars in units of the as-of bar. A cell that is missing, negative or absurd counts as missing and reads 0; a file
 * without any volume has none. `ratios` are the split ratios of the adjustment.
 */
export function readVolume(raw: RawColumns, rows: readonly number[], ratios: Float64Array | null): Volume {
  return finish(volumeSteps(raw, rows, ratios));
}

/** `readVolume` in steps. */
export function* volumeSteps(raw: RawColumns, rows: readonly number[], ratios: Float64Array | null): Steps<Volume> {
  const column = raw.volume;
  if (!column) return { volume: null, missing: 0 };
  let missing = 0;
  const volume = yield* gathering(rows, (row, index) => {
    const value = column[row]! * (ratios ? ratios[index]! : 1);
    if (value >= 0 && value <= LARGEST_VOLUME) return value;
    missing++;
    return 0;
  });
  return missing === rows.length ? { volume: null, missing: 0 } : { volume, missing };
}
