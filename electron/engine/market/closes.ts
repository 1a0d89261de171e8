import { checkedText, csvRows } from './csv/index.ts';
import type { RawColumns } from './types.ts';

/** The bundled table of daily closes, one column a symbol (Date,AAPL,AMD,...); yields between stretches of rows. */
export function* parseCloses(text: string): Generator<void, Map<string, RawColumns>> {
  const time: number[] = [];
  const closes: number[][] = [];
  let symbols: string[] = [];
  for (const { rows } of csvRows(checkedText(text).trimEnd())) {
    for (const cells of rows) {
      if (symbols.length === 0) {
        symbols = cells.slice(1);
        closes.push(...symbols.map(() => []));
        continue;
      }
      time.push(Date.parse(cells[0]!));
      for (const [index, column] of closes.entries()) column.push(Number(cells[index + 1] || Number.NaN));
    }
    yield;
  }
  const shared = { open: null, high: null, low: null, adjClose: null, volume: null };
  return new Map(
    symbols.map((symbol, index) => [
      symbol,
      { time: Float64Array.from(time), close: Float64Array.from(closes[index]!), ...shared },
    ]),
  );
}
