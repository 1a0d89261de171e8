import { CSV_COLUMNS, type CsvColumn, type CsvOptions } from '../../../../shared/domain/index.ts';
import type { Layout } from './layout.ts';
import { badCsv, quoted } from './problem.ts';
import { plainTitle } from './titles.ts';

export type ColumnMap = NonNullable<CsvOptions['columns']>;
/** Place of each column that the user told; -1 where the file has none. */
export type Places = Partial<Record<CsvColumn, number>>;

const FIELDS = {
  date: 'time',
  time: 'clock',
  open: 'open',
  high: 'high',
  low: 'low',
  close: 'close',
  adjClose: 'adjClose',
  volume: 'volume',
} as const satisfies Record<CsvColumn, keyof Layout>;

/** Where the columns that were told stand among the titles (or, without a header, the cells) of a row; or what is wrong in words. */
export function toldPlaces(map: ColumnMap, cells: readonly string[], titled: boolean): Places | string {
  const places: Places = {};
  for (const name of CSV_COLUMNS) {
    const wanted = map[name];
    if (wanted === undefined) continue;
    const found = wanted === '' ? -1 : placeOf(wanted, cells, titled);
    if (typeof found === 'string') return found;
    const other = CSV_COLUMNS.find((taken) => found !== -1 && places[taken] === found);
    if (other) return `has one column ${quoted(wanted)}, which cannot be both ${other} and ${name}`;
    places[name] = found;
  }
  return places;
}

function placeOf(wanted: string, cells: readonly string[], titled: boolean): number | string {
  const matches = (same: (cell: string) => boolean) => cells.flatMap((cell, index) => (same(cell) ? [index] : []));
  const exact = titled ? matches((cell) => cell.trim() === wanted) : [];
  const like = titled && exact.length === 0 ? matches((cell) => plainTitle(cell) === plainTitle(wanted)) : exact;
  if (like.length > 1) return `names the column ${quoted(wanted)} twice; say its number`;
  if (like.length === 1) return like[0]!;
  const number = /^\d{1,4}$/.test(wanted) ? Number(wanted) : 0;
  if (number >= 1 && number <= cells.length) return number - 1;
  const have = titled ? cells.slice(0, 12).map(quoted).join(', ') : `${cells.length} columns without titles`;
  return `has no column ${quoted(wanted)}; it has ${have}`;
}

/** Puts the columns that were told in their place. @throws BAD_CSV where candles are told in part */
export function applyPlaces(layout: Layout, places: Places): void {
  for (const name of CSV_COLUMNS) {
    const place = places[name];
    if (place !== undefined) layout[FIELDS[name]] = place;
  }
  const candle = (['open', 'high', 'low'] as const).filter((name) => layout[name] === -1);
  const told = (['open', 'high', 'low'] as const).find((name) => (places[name] ?? -1) !== -1);
  if (told && candle.length > 0)
    throw badCsv(`a candle needs open, high and low; ${candle.join(' and ')} is not there`);
}

/** The columns of a layout as a user would tell them, by number; columns that the file lacks as empty text. */
export function columnsInForce(layout: Layout): Record<CsvColumn, string> {
  const numbers = CSV_COLUMNS.map((name) => {
    const place = layout[FIELDS[name]];
    return [name, place === -1 ? '' : String(place + 1)] as const;
  });
  return Object.fromEntries(numbers) as Record<CsvColumn, string>;
}
