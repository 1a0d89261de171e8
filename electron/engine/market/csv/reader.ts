import type { CsvOptions } from '../../../../shared/domain/index.ts';
import type { Dialect, Line } from './dialect.ts';
import { badCsv } from './problem.ts';
import { type CsvReading, finishReading } from './reading.ts';
import { cutPlain, cutQuoted, emptyRow } from './row.ts';
import { RowsReader } from './rows-reader.ts';
import { isComment, sniff } from './sniff.ts';

const MAX_LINE_CHARS = 10_000;
/** Text from whose lines the form is told. */
const HEAD_CHARS = 256 * 1024;
/** A page or a document; `<DATE>,<TIME>` is a table. */
const MARKUP = /^\s*<(?![a-z]+>\s*[,;\t])/i;

/** Reads a CSV text pushed piece by piece, in memory bounded by its bars. Every method throws BAD_CSV or TOO_LARGE. */
export class CsvReader {
  readonly #told: CsvOptions;
  readonly #row = emptyRow();
  #rest = '';
  #line = 0;
  #dialect: Dialect | null = null;
  #rows: RowsReader | null = null;
  #fresh = true;

  constructor(told: CsvOptions) {
    this.#told = told;
  }

  /** Takes the next piece of the text, as it comes from the file. */
  push(piece: string): void {
    const text = this.#rest + (this.#fresh ? piece.replace(/^\uFEFF/, '') : piece);
    this.#fresh &&= piece.length === 0;
    const held = text.endsWith('\r') ? text.length - 1 : text.length;
    const lines = text.includes('\r') ? text.slice(0, held).replace(/\r\n?/g, '\n') + text.slice(held) : text;
    const end = this.#dialect || lines.length >= HEAD_CHARS ? lines.lastIndexOf('\n') + 1 : 0;
    if (end > 0) this.#take(lines, end);
    this.#rest = lines.slice(end);
    if (this.#rest.length > HEAD_CHARS) {
      checkText(this.#rest, this.#rest.length, this.#line);
      throw tooLong(this.#line + 1);
    }
  }

  /** Ends the text and gives what it holds; yields between stretches of work. */
  *finish(): Generator<void, CsvReading> {
    const text = this.#rest.replace(/\r\n?/g, '\n');
    this.#rest = '';
    if (text !== '') this.#take(text, text.length);
    if (!this.#dialect || !this.#rows) throw badCsv('it is empty');
    if (this.#rows.columns.monthFirst.length === 0) throw badCsv('it has a header but no bars');
    return yield* finishReading(this.#rows.columns, this.#dialect, this.#told);
  }

  #take(text: string, end: number): void {
    checkText(text, end, this.#line);
    if (!this.#dialect) {
      if (MARKUP.test(text)) throw badCsv('it is HTML or XML, not a table of comma-separated values');
      this.#dialect = sniff(headLines(text, end), this.#told);
      this.#rows = new RowsReader(this.#dialect, this.#told);
    }
    this.#readLines(text, end, this.#dialect, this.#rows!);
  }

  #readLines(text: string, end: number, { delimiter, headerLine }: Dialect, rows: RowsReader): void {
    const mark = delimiter.charCodeAt(0);
    let quote = text.indexOf('"');
    for (let start = 0; start < end; ) {
      const next = text.indexOf('\n', start);
      const stop = next === -1 || next > end ? end : next;
      this.#line++;
      if (stop - start > MAX_LINE_CHARS) throw tooLong(this.#line);
      if (quote !== -1 && quote < start) quote = text.indexOf('"', start);
      if (this.#line > headerLine && !isPassedOver(text, start, stop)) {
        if (quote === -1 || quote >= stop) cutPlain(text, start, stop, mark, this.#row);
        else if (!cutQuoted(text.slice(start, stop), delimiter, this.#row)) throw quoteProblem(text, stop, this.#line);
        rows.read(this.#row, this.#line);
      }
      start = stop + 1;
    }
  }
}

function headLines(text: string, end: number): Line[] {
  const lines = text.slice(0, Math.min(end, HEAD_CHARS)).split('\n');
  return lines.map((line, index) => {
    if (line.length > MAX_LINE_CHARS) throw tooLong(index + 1);
    return { number: index + 1, text: line };
  });
}

/** Blank lines and remarks. */
function isPassedOver(text: string, start: number, stop: number): boolean {
  const first = text.charCodeAt(start);
  if (first >= 48 && first <= 57) return false;
  const line = text.slice(start, stop);
  return line.trim() === '' || isComment(line);
}

/** @throws BAD_CSV at the first control character before `end`; `before` lines came before the text. */
function checkText(text: string, end: number, before: number): void {
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code >= 32 || code === 9 || code === 10) continue;
    if (text.startsWith('PK') && before === 0) throw badCsv('it is a ZIP archive or a spreadsheet; save it as CSV');
    const line = before + text.slice(0, at).split('\n').length;
    throw badCsv(`line ${line} holds binary data, so this is not a text file`);
  }
}

function quoteProblem(text: string, from: number, line: number): Error {
  const next = text.indexOf('"', from);
  const runsOn = next !== -1 && next - from < MAX_LINE_CHARS;
  return badCsv(
    runsOn
      ? `line ${line} has a quoted cell that runs on into the next line`
      : `line ${line} has a quotation mark without its partner`,
  );
}

function tooLong(line: number): Error {
  return badCsv(`line ${line} is longer than ${MAX_LINE_CHARS.toLocaleString('en-US')} characters`);
}
