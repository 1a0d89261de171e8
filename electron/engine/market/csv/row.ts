import { splitCells } from './cells.ts';

const MAX_LINE_CHARS = 10_000;

/** The cells of one line as places in texts, so that plain lines are cut without a new string a cell. */
export interface Row {
  count: number;
  text: string[];
  from: Int32Array;
  to: Int32Array;
}

export function emptyRow(): Row {
  return { count: 0, text: [], from: new Int32Array(MAX_LINE_CHARS + 2), to: new Int32Array(MAX_LINE_CHARS + 2) };
}

/** Cuts a line without quotation marks at each `mark` (a character code), blanks around cells taken off. */
export function cutPlain(text: string, from: number, to: number, mark: number, row: Row): void {
  let count = 0;
  let start = from;
  for (let at = from; ; at++) {
    if (at !== to && text.charCodeAt(at) !== mark) continue;
    row.text[count] = text;
    trimInto(text, start, at, row, count++);
    if (at === to) break;
    start = at + 1;
  }
  row.count = count;
}

/** Cuts a line with quotation marks; false where one has no partner. */
export function cutQuoted(line: string, delimiter: string, row: Row): boolean {
  const cells = splitCells(line, delimiter);
  if (!cells) return false;
  for (const [index, cell] of cells.entries()) {
    row.text[index] = cell;
    trimInto(cell, 0, cell.length, row, index);
  }
  row.count = cells.length;
  return true;
}

/** Text of a cell, as it may stand in a sentence. */
export function cellOf(row: Row, index: number): string {
  return row.text[index]!.slice(row.from[index], row.to[index]);
}

/** Every cell of a row as text. */
export function cellsOf(row: Row): string[] {
  return Array.from({ length: row.count }, (_, index) => cellOf(row, index));
}

function trimInto(text: string, from: number, to: number, row: Row, index: number): void {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  row.from[index] = start;
  row.to[index] = end;
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === 160 || code === 0x202f;
}
