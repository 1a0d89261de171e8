import { type Instrument, Source, sameListName, Ticker, type WatchlistItem } from '../../../shared/domain/index.ts';
import { isLive } from '../../workspace/interval.ts';

/** Where a symbol without a source is looked for, first first. */
const PREFERENCE: readonly Source[] = ['csv', 'samples', 'samples-closes'];

/** What a file of a list holds: what can be added, and what cannot, each as it stands in the file. */
export interface ReadList {
  items: WatchlistItem[];
  leftOut: string[];
}

/** Cells of a line, quoted or not. */
function cells(line: string, delimiter: string): string[] {
  const found: string[] = [];
  let [cell, quoted] = ['', false];
  for (const letter of line) {
    if (letter === '"') quoted = !quoted;
    else if (letter === delimiter && !quoted) {
      found.push(cell.trim());
      cell = '';
    } else cell += letter;
  }
  return [...found, cell.trim()];
}

/** Rows of symbol and source: columns by their names in any case, else the symbol first and the source second. */
function rowsOf(text: string): { symbol: string; source: string }[] {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .filter((line) => line.trim() !== '');
  const first = lines[0] ?? '';
  const delimiter = ['\t', ';', ','].find((one) => first.includes(one)) ?? ',';
  const head = cells(first, delimiter).map((name) => name.toLowerCase());
  const named = head.includes('symbol');
  const [symbolAt, sourceAt] = named ? [head.indexOf('symbol'), head.indexOf('source')] : [0, 1];
  return lines.slice(named ? 1 : 0).map((line) => {
    const row = cells(line, delimiter);
    return { symbol: row[symbolAt] ?? '', source: row[sourceAt] ?? '' };
  });
}

/**
 * The symbols of a list from a CSV text. A source may be left out where the symbol is among the imports or the samples; where it is not,
 * `live` is meant, if there is one. What is not known anywhere is left out.
 */
export function readList(text: string, instruments: readonly Instrument[], live: Source | null): ReadList {
  const read: ReadList = { items: [], leftOut: [] };
  for (const row of rowsOf(text)) {
    const item = resolve(row, instruments, live);
    if (item) read.items.push(item);
    else read.leftOut.push([row.symbol, row.source].filter(Boolean).join(' of ') || 'a line without a symbol');
  }
  return read;
}

function resolve(
  row: { symbol: string; source: string },
  instruments: readonly Instrument[],
  live: Source | null,
): WatchlistItem | null {
  const ticker = Ticker.safeParse(row.symbol.replace(/^'/, ''));
  if (!ticker.success) return null;
  const symbol = ticker.data;
  const has = (source: Source) => instruments.some((one) => one.symbol === symbol && one.source === source);
  if (row.source === '') {
    const source = PREFERENCE.find(has) ?? live;
    return source ? { symbol, source } : null;
  }
  const source = Source.safeParse(row.source.toLowerCase());
  return source.success && (isLive(source.data) || has(source.data)) ? { symbol, source: source.data } : null;
}

/** A name for a list that came as a file: the file's own, with a number where that is taken. */
export function nameOfFile(fileName: string, taken: readonly string[]): string {
  const stem = fileName.replace(/\.[^.]*$/, '').replace(/[^\p{L}\p{N} ._-]+/gu, ' ');
  const name = stem.trim().slice(0, 36) || 'Imported list';
  for (let number = 1; ; number++) {
    const wanted = number === 1 ? name : `${name} ${number}`;
    if (!taken.some((one) => sameListName(one, wanted))) return wanted;
  }
}
