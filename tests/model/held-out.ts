import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

const SAMPLES = path.join(import.meta.dirname, '..', '..', 'resources', 'samples');
const NEVER_TRAINED = { sheet: ['AMD', 'GE', 'JPM', 'KO', 'LLY', 'RRC', 'WMT'], files: ['GOOG', 'FB', 'IXIC'] };
const BARS = 64;

function closes(file: string, column: string): number[] {
  const raw = readFileSync(path.join(SAMPLES, file));
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').trim();
  const [header, ...lines] = text.split(/\r?\n/).map((line) => line.split(','));
  const at = header!.indexOf(column);
  return lines.filter(([date]) => date! >= '2012-01-01').flatMap((cells) => (cells[at] ? [Number(cells[at])] : []));
}

/** Windows of symbols and years that the network was never trained on, one every `stride` bars. */
export function heldOutWindows(stride: number): Float64Array[] {
  const series = [
    ...NEVER_TRAINED.sheet.map((symbol) => closes('closes/sp500-20.csv.gz', symbol)),
    ...NEVER_TRAINED.files.map((name) => closes(`ohlcv/${name}.csv`, 'Close')),
  ];
  return series.flatMap((all) =>
    Array.from({ length: Math.floor((all.length - BARS) / stride) + 1 }, (_, w) =>
      Float64Array.from(all.slice(w * stride, w * stride + BARS)),
    ),
  );
}
