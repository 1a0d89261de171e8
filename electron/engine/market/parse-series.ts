import { type AsOf, type Interval, type Notice, Ticker } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { parseCsv } from './csv/index.ts';
import { IMPORT_DEFAULTS } from './imports.ts';
import { buildSeries } from './series.ts';
import type { Series, SeriesMeta } from './types.ts';

/** The ticker as the domain writes it. @throws INVALID_INPUT */
export function checkedSymbol(symbol: string): string {
  const parsed = Ticker.safeParse(symbol);
  if (!parsed.success)
    throw new BrainnetError('INVALID_INPUT', { problem: 'a symbol has 1 to 20 letters, digits or ^ . - = _ /' });
  return parsed.data;
}

/** What a CSV file's series is taken to be. */
export function csvMeta(symbol: string, interval: Interval, sourceNotices: readonly Notice[] = []): SeriesMeta {
  return { symbol: checkedSymbol(symbol), source: 'csv', interval, ...IMPORT_DEFAULTS, sourceNotices };
}

/**
 * A series straight from a file's text, nothing stored: for `--csv`. `now` is UTC ms; `asOf` left out = the last closed bar.
 * @throws BAD_CSV, TOO_LARGE, BAD_DATE, TOO_FEW_BARS, INVALID_INPUT
 */
export function parseCsvSeries(input: {
  symbol: string;
  interval: Interval;
  content: string;
  asOf?: AsOf;
  now: number;
}): Series {
  const meta = csvMeta(input.symbol, input.interval);
  return buildSeries(parseCsv(input.content, input.interval, meta.timezone), meta, input.asOf, input.now);
}
