import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { splitCells } from './cells.ts';
import type { Delimiter } from './dialect.ts';
import { isComment } from './sniff.ts';

const LINES = 40;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/**
 * Titles of a file that could not be read, so that the user may say which column is which: the first line as wide as most, under the
 * delimiter that parts lines most. `text` is the beginning of the file.
 */
export function titlesOfText(text: string, told: CsvOptions): string[] {
  const lines = text
    .split(/\r\n?|\n/, LINES)
    .filter((line) => line.trim() !== '' && !isComment(line) && !/^sep=/i.test(line));
  const tables = (told.delimiter ? [told.delimiter] : DELIMITERS).map((delimiter) =>
    lines.map((line) => splitCells(line, delimiter) ?? [line]),
  );
  const [best] = tables.map((rows) => ({ rows, width: usualWidth(rows) })).toSorted((a, b) => b.width - a.width);
  if (!best || best.width < 2) return [];
  return best.rows.find((cells) => cells.length === best.width) ?? [];
}

function usualWidth(rows: readonly string[][]): number {
  const counts = Map.groupBy(rows, (cells) => cells.length);
  const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return most?.[0] ?? 0;
}
