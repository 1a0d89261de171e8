import type { Interval } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { badCsv, parseCsvSteps } from './csv/index.ts';
import { storeImport } from './imports.ts';
import { csvMeta } from './parse-series.ts';
import { buildSeries } from './series.ts';
import { breathe } from './source.ts';
import type { ImportInput, ImportReport, RawColumns, Series, SeriesMeta } from './types.ts';
import { zoneDate } from './zones.ts';

const WORDS: Record<Interval, string> = {
  '1m': '1-minute',
  '5m': '5-minute',
  '15m': '15-minute',
  '30m': '30-minute',
  '1h': 'hourly',
  '1d': 'daily',
  '1wk': 'weekly',
  '1mo': 'monthly',
};

/**
 * Checks the text as a series up to `now` (UTC ms), keeps it in `importsDir`, and says back what was understood. Nothing is stored when
 * anything is refused. @throws BAD_CSV, TOO_LARGE, INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE
 */
export async function importCsv(importsDir: string, input: ImportInput, now: number): Promise<ImportReport> {
  const meta = csvMeta(input.symbol, input.interval);
  const raw = await breathe(parseCsvSteps(input.content, input.interval, meta.timezone));
  const series = usableSeries(raw, meta, now);
  const range = {
    symbol: meta.symbol,
    interval: meta.interval,
    bars: series.time.length,
    firstDate: dateOf(series.time[0]!, meta),
    lastDate: dateOf(series.time.at(-1)!, meta),
    closeOnly: series.closeOnly,
  };
  const { currency, timezone } = meta;
  storeImport(importsDir, { ...range, currency, timezone, fileName: input.fileName }, input.content);
  return { ...range, notices: [...series.notices], understood: understood(series) };
}

function usableSeries(raw: RawColumns, meta: SeriesMeta, now: number): Series {
  try {
    return buildSeries(raw, meta, undefined, now);
  } catch (error) {
    if (!(error instanceof BrainnetError) || error.code !== 'TOO_FEW_BARS') throw error;
    throw badCsv(
      `none of its ${raw.time.length} rows is a usable closed bar (a price missing, zero or negative, or a date after today)`,
    );
  }
}

function dateOf(time: number, { interval, timezone }: SeriesMeta): string {
  const date = WORDS[interval] && ['1d', '1wk', '1mo'].includes(interval) ? time : zoneDate(time, timezone);
  return new Date(date).toISOString().slice(0, 10);
}

function understood(series: Series): string {
  const { interval, closeOnly, adjustment, timezone, currency, notices } = series;
  const facts = [
    'comma-separated',
    'ISO dates',
    `${series.time.length} ${WORDS[interval]} bars`,
    closeOnly ? 'closes only' : 'open, high, low and close',
    adjustment === 'none' ? 'no adjusted close (prices stay as delivered)' : 'with adjusted close',
    ...(notices.some(({ rule }) => rule === 'newest-first') ? ['newest first'] : []),
  ];
  return `${facts.join(', ')}; ${timezone} and ${currency} assumed.`;
}
