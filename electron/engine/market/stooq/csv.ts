import { BrainnetError } from '../../../../shared/errors.ts';
import { isMarkup, notData } from '../remote/checks.ts';
import type { Row } from '../remote/rows.ts';

export const SOURCE = 'Stooq';
const HEADER = /^Date,Open,High,Low,Close(,Volume)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}$/;
const NUMBER = /^-?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/;

/**
 * Rows of a daily CSV of Stooq, `time` 00:00 UTC of the written date; a cell that is no number is NaN. `where` names the symbol asked for.
 * @throws UNKNOWN_SYMBOL ("No data"), SOURCE_LIMITED, SOURCE_KEY_NEEDED, SOURCE_ANSWER_BAD
 */
export function readStooqCsv(text: string, symbol: string): { rows: Row[]; volume: boolean } {
  refuseWords(text, symbol);
  const lines = text
    .replace(/^\uFEFF/, '')
    .trimEnd()
    .split(/\r\n|\n|\r/);
  if (!HEADER.test(lines[0]!.trim())) throw notData(SOURCE, 'its first line is not that of a table of bars');
  const columns = lines[0]!.split(',').length;
  const rows = lines.slice(1).map((line, index) => rowOf(line, columns, index === lines.length - 2));
  return { rows, volume: columns === 6 };
}

function refuseWords(text: string, symbol: string): void {
  const start = text.slice(0, 2000);
  if (/get_apikey|get your apikey|apikey is|invalid apikey/i.test(start))
    throw new BrainnetError('SOURCE_KEY_NEEDED', { source: SOURCE });
  if (/exceeded the daily hits limit/i.test(start)) {
    throw new BrainnetError('SOURCE_LIMITED', { source: SOURCE, wait: 'until tomorrow' });
  }
  if (isMarkup(text)) throw notData(SOURCE, 'a web page came instead of data');
  if (/^\s*(no data|brak danych)/i.test(start)) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: SOURCE });
  if (text.trim() === '') throw notData(SOURCE, 'it is empty');
}

function rowOf(line: string, columns: number, last: boolean): Row {
  const cells = line.split(',');
  const time = DATE.test(cells[0]!) ? Date.parse(cells[0]!) : Number.NaN;
  const real = Number.isFinite(time) && new Date(time).toISOString().startsWith(cells[0]!);
  const short = cells.length < columns - 1 || (cells.length === columns - 1 && columns !== 6);
  if (!real || short || cells.length > columns) {
    throw notData(SOURCE, last ? 'it is cut off or broken in its last line' : 'one of its lines is not a bar');
  }
  const [, open, high, low, close, volume] = cells.map(numberOf) as [number, number, number, number, number, number?];
  return { time, open, high, low, close, adjClose: Number.NaN, volume: volume ?? Number.NaN };
}

function numberOf(cell: string): number {
  const text = cell.trim();
  return NUMBER.test(text) ? Number(text) : Number.NaN;
}
