import { badCsv, quoted } from './problem.ts';

/** Titles of each column, best first; the best one that the file has is taken. */
const NAMES = {
  open: [['open', 'open price', 'opening price', 'eröffnung', 'erster'], ['o']],
  high: [
    ['high', 'high price', 'hoch'],
    ['max', 'h'],
  ],
  low: [
    ['low', 'low price', 'tief'],
    ['min', 'l'],
  ],
  close: [['close', 'close price', 'closing price', 'schluss', 'schlusskurs'], ['close/last', 'last', 'c'], ['price']],
  adjClose: [['adj close', 'adjclose', 'adj. close', 'adjusted close', 'adj close price']],
  volume: [
    ['tickvol', 'tick volume'],
    ['volume', 'vol', 'vol.', 'volumen'],
    ['v', 'qty'],
  ],
} as const;

const DATES = [
  'date',
  'datetime',
  'date time',
  'date/time',
  'datum',
  'trade date',
  'trading date',
  'trading day',
  'dtyyyymmdd',
  'local time',
  'gmt time',
  'open time',
  'open date',
];
const CLOCKS = ['time', 'time of day', 'uhrzeit', 'zeit', 'hour', 'heure', 'hora', 'ora', 'tijd', 'tid'];
const INSTANTS = ['timestamp', 'time stamp', 'unix', 'unix timestamp', 'unix time', 'unixtime', 'epoch'];
const SYMBOLS = ['ticker', 'symbol', 'instrument', 'ric'];

export const VALUE_COLUMNS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
export type ValueColumn = (typeof VALUE_COLUMNS)[number];

/** Position of each column in a row; -1 where the file has none. `width` is the number of cells a row has. */
export interface Layout extends Record<ValueColumn, number> {
  time: number;
  /** Where a time of day stands in a column of its own. */
  clock: number;
  symbol: number;
  width: number;
  /** The time column is in UTC by its title. */
  utc: boolean;
  /** Titles of columns that nothing is made of. */
  ignored: string[];
}

/** Name of a column as error sentences call it. */
export const COLUMN_TITLES: Record<ValueColumn | 'time' | 'clock', string> = {
  time: 'Date',
  clock: 'Time',
  open: 'Open',
  high: 'High',
  low: 'Low',
  close: 'Close',
  adjClose: 'Adj Close',
  volume: 'Volume',
};

/**
 * Where the columns stand by the titles in a header row: any case, any order, others passed over. Candles count only when open, high
 * and low are all there. The layout, or what is missing. @throws BAD_CSV where a column stands twice
 */
export function readHeader(cells: readonly string[], line: number): Layout | 'Date' | 'Close' {
  const titles = cells.map(plainTitle);
  const found = (names: readonly string[]) => titles.flatMap((title, index) => (names.includes(title) ? [index] : []));
  const layout = timeColumns(found, titles, line);
  for (const name of VALUE_COLUMNS) layout[name] = valueColumn(name, found, line);
  if (layout.volume === -1) layout.volume = titles.findIndex((title) => title.startsWith('volume '));
  if (layout.time === -1) return 'Date';
  if (layout.close === -1) return 'Close';
  if (layout.open === -1 || layout.high === -1 || layout.low === -1) layout.open = layout.high = layout.low = -1;
  const used = new Set([layout.time, layout.clock, layout.symbol, ...VALUE_COLUMNS.map((name) => layout[name])]);
  layout.ignored = cells.filter((cell, index) => cell.trim() !== '' && !used.has(index) && titles[index] !== 'per');
  return layout;
}

/** A title without case, quotation, angle brackets, footnote marks, numbering and unit: `<CLOSE>`, `Close*`, `4. close`, `Close (USD)`. */
export function plainTitle(cell: string): string {
  const title = cell
    .trim()
    .toLowerCase()
    .replace(/^<(.*)>$/, '$1')
    .replace(/\*+$/, '')
    .replaceAll('_', ' ');
  const bare = title
    .replace(/^\d\. /, '')
    .replace(/ *\([^)]*\)$/, '')
    .replace(/\s+/g, ' ')
    .trim();
  const yahoo = /^(adj )?close (close price adjusted|adjusted close price adjusted)/.exec(bare);
  return yahoo ? `${yahoo[1] ?? ''}close` : bare;
}

/** A layout without columns yet, `width` cells wide. */
export function emptyLayout(width: number): Layout {
  const values = { open: -1, high: -1, low: -1, close: -1, adjClose: -1, volume: -1 };
  return { ...values, time: -1, clock: -1, symbol: -1, width, utc: false, ignored: [] };
}

type Find = (names: readonly string[]) => number[];

function timeColumns(found: Find, titles: readonly string[], line: number): Layout {
  const layout = emptyLayout(titles.length);
  const [dates, clocks, instants] = [found(DATES), found(CLOCKS), found(INSTANTS)];
  for (const columns of [dates, clocks, instants]) if (columns.length > 1) throw twice('Date', line);
  layout.time = instants[0] ?? dates[0] ?? clocks[0] ?? (titles.length > 1 && titles[0] === '' ? 0 : -1);
  if (layout.time === dates[0]) layout.clock = clocks[0] ?? -1;
  layout.utc = /gmt|utc/.test(titles[layout.time] ?? '');
  layout.symbol = found(SYMBOLS)[0] ?? -1;
  return layout;
}

function valueColumn(name: ValueColumn, found: Find, line: number): number {
  for (const names of NAMES[name]) {
    const columns = found(names);
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
