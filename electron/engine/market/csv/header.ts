import { badCsv, quoted } from './problem.ts';

const NAMES = {
  time: ['date', 'time', 'datetime', 'timestamp'],
  open: ['open'],
  high: ['high'],
  low: ['low'],
  close: ['close'],
  adjClose: ['adj close', 'adjclose', 'adj_close', 'adjusted close'],
  volume: ['volume'],
} as const;

export type ColumnName = keyof typeof NAMES;

/** Position of each known column in a row; -1 where the file has none. `width` is the number of header cells. */
export type Layout = Record<ColumnName, number> & { width: number };

/** Name of a column as error sentences call it. */
export const COLUMN_TITLES: Record<ColumnName, string> = {
  time: 'Date',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjClose: 'Adj Close',
  volume: 'Volume',
};

/**
 * Where the columns of the plain Yahoo layout stand: any order, any case, others ignored; Date and Close are needed.
 * Candles count only when Open, High and Low are all there. `line` is the header's line number. @throws BAD_CSV
 */
export function readHeader(cells: readonly string[], line: number): Layout {
  const titles = cells.map((cell) => cell.trim().toLowerCase());
  if (titles.length < 2) {
    throw badCsv(
      `line ${line} should name comma-separated columns such as Date,Close, but it is ${quoted(cells[0] ?? '')}`,
    );
  }
  const layout = { width: cells.length } as Layout;
  for (const name of Object.keys(NAMES) as ColumnName[]) layout[name] = position(titles, name, line);
  for (const name of ['time', 'close'] as const) {
    if (layout[name] === -1) {
      throw badCsv(`line ${line} names no column ${COLUMN_TITLES[name]}; it is ${quoted(cells.join(','))}`);
    }
  }
  if (layout.open === -1 || layout.high === -1 || layout.low === -1) layout.open = layout.high = layout.low = -1;
  return layout;
}

function position(titles: readonly string[], name: ColumnName, line: number): number {
  const found = titles.flatMap((title, index) => ((NAMES[name] as readonly string[]).includes(title) ? [index] : []));
  if (found.length > 1) throw badCsv(`line ${line} names the column ${COLUMN_TITLES[name]} twice`);
  return found[0] ?? -1;
}
