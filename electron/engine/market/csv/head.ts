import { splitCells } from './cells.ts';
import { applyPlaces, type ColumnMap, toldPlaces } from './column-map.ts';
import type { Delimiter, Line } from './dialect.ts';
import { headerProblem, readHeader } from './header.ts';
import { emptyLayout, type Layout, VALUE_COLUMNS } from './layout.ts';
import { emptyMoment } from './moment.ts';
import { badCsv, quoted } from './problem.ts';
import { NOT_A_DATE, readMoment } from './times.ts';

/** Lines in which a header is looked for. */
const HEADER_LINES = 20;

/** Where the table begins. */
export interface Head {
  layout: Layout;
  /** The titles; null where the first row is a bar. */
  titles: string[] | null;
  /** Number of the last line that is not a bar. */
  line: number;
  /** How many of the given lines come before the first bar. */
  used: number;
  /** How many of them are neither titles nor bars. */
  preamble: number;
}

/**
 * The header under a delimiter, or the layout that a first row of numbers has by custom; an error where there is neither. Columns that
 * were told stand where `told` says.
 */
export function findHead(
  body: readonly Line[],
  delimiter: Delimiter,
  wanted: boolean | undefined,
  told: ColumnMap = {},
): Head | Error {
  if (wanted === false) return bareHead(body, delimiter, told);
  const multi = yfinanceHead(body, delimiter, told);
  if (multi) return multi;
  let problem: Error | null = null;
  let dateless: Error | null = null;
  for (const [index, { number, text }] of body.slice(0, HEADER_LINES).entries()) {
    const cells = splitCells(text, delimiter) ?? [text];
    if (startsWithDate(cells, 0)) {
      return wanted || index > 0 ? (dateless ?? problem ?? headless(number)) : bareHead(body, delimiter, told);
    }
    const places = toldPlaces(told, cells, true);
    if (typeof places === 'string') {
      problem ??= badCsv(`line ${number} ${places}`);
      continue;
    }
    const next = splitCells(body[index + 1]?.text ?? '', delimiter) ?? [];
    if (places.date !== undefined && !readsAsDate(next[places.date])) {
      dateless ??= badCsv(`its column ${quoted(told.date!)} holds no dates`);
      continue;
    }
    const layout = readHeader(cells, number, places);
    if (typeof layout !== 'string') return { layout, titles: cells, line: number, used: index + 1, preamble: index };
    problem ??= headerProblem(layout, cells, number, delimiter);
  }
  return dateless ?? problem ?? badCsv('it is empty');
}

function headless(line: number): Error {
  return badCsv(`line ${line} is a bar and no header; say that there is none`);
}

function startsWithDate(cells: readonly string[], at: number): boolean {
  const cell = cells[at]?.trim() ?? '';
  if (cells.length < 2) return false;
  return readMoment(cell, 0, cell.length, null, emptyMoment()) !== NOT_A_DATE || /^\d{9,13}$/.test(cell);
}

/** A cell that may tell a date or an epoch, or is empty. */
function readsAsDate(text: string | undefined): boolean {
  const cell = text?.trim() ?? '';
  return /^-?\d*(?:\.\d+)?$/.test(cell) || readMoment(cell, 0, cell.length, null, emptyMoment()) !== NOT_A_DATE;
}

/** What columns of numbers mean without titles: closes, candles, candles with volume, and MetaTrader 5's seven. */
const BARE: Record<number, readonly (keyof Layout)[]> = {
  1: ['close'],
  4: ['open', 'high', 'low', 'close'],
  5: ['open', 'high', 'low', 'close', 'volume'],
  7: ['open', 'high', 'low', 'close', 'volume'],
};

function bareHead(body: readonly Line[], delimiter: Delimiter, told: ColumnMap): Head | Error {
  const { number, text } = body[0]!;
  const cells = splitCells(text, delimiter) ?? [text];
  while (cells.length > 2 && cells.at(-1)!.trim() === '') cells.pop();
  const places = toldPlaces(told, cells, false);
  if (typeof places === 'string') return badCsv(`line ${number} ${places}`);
  if (!startsWithDate(cells, places.date ?? 0)) {
    return badCsv(`line ${number} should begin with a date, but it is ${quoted(text)}`);
  }
  const layout = emptyLayout(cells.length);
  layout.time = places.date ?? 0;
  if (/^\d{1,2}:\d{2}|^\d{6}$/.test(cells[1]!.trim()) && cells.length > 2) layout.clock = 1;
  const valued = VALUE_COLUMNS.some((name) => places[name] !== undefined);
  if (!valued && !customary(layout, cells.length)) {
    return badCsv(
      `line ${number} has ${cells.length} cells and no header names them; write Date,Open,High,Low,Close,Volume above it`,
    );
  }
  applyPlaces(layout, places);
  if (layout.close === -1) return badCsv('say which column is the close');
  return { layout, titles: null, line: 0, used: 0, preamble: 0 };
}

/** Puts columns of numbers where they stand by custom; false where none is known for so many. */
function customary(layout: Layout, cells: number): boolean {
  const first = layout.clock === -1 ? 1 : 2;
  const names = BARE[cells - first];
  if (!names || (names.length > 4 && cells - first === 7 && layout.clock === -1)) return false;
  for (const [index, name] of names.entries()) Object.assign(layout, { [name]: first + index });
  return true;
}

/** The three lines (Price, Ticker, Date) that yfinance writes above a table of one symbol. */
function yfinanceHead(body: readonly Line[], delimiter: Delimiter, told: ColumnMap): Head | null {
  const [prices, tickers, dates] = body.slice(0, 3).map(({ text }) => splitCells(text, delimiter) ?? []);
  if (prices?.[0] !== 'Price' || tickers?.[0] !== 'Ticker' || !/^date/i.test(dates?.[0] ?? '')) return null;
  if (new Set(tickers.slice(1)).size > 1) throw badCsv('line 2 names more than one symbol; keep the columns of one');
  const titles = ['Date', ...prices.slice(1)];
  const places = toldPlaces(told, titles, true);
  if (typeof places === 'string') throw badCsv(`line 1 ${places}`);
  const layout = readHeader(titles, body[0]!.number, places);
  return typeof layout === 'string' ? null : { layout, titles, line: body[2]!.number, used: 3, preamble: 0 };
}
