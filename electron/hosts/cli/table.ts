export type Cell = string | number | null;

/** Plain columns, numbers to the right, a rule under the heads; null reads "-". */
export function table(heads: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const text = (cell: Cell | undefined) => (cell === null || cell === undefined ? '-' : String(cell));
  const widths = heads.map((head, at) => Math.max(head.length, ...rows.map((row) => text(row[at]).length)));
  const line = (row: readonly Cell[]) =>
    widths
      .map((width, at) => (typeof row[at] === 'number' ? text(row[at]).padStart(width) : text(row[at]).padEnd(width)))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [line(heads), rule, ...rows.map(line)].join('\n');
}
