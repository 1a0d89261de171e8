import type { CsvOptions, Notice } from '../../../../shared/domain/index.ts';
import { intradayMs } from '../sessions.ts';
import type { RawColumns } from '../types.ts';
import { barStarts } from './bar-starts.ts';
import { chooseOrder } from './date-order.ts';
import type { Dialect } from './dialect.ts';
import { type CsvForm, formNotices } from './form.ts';
import { VALUE_COLUMNS, type ValueColumn } from './header.ts';
import { chooseInterval, spacingOf } from './intervals.ts';
import { badCsv } from './problem.ts';
import type { RowColumns } from './row-columns.ts';

/** What is assumed of a file that does not say and a user who did not. */
export const CSV_DEFAULTS = { currency: 'USD', timezone: 'America/New_York' };

/** A CSV file as understood: its columns as delivered, every option in force, and what is worth saying of its form. */
export interface CsvReading {
  raw: RawColumns;
  options: Required<CsvOptions>;
  form: CsvForm;
  /** About the form of the file and rows that are no bars; bars have their own. */
  notices: Notice[];
}

/** Makes bars of the rows read, now that the whole file is known. @throws BAD_CSV */
export function* finishReading(columns: RowColumns, dialect: Dialect, told: CsvOptions): Generator<void, CsvReading> {
  const { order, wall, assumed } = chooseOrder(columns, told.dateOrder);
  yield;
  const spacing = spacingOf(wall);
  const clockSeen = columns.lines.bare === 0;
  const interval = chooseInterval(spacing, told.interval, clockSeen);
  if (intradayMs(interval) !== null && columns.lines.bare) {
    throw badCsv(`line ${columns.lines.bare}, column Date: it needs a time of day, such as 2012-12-31 09:30`);
  }
  yield;
  const { timezone, currency } = { ...CSV_DEFAULTS, ...definedOf(told) };
  const offsets = columns.offsets?.take() ?? null;
  const utc = dialect.layout.utc || dialect.epoch !== null;
  const time = yield* barStarts({ wall, offsets, utc, interval, timezone, backwards: spacing.backwards });
  const { raw, skipped } = yield* rawColumns(time, columns, dialect);
  const { delimiter, decimal, header } = dialect;
  const options = { delimiter, decimal, dateOrder: order, timezone, interval, header, currency };
  const form: CsvForm = {
    dialect,
    options,
    told,
    spacing,
    shape: columns.shape ?? 'ISO dates',
    orderAssumed: assumed,
    exact: utc || offsets !== null,
    events: columns.events,
    skipped,
  };
  return { raw, options, form, notices: formNotices(form) };
}

function definedOf({ timezone, currency }: CsvOptions): Partial<typeof CSV_DEFAULTS> {
  return { ...(timezone === undefined ? {} : { timezone }), ...(currency === undefined ? {} : { currency }) };
}

/** The columns without the rows whose time is NaN, which are counted. */
function* rawColumns(
  time: Float64Array,
  columns: RowColumns,
  { layout }: Dialect,
): Generator<void, { raw: RawColumns; skipped: number }> {
  let skipped = 0;
  for (let row = 0; row < time.length; row++) if (Number.isNaN(time[row])) skipped++;
  const keep = (column: Float64Array) => (skipped === 0 ? column : column.filter((_, row) => !Number.isNaN(time[row])));
  const values: Partial<Record<ValueColumn, Float64Array | null>> = {};
  for (const name of VALUE_COLUMNS) {
    values[name] = layout[name] === -1 ? null : keep(columns.values[name].take());
    yield;
  }
  return { raw: { ...(values as Record<ValueColumn, Float64Array>), time: keep(time) }, skipped };
}
