import type { CsvOptions, Notice } from '../../../../shared/domain/index.ts';
import { intradayMs } from '../sessions.ts';
import type { RawColumns } from '../types.ts';
import { barStarts } from './bar-starts.ts';
import { columnsInForce } from './column-map.ts';
import { chooseOrder } from './date-order.ts';
import type { Dialect } from './dialect.ts';
import { chooseZone } from './exchange-zone.ts';
import { type CsvForm, formNotices } from './form.ts';
import { chooseInterval, spacingOf } from './intervals.ts';
import { VALUE_COLUMNS, type ValueColumn } from './layout.ts';
import { titleCurrency } from './money.ts';
import { badCsv } from './problem.ts';
import type { RowColumns } from './row-columns.ts';

/** What prices are assumed to be in where the file does not say and the user did not. */
const DEFAULT_CURRENCY = 'USD';

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
  const { order, wall, assumed } = chooseOrder(columns, told.dateOrder, told.interval);
  yield;
  const spacing = spacingOf(wall);
  const clockSeen = columns.lines.bare === 0;
  const interval = chooseInterval(spacing, told.interval, clockSeen);
  if (intradayMs(interval) !== null && columns.lines.bare) {
    throw badCsv(`line ${columns.lines.bare}, column Date: it needs a time of day, such as 2012-12-31 09:30`);
  }
  yield;
  const offsets = columns.offsets?.take() ?? null;
  const utc = dialect.layout.utc || dialect.epoch !== null;
  const zone =
    told.timezone === undefined ? chooseZone({ wall, offsets, utc, interval }) : { timezone: told.timezone, why: null };
  const { timezone } = zone;
  yield;
  const time = yield* barStarts({ wall, offsets, utc, interval, timezone, backwards: spacing.backwards });
  const { raw, skipped } = yield* rawColumns(time, columns, dialect);
  const { delimiter, decimal, header, layout } = dialect;
  const marked = columns.currency ?? currencyOfTitles(dialect);
  const options = {
    ...{ delimiter, decimal, dateOrder: order, timezone, interval, header, columns: columnsInForce(layout) },
    ...{ currency: told.currency ?? marked ?? DEFAULT_CURRENCY, acceptDamage: told.acceptDamage ?? false },
  };
  const form: CsvForm = {
    dialect,
    options,
    told,
    spacing,
    shape: columns.shape ?? 'ISO dates',
    orderAssumed: assumed,
    exact: utc || offsets !== null,
    zoneWhy: zone.why,
    marked,
    events: columns.events,
    skipped,
  };
  return { raw, options, form, notices: formNotices(form) };
}

function currencyOfTitles({ titles, layout }: Dialect): string | null {
  return titles === null ? null : titleCurrency(titles[layout.close] ?? '');
}

/** The columns without the rows whose time is NaN, which are counted. */
function* rawColumns(
  time: Float64Array,
  columns: RowColumns,
  { layout, volumeUnit }: Dialect,
): Generator<void, { raw: RawColumns; skipped: number }> {
  let skipped = 0;
  for (let row = 0; row < time.length; row++) if (Number.isNaN(time[row])) skipped++;
  const keep = (column: Float64Array) => (skipped === 0 ? column : column.filter((_, row) => !Number.isNaN(time[row])));
  const values: Partial<Record<ValueColumn, Float64Array | null>> = {};
  for (const name of VALUE_COLUMNS) {
    values[name] = layout[name] === -1 ? null : keep(columns.values[name].take());
    yield;
  }
  const { factor } = volumeUnit ?? { factor: 1 };
  if (values.volume && factor !== 1)
    values.volume = values.volume.map((volume) => Number((volume * factor).toPrecision(15)));
  return { raw: { ...(values as Record<ValueColumn, Float64Array>), time: keep(time) }, skipped };
}
