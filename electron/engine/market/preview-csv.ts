import type { CsvPreview } from '../../../shared/contract/index.ts';
import { BrainnetError, type ErrorData } from '../../../shared/errors.ts';
import { type CsvReading, readCsvBytes } from './csv/index.ts';
import { contentBytes } from './csv-content.ts';
import { reportOf, toldOf } from './import-csv.ts';
import { checkedSymbol } from './parse-series.ts';
import type { ImportInput, RawColumns } from './types.ts';

const PREVIEW_BARS = 10;

/** How the file would be read as an import at `now` (UTC ms); nothing is stored, and a refusal is part of the answer. */
export async function previewCsv(input: ImportInput, now: number): Promise<CsvPreview> {
  let reading: CsvReading | null = null;
  try {
    checkedSymbol(input.symbol);
    reading = await readCsvBytes(contentBytes(input.content), toldOf(input));
    const { report } = await reportOf(reading, input, now);
    const { understood, notices } = report;
    return { understood, options: reading.options, bars: firstBars(reading.raw), notices, error: null };
  } catch (error) {
    if (!(error instanceof BrainnetError)) throw error;
    return refusal(reading, error.toData());
  }
}

/** A file that reads but makes no bars still shows how it was read. */
function refusal(reading: CsvReading | null, error: ErrorData): CsvPreview {
  const bars = reading ? firstBars(reading.raw) : [];
  return { understood: null, options: reading?.options ?? null, bars, notices: reading?.notices ?? [], error };
}

function firstBars({ time, open, high, low, close, volume }: RawColumns): CsvPreview['bars'] {
  const at = (column: Float64Array | null, row: number) =>
    column && Number.isFinite(column[row]) ? column[row]! : null;
  return Array.from(time.subarray(0, PREVIEW_BARS), (start, row) => ({
    time: start,
    open: at(open, row),
    high: at(high, row),
    low: at(low, row),
    close: at(close, row),
    volume: at(volume, row),
  }));
}
