import { Growing } from './growing.ts';
import { VALUE_COLUMNS, type ValueColumn } from './layout.ts';
import type { DateShape, Moment } from './moment.ts';

/** What the rows of a file say, in its order: bar starts by the clock on the wall, values as delivered. */
export interface RowColumns {
  /** Wall-clock ms read month first; of dates that leave no doubt there is no other reading. */
  monthFirst: Growing;
  /** The same read day first; null while every date leaves no doubt. */
  dayFirst: Growing | null;
  /** Minutes the wall clock is ahead of UTC, NaN where the cell does not say; null where none says. */
  offsets: Growing | null;
  values: Record<ValueColumn, Growing>;
  /** The currency that prices are marked with; null while none is. */
  currency: string | null;
  /** Rows passed over that tell of a dividend or a split. */
  events: number;
  shape: DateShape | null;
  /** The first date of three numbers has slashes between them. */
  slashes: boolean;
  /** First line of each kind; 0 where there is none. */
  lines: { noMonthFirst: number; noDayFirst: number; bare: number };
}

export function emptyColumns(): RowColumns {
  const values = Object.fromEntries(VALUE_COLUMNS.map((name) => [name, new Growing()])) as RowColumns['values'];
  const lines = { noMonthFirst: 0, noDayFirst: 0, bare: 0 };
  return {
    monthFirst: new Growing(),
    dayFirst: null,
    offsets: null,
    values,
    currency: null,
    events: 0,
    shape: null,
    slashes: false,
    lines,
  };
}

/** Adds the start of a bar; columns that most files do without begin with the first row that needs them. */
export function pushMoment(
  columns: RowColumns,
  { monthFirst, dayFirst, offset, shape, slashes, clock }: Moment,
  line: number,
): void {
  const { lines } = columns;
  columns.shape ??= shape;
  if (!clock) lines.bare ||= line;
  if (Number.isNaN(monthFirst)) lines.noMonthFirst ||= line;
  if (Number.isNaN(dayFirst)) lines.noDayFirst ||= line;
  if (columns.dayFirst === null && shape === 'numeric dates') {
    columns.dayFirst = columns.monthFirst.copy();
    columns.shape = shape;
    columns.slashes = slashes;
  }
  if (columns.offsets === null && !Number.isNaN(offset)) {
    columns.offsets = new Growing();
    columns.offsets.fill(Number.NaN, columns.monthFirst.length);
  }
  columns.monthFirst.push(monthFirst);
  columns.dayFirst?.push(dayFirst);
  columns.offsets?.push(offset);
}
