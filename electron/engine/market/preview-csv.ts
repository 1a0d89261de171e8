import type { CsvPreview } from '../../../shared/contract/index.ts';
import { BrainnetError, type ErrorData } from '../../../shared/errors.ts';
import { type CsvReading, printable, readCsvBytes, titlesOfText } from './csv/index.ts';
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
    const { options, raw } = reading;
    return { understood, options, titles: titlesOf(reading), bars: firstBars(raw), notices, error: null };
  } catch (error) {
    if (!(error instanceof BrainnetError)) throw error;
    return refusal(reading, input, error.toData());
  }
}

/** A file that reads but makes no bars still shows how it was read. */
function refusal(reading: CsvReading | null, { content, options }: ImportInput, error: ErrorData): CsvPreview {
  const bars = reading ? firstBars(reading.raw) : [];
  const text = typeof content === 'string' ? titlesOfText(content.slice(0, HEAD_CHARS), options ?? {}) : [];
  const titles = reading ? titlesOf(reading) : shown(text, text.length);
  return { understood: null, options: reading?.options ?? null, titles, bars, notices: reading?.notices ?? [], error };
}

const MOST_TITLES = 60;
/** Text in which titles of a refused file are looked for. */
const HEAD_CHARS = 64 * 1024;

function titlesOf({ form }: CsvReading): string[] {
  const { titles, layout } = form.dialect;
  return shown(titles ?? [], layout.width);
}

/** Title of each column, the words "column 2" for one without. */
function shown(titles: readonly string[], width: number): string[] {
  return Array.from({ length: Math.min(width, MOST_TITLES) }, (_, index) => {
    const title = printable(titles[index]?.trim() ?? '');
    return title === '' ? `column ${index + 1}` : title;
  });
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
