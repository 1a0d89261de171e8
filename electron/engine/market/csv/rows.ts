import Papa from 'papaparse';
import { BrainnetError } from '../../../../shared/errors.ts';
import { badCsv } from './problem.ts';

export const MAX_CSV_BYTES = 16 * 1024 * 1024;
const MAX_LINE_CHARS = 10_000;
const CHUNK_LINES = 2_000;

/** A stretch of rows; `rows[i]` is line `firstLine + i` of the file, counted from 1. A blank line is a row of one empty cell. */
export interface RowChunk {
  firstLine: number;
  rows: string[][];
}

/** Refuses what is no text table before a parser sees it, and unifies line ends. @throws TOO_LARGE, BAD_CSV */
export function checkedText(content: string): string {
  const bytes = Buffer.byteLength(content, 'utf8');
  if (bytes > MAX_CSV_BYTES) {
    const size = `${(Math.ceil((bytes / 1024 / 1024) * 10) / 10).toFixed(1)} MiB`;
    throw new BrainnetError('TOO_LARGE', { what: 'The CSV file', size, limit: '16 MiB' });
  }
  const text = content.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  if (text.trim() === '') throw badCsv('it is empty');
  const control = controlCharacter(text);
  if (control !== null) throw badCsv(`line ${lineOf(text, control)} holds binary data, so this is not a text file`);
  if (/^\s*</.test(text)) throw badCsv('it is HTML or XML, not a table of comma-separated values');
  return text;
}

function controlCharacter(text: string): number | null {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 32 && code !== 9 && code !== 10) return at;
  }
  return null;
}

function lineOf(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < position; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** The rows of a checked text, some 2,000 at a time so that a caller can breathe between. @throws BAD_CSV */
export function* csvRows(text: string): Generator<RowChunk> {
  let firstLine = 1;
  for (let start = 0; start < text.length; ) {
    const { end, lines } = chunkEnd(text, start, firstLine);
    yield { firstLine, rows: splitLines(text.slice(start, end), firstLine, lines) };
    firstLine += lines;
    start = end + 1;
  }
}

function chunkEnd(text: string, start: number, firstLine: number): { end: number; lines: number } {
  let end = start;
  let lines = 0;
  for (let from = start; lines < CHUNK_LINES && from <= text.length; from = end + 1) {
    const next = text.indexOf('\n', from);
    end = next === -1 ? text.length : next;
    if (end - from > MAX_LINE_CHARS) {
      throw badCsv(`line ${firstLine + lines} is longer than ${MAX_LINE_CHARS.toLocaleString('en-US')} characters`);
    }
    lines++;
    if (next === -1) break;
  }
  return { end, lines };
}

function splitLines(chunk: string, firstLine: number, lines: number): string[][] {
  const { data, errors } = Papa.parse<string[]>(chunk, { delimiter: ',', newline: '\n', header: false });
  const problem = errors.find((error) => error.type === 'Quotes');
  if (problem) throw badCsv(`line ${firstLine + (problem.row ?? 0)} has a quotation mark without its partner`);
  if (data.length !== lines) {
    const broken = data.findIndex((row) => row.some((cell) => cell.includes('\n')));
    throw badCsv(`line ${firstLine + Math.max(0, broken)} has a quoted cell that runs on into the next line`);
  }
  return data;
}
