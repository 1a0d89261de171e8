import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { splitCells } from './cells.ts';
import type { Delimiter, Dialect, Line } from './dialect.ts';
import { epochUnit } from './epoch.ts';
import { findHead, type Head } from './head.ts';
import { type Layout, VALUE_COLUMNS } from './layout.ts';
import { emptyMoment } from './moment.ts';
import { isGrouped, readNumber, recogniseMark } from './numbers.ts';
import { originOf } from './origin.ts';
import { badCsv } from './problem.ts';
import { readMoment } from './times.ts';
import { volumeUnit } from './titles.ts';

const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];
/** Rows looked at to tell the form. */
const SAMPLE = 1000;

/**
 * Recognises the form of a file from its first lines; what the user told is taken as it is. Of the delimiters the one counts under
 * which most rows read. @throws BAD_CSV where the titles cannot be used under any
 */
export function sniff(lines: readonly Line[], told: CsvOptions): Dialect {
  const separator = /^\s*sep=(.)\s*$/i.exec(lines[0]?.text ?? '');
  const body = lines.filter(({ text }, index) => text.trim() !== '' && !(separator && index === 0) && !isComment(text));
  if (body.length === 0) throw badCsv('it is empty');
  const asked = told.delimiter ?? DELIMITERS.find((mark) => mark === separator?.[1]);
  const tries = (asked ? [asked] : DELIMITERS).map((delimiter) => attempt(body, delimiter, told));
  const [best] = tries.toSorted((a, b) => b.score - a.score);
  if (best!.problem) throw best!.problem;
  return best!.dialect!;
}

/** A line that is a remark, as some exports put before or after the table. */
export function isComment(text: string): boolean {
  return /^[#*]/.test(text);
}

interface Try {
  score: number;
  dialect?: Dialect;
  problem?: Error;
}

function attempt(body: readonly Line[], delimiter: Delimiter, told: CsvOptions): Try {
  const head = findHead(body, delimiter, told.header, told.columns);
  if (head instanceof Error) return { score: -1 / (1 + body[0]!.text.split(delimiter).length), problem: head };
  const rows = body
    .slice(head.used, head.used + SAMPLE)
    .map(({ text }) => splitCells(text, delimiter))
    .filter((cells) => cells !== null && cells.length >= head.layout.width);
  const dialect = dialectOf(head, rows as string[][], delimiter, told);
  return { score: 0.5 + readable(rows as string[][], dialect), dialect };
}

function hasDottedDates(rows: readonly string[][], layout: Layout): boolean {
  return rows.some((cells) => /^\s*\d{1,2}\.\d{1,2}\.\d{2,4}\b/.test(cells[layout.time] ?? ''));
}

function dialectOf(head: Head, rows: readonly string[][], delimiter: Delimiter, told: CsvOptions): Dialect {
  const { layout } = head;
  const numbers = rows.flatMap((cells) => VALUE_COLUMNS.flatMap((name) => cells[layout[name]] ?? []));
  const { mark, assumed } = recogniseMark(numbers, delimiter, hasDottedDates(rows, layout));
  const decimal = told.decimal ?? mark;
  return {
    origin: originOf(head, delimiter, rows),
    delimiter,
    decimal,
    decimalAssumed: assumed && told.decimal === undefined,
    grouped: numbers.some((cell) => isGrouped(cell, decimal)),
    header: head.titles !== null,
    headerLine: head.line,
    preamble: head.preamble,
    layout,
    titles: head.titles,
    epoch: epochUnit(rows.map((cells) => cells[layout.time]!.trim())),
    volumeUnit: volumeUnit(head.titles?.[layout.volume] ?? ''),
    tickVolume: /tick/i.test(head.titles?.[layout.volume] ?? ''),
  };
}

function readable(rows: readonly string[][], { layout, epoch, decimal }: Dialect): number {
  const moment = emptyMoment();
  return rows.filter((cells) => {
    const time = cells[layout.time]!.trim();
    return (
      readMoment(time, 0, time.length, epoch, moment) === null && readNumber(cells[layout.close]!, decimal) !== null
    );
  }).length;
}

export type { Layout };
