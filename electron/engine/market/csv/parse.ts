import type { Interval } from '../../../../shared/domain/index.ts';
import type { RawColumns } from '../types.ts';
import { readNumber, readTime } from './cells.ts';
import { COLUMN_TITLES, type ColumnName, type Layout, readHeader } from './header.ts';
import { badCsv, quoted } from './problem.ts';
import { checkedText, csvRows } from './rows.ts';

const VALUE_COLUMNS = ['open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
type ValueColumn = (typeof VALUE_COLUMNS)[number];
type Growing = Record<'time' | ValueColumn, number[]>;

/**
 * Parses the plain Yahoo layout (Date,Open,High,Low,Close,Adj Close,Volume) into columns as delivered, in the file's order.
 * It yields after every few thousand rows, so that a caller may let others run. @throws BAD_CSV, TOO_LARGE
 */
export function* parseCsvSteps(content: string, interval: Interval, timezone: string): Generator<void, RawColumns> {
  let layout: Layout | null = null;
  const columns: Growing = { time: [], open: [], high: [], low: [], close: [], adjClose: [], volume: [] };
  for (const { firstLine, rows } of csvRows(checkedText(content))) {
    for (const [index, cells] of rows.entries()) {
      if (cells.length === 1 && cells[0]!.trim() === '') continue;
      const line = firstLine + index;
      if (layout === null) layout = readHeader(cells, line);
      else readRow(cells, line, layout, columns, interval, timezone);
    }
    yield;
  }
  if (layout === null || columns.time.length === 0) throw badCsv('it has a header but no bars');
  return finish(columns, layout);
}

/** `parseCsvSteps` at one go. */
export function parseCsv(content: string, interval: Interval, timezone: string): RawColumns {
  const steps = parseCsvSteps(content, interval, timezone);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function readRow(
  cells: readonly string[],
  line: number,
  layout: Layout,
  columns: Growing,
  interval: Interval,
  timezone: string,
): void {
  if (cells.length < layout.width || cells.slice(layout.width).some((cell) => cell.trim() !== '')) {
    throw badCsv(`line ${line} has ${cells.length} cells, but the header has ${layout.width}`);
  }
  const time = readTime(cells[layout.time]!, interval, timezone);
  if (typeof time === 'string') throw badCsv(`line ${line}, column Date: ${quoted(cells[layout.time]!)} ${time}`);
  columns.time.push(time);
  for (const name of VALUE_COLUMNS) {
    if (layout[name] !== -1) columns[name].push(readValue(cells[layout[name]]!, line, name));
  }
}

function readValue(cell: string, line: number, name: ColumnName): number {
  const value = readNumber(cell);
  if (value === null) throw badCsv(`line ${line}, column ${COLUMN_TITLES[name]}: ${quoted(cell)} is not a number`);
  return value;
}

function finish(columns: Growing, layout: Layout): RawColumns {
  const column = (name: ValueColumn) => (layout[name] === -1 ? null : Float64Array.from(columns[name]));
  return {
    time: Float64Array.from(columns.time),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: Float64Array.from(columns.close),
    adjClose: column('adjClose'),
    volume: column('volume'),
  };
}
