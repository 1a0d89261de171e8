/**
 * Shares of the direction labels over the trained symbols before 2012, for the model card's `directionBaseRates`.
 * Labels and exclusions are those of dataset.py, one-bar steps, every start. Run: node models/training/base-rates.ts DATA
 * where DATA holds closes/sp500-20.csv.gz, ohlcv/IBM.csv and ohlcv/^GSPC.csv.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const WINDOW = 64;
const HORIZON = 16;
const CUT = 0.5;
const TRAIN_END = '2012-01-01';
const SHARES = 'AAPL BAC BBY CVX HD JNJ MRK MSFT PEP PFE PG UNH XOM'.split(' ');

interface Closes {
  name: string;
  stock: boolean;
  values: number[];
}

function table(file: string): Record<string, string>[] {
  const raw = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').trim();
  const [header, ...lines] = text.split(/\r?\n/).map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(header!.map((name, i) => [name, cells[i] ?? ''])));
}

function closes(rows: Record<string, string>[], column: string, name: string, stock: boolean): Closes {
  const before = rows.filter((row) => row.Date! < TRAIN_END && row[column] !== '');
  return { name, stock, values: before.map((row) => Number(row[column])).filter((value) => value > 0) };
}

/** 0 bullish, 1 bearish, 2 neutral; null where dataset.py leaves the window out. */
function label(prices: number[], stock: boolean): number | null {
  if (stock && Math.min(...prices) < 1) return null;
  const returns = prices.slice(1).map((price, i) => Math.log(price / prices[i]!));
  const seen = returns.slice(0, WINDOW - 1);
  if (seen.filter((value) => value === 0).length / seen.length > 0.3) return null;
  const rms = Math.sqrt(seen.reduce((sum, value) => sum + value * value, 0) / seen.length) + 1e-12;
  const z = returns.slice(WINDOW - 1).reduce((sum, value) => sum + value, 0) / (rms * Math.sqrt(HORIZON));
  return z > CUT ? 0 : z < -CUT ? 1 : 2;
}

function count({ values, stock }: Closes): number[] {
  const counts = [0, 0, 0];
  for (let start = 0; start + WINDOW + HORIZON + 1 <= values.length; start++) {
    const found = label(values.slice(start, start + WINDOW + HORIZON), stock);
    if (found !== null) counts[found]! += 1;
  }
  return counts;
}

const data = process.argv[2];
if (!data) throw new Error('usage: node models/training/base-rates.ts DATA');
const shares = table(path.join(data, 'closes', 'sp500-20.csv.gz'));
const all: Closes[] = [
  ...SHARES.map((name) => closes(shares, name, name, true)),
  closes(table(path.join(data, 'ohlcv', 'IBM.csv')), 'Adj Close', 'IBM', true),
  closes(table(path.join(data, 'ohlcv', '^GSPC.csv')), 'Close', 'SP500', false),
];
const counts = all.map(count).reduce((a, b) => a.map((value, i) => value + b[i]!));
const windows = counts.reduce((a, b) => a + b);
const [bullish, bearish, neutral] = counts.map((value) => Number((value / windows).toFixed(4)));
process.stdout.write(
  `${JSON.stringify({ bullish, bearish, neutral, windows, symbols: all.map(({ name }) => name) })}\n`,
);
