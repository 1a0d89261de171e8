import type { RawColumns } from './types.ts';

const STEP = 2_000;

/** The bundled table of daily closes, one column a symbol (Date,AAPL,AMD,...); yields between stretches of rows. */
export function* parseCloses(text: string): Generator<void, Map<string, RawColumns>> {
  const [header = '', ...rows] = text.trimEnd().split(/\r?\n/);
  const symbols = header.split(',').slice(1);
  const time = new Float64Array(rows.length);
  const closes = symbols.map(() => new Float64Array(rows.length));
  for (const [row, line] of rows.entries()) {
    const cells = line.split(',');
    time[row] = Date.parse(cells[0]!);
    for (const [index, column] of closes.entries()) column[row] = Number(cells[index + 1] || Number.NaN);
    if (row % STEP === STEP - 1) yield;
  }
  const shared = { open: null, high: null, low: null, adjClose: null, volume: null };
  return new Map(symbols.map((symbol, index) => [symbol, { time, close: closes[index]!, ...shared }]));
}
