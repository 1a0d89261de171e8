import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const here = path.dirname(fileURLToPath(import.meta.url));
const CLOSES = 'closes/sp500-20.csv.gz';

const NAMES: Record<string, string> = {
  AAPL: 'Apple',
  AMD: 'Advanced Micro Devices',
  BAC: 'Bank of America',
  BBY: 'Best Buy',
  CVX: 'Chevron',
  FB: 'Facebook',
  GE: 'General Electric',
  GOOG: 'Google',
  HD: 'Home Depot',
  IBM: 'IBM',
  JNJ: 'Johnson & Johnson',
  JPM: 'JPMorgan Chase',
  KO: 'Coca-Cola',
  LLY: 'Eli Lilly',
  MRK: 'Merck',
  MSFT: 'Microsoft',
  PEP: 'PepsiCo',
  PFE: 'Pfizer',
  PG: 'Procter & Gamble',
  RRC: 'Range Resources',
  UNH: 'UnitedHealth',
  WMT: 'Walmart',
  XOM: 'Exxon Mobil',
  '^GSPC': 'S&P 500',
  '^IXIC': 'Nasdaq Composite',
};
const CANDLES = ['AAPL', 'IBM', 'MSFT', 'GOOG', 'FB', '^GSPC', '^IXIC'];

/** Everything `instruments()` says of the bundled bars, counted from the files themselves. */
export function buildIndex(): { instruments: Record<string, unknown>[] } {
  const candles = CANDLES.map((symbol) => {
    const file = `ohlcv/${symbol.replace('^', '')}.csv`;
    return entry(symbol, 'samples', file, readFileSync(path.join(here, file)), '2012-12-31');
  });
  const packed = readFileSync(path.join(here, CLOSES));
  const [header = ''] = gunzipSync(packed).toString('utf8').split(/\r?\n/, 1);
  const closes = header
    .split(',')
    .slice(1)
    .map((symbol) => entry(symbol, 'samples-closes', CLOSES, packed, '2022-09-30'));
  return { instruments: [...candles, ...closes] };
}

function entry(symbol: string, source: string, file: string, bytes: Buffer, defaultAsOf: string) {
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const dates = text
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.slice(0, 10));
  return {
    symbol,
    source,
    interval: '1d',
    name: NAMES[symbol],
    currency: 'USD',
    timezone: 'America/New_York',
    closeOnly: source === 'samples-closes',
    bars: dates.length,
    firstDate: dates[0],
    lastDate: dates.at(-1),
    defaultAsOf,
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const lines = buildIndex().instruments.map((instrument) => `    ${JSON.stringify(instrument)}`);
  writeFileSync(path.join(here, 'index.json'), `{\n  "instruments": [\n${lines.join(',\n')}\n  ]\n}\n`);
}
