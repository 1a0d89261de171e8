/** How a date is written, in the words the user reads. */
export type DateShape =
  | 'ISO dates'
  | 'yyyymmdd dates'
  | 'numeric dates'
  | 'dates with month names'
  | 'epoch seconds'
  | 'epoch milliseconds'
  | 'epoch microseconds';

/** What one cell says of a bar's start; reused from row to row. Times are those of the clock on the wall, in ms as if it were UTC. */
export interface Moment {
  /** Read month first where the order matters; NaN where no such date exists. */
  monthFirst: number;
  /** The same read day first. */
  dayFirst: number;
  /** How far the wall clock is ahead of UTC in minutes; NaN where the cell does not say. */
  offset: number;
  /** Whether a time of day is written. */
  clock: boolean;
  shape: DateShape;
  /** Written with slashes, as only dates of three numbers tell. */
  slashes: boolean;
}

export function emptyMoment(): Moment {
  return {
    monthFirst: Number.NaN,
    dayFirst: Number.NaN,
    offset: Number.NaN,
    clock: false,
    shape: 'ISO dates',
    slashes: false,
  };
}
