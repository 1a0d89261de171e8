import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { splitCells } from './cells.ts';
import type { Delimiter } from './dialect.ts';
import { isComment } from './sniff.ts';

const LINES = 40;
const DELIMITERS: readonly Delimiter[] = [',', ';', '\t'];

/**
 * Titles of a file that could not be read, so that the user may say which column is which: the first line as wide as most, under the
 * delimiter that parts most lines alike. `text` is the beginning of the file.
 */
export function titlesOfText(text: string, told: CsvOptions): string[] {
  const lines = text
    .split(/\r\n?|\n/, LINES)
    .filter((line) => line.trim() !== '' && !isComment(line) && !/^sep=/i.test(line));
  const tables = (told.delimiter ? [told.delimiter] : DELIMITERS).map((delimiter) =>
    lines.map((line) => splitCells(line, delimiter) ?? [line]),
  );
  const [best] = tables
    .map((rows) => ({ rows, ...usualWidth(rows) }))
    .filter(({ width }) => width > 1)
    .toSorted((a, b) => b.lines - a.lines || b.width - a.width);
  return best?.rows.find((cells) => cells.length === best.width) ?? [];
}

/** The commonest number of cells, and how many lines have it. */
function usualWidth(rows: readonly string[][]): { width: number; lines: number } {
  const counts = Map.groupBy(rows, (cells) => cells.length);
  const [most] = [...counts].sort(([, a], [, b]) => b.length - a.length);
  return { width: most?.[0] ?? 0, lines: most?.[1].length ?? 0 };
}
