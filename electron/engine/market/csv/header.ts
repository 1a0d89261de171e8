import { applyPlaces, type Places } from './column-map.ts';
import { COLUMN_TITLES, emptyLayout, type Layout, VALUE_COLUMNS, type ValueColumn } from './layout.ts';
import { badCsv, quoted } from './problem.ts';
import { CLOCKS, CURRENCIES, DATES, INSTANTS, isAdjustedClose, NAMES, plainTitle, SYMBOLS } from './titles.ts';

/**
 * Where the columns stand by the titles in a header row: any case, any order, others passed over; `told` wins. Candles count only when
 * open, high and low are all there; a close that is only there adjusted is the close. The layout, or what is missing.
 * @throws BAD_CSV where a column stands twice
 */
export function readHeader(cells: readonly string[], line: number, told: Places = {}): Layout | 'Date' | 'Close' {
  const titles = cells.map(plainTitle);
  const taken = new Set(Object.values(told));
  const found = (is: Is) => titles.flatMap((title, index) => (is(title) && !taken.has(index) ? [index] : []));
  const layout = timeColumns(found, titles, line, told);
  for (const name of VALUE_COLUMNS) if (told[name] === undefined) layout[name] = valueColumn(name, found, line);
  const volume = titles.findIndex((title, index) => title.startsWith('volume ') && !taken.has(index));
  if (layout.volume === -1 && told.volume === undefined) layout.volume = volume;
  if (layout.close === -1 && told.close === undefined && told.adjClose === undefined) {
    layout.close = layout.adjClose;
    layout.adjClose = -1;
  }
  applyPlaces(layout, told);
  if (layout.time === -1) return 'Date';
  if (layout.close === -1) return 'Close';
  layout.adjustedClose = isAdjustedClose(titles[layout.close]!);
  layout.utc = /gmt|utc/.test(titles[layout.time]!);
  if (layout.open === -1 || layout.high === -1 || layout.low === -1) layout.open = layout.high = layout.low = -1;
  const used = new Set([
    layout.time,
    layout.clock,
    layout.symbol,
    layout.currency,
    ...VALUE_COLUMNS.map((name) => layout[name]),
  ]);
  layout.ignored = cells.filter((cell, index) => cell.trim() !== '' && !used.has(index) && titles[index] !== 'per');
  return layout;
}

type Is = (title: string) => boolean;
type Find = (is: Is) => number[];

const among = (names: readonly string[]): Is => {
  return (title) => names.includes(title);
};

function timeColumns(found: Find, titles: readonly string[], line: number, told: Places): Layout {
  const layout = emptyLayout(titles.length);
  layout.symbol = found(among(SYMBOLS))[0] ?? -1;
  layout.currency = found(among(CURRENCIES))[0] ?? -1;
  if (told.date !== undefined && told.time !== undefined) return layout;
  const dates = DATES.map((tier) => found(among(tier))).find((columns) => columns.length > 0) ?? [];
  const [clocks, instants] = [found(among(CLOCKS)), found(among(INSTANTS))];
  for (const columns of [dates, clocks, instants]) if (columns.length > 1) throw twice('Date', line);
  const unnamed = titles.length > 1 && titles[0] === '' ? 0 : -1;
  layout.time = told.date ?? instants[0] ?? dates[0] ?? clocks[0] ?? unnamed;
  if (layout.time === dates[0] || told.date !== undefined) layout.clock = clocks[0] ?? -1;
  return layout;
}

function valueColumn(name: ValueColumn, found: Find, line: number): number {
  const tiers: readonly Is[] = name === 'adjClose' ? [isAdjustedClose] : NAMES[name].map((names) => among(names));
  for (const is of tiers) {
    const columns = found(is);
    if (columns.length > 1) throw twice(COLUMN_TITLES[name], line);
    if (columns.length === 1) return columns[0]!;
  }
  return -1;
}

function twice(title: string, line: number): Error {
  return badCsv(`line ${line} names the column ${title} twice; leave one of them`);
}

/** Why a header cannot be used, with what to do. */
export function headerProblem(
  missing: 'Date' | 'Close',
  cells: readonly string[],
  line: number,
  delimiter: string,
): Error {
  const text = quoted(cells.join(delimiter));
  if (cells.length < 2) {
    return badCsv(
      `line ${line} should name columns such as Date,Close with a comma, semicolon or tab between, but it is ${text}`,
    );
  }
  return badCsv(`line ${line} names no column ${missing}; it is ${text}`);
}
