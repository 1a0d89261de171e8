/** The cells of a line, quotation marks taken off; null where a quotation mark has no partner in the line. */
export function splitCells(line: string, delimiter: string): string[] | null {
  if (!line.includes('"')) return line.split(delimiter);
  const cells: string[] = [];
  for (let at = 0; ; at++) {
    const start = skipBlanks(line, at, delimiter);
    if (line[start] !== '"') {
      const end = line.indexOf(delimiter, at);
      cells.push(line.slice(at, end === -1 ? line.length : end));
      if (end === -1) return cells;
      at = end;
      continue;
    }
    const close = closingQuote(line, start + 1);
    if (close === -1) return null;
    const end = skipBlanks(line, close + 1, delimiter);
    if (end < line.length && line[end] !== delimiter) return null;
    cells.push(line.slice(start + 1, close).replaceAll('""', '"'));
    if (end === line.length) return cells;
    at = end;
  }
}

function skipBlanks(line: string, from: number, delimiter: string): number {
  let at = from;
  while (at < line.length && line[at] !== delimiter && (line[at] === ' ' || line[at] === '\t')) at++;
  return at;
}

function closingQuote(line: string, from: number): number {
  for (let at = line.indexOf('"', from); at !== -1; at = line.indexOf('"', at + 2)) {
    if (line[at + 1] !== '"') return at;
  }
  return -1;
}
