import { type AsOf, type CsvOptions, type Interval, type Notice, Ticker } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { asOfInstant } from './as-of.ts';
import { type CsvReading, checkColumns, checkInterval, readCsv, readCsvBytes } from './csv/index.ts';
import { buildSeries } from './series.ts';
import { latestEndedStart } from './sessions.ts';
import type { Series, SeriesMeta } from './types.ts';

/** The ticker as the domain writes it. @throws INVALID_INPUT */
export function checkedSymbol(symbol: string): string {
  const parsed = Ticker.safeParse(symbol);
  if (!parsed.success)
    throw new BrainnetError('INVALID_INPUT', { problem: 'a symbol has 1 to 20 letters, digits or ^ . - = _ /' });
  return parsed.data;
}

/** What a CSV file's series is taken to be. */
export function csvMeta(symbol: string, { options, notices }: Pick<CsvReading, 'options' | 'notices'>): SeriesMeta {
  const { interval, currency, timezone } = options;
  return {
    symbol: checkedSymbol(symbol),
    source: 'csv',
    interval,
    currency,
    timezone,
    sourceNotices: lasting(notices),
  };
}

const LASTING: ReadonlySet<string> = new Set(['adjusted-at-source', 'damage-accepted']);

/** What every series of the file must say: assumptions and kinds of rows dropped, without counts that reach past an as-of. */
function lasting(notices: readonly Notice[]): Notice[] {
  const kept = notices.filter(
    ({ rule, effect }) => effect === 'dropped' || rule.endsWith('-assumed') || LASTING.has(rule),
  );
  return kept.map((notice) => ({ ...notice, bars: 0 }));
}

/** Start of the last bar that the as-of lets see. @throws BAD_DATE */
function lastStart({ options: { interval, timezone } }: CsvReading, asOf: AsOf | undefined): number {
  return asOf === undefined ? Infinity : latestEndedStart(asOfInstant(asOf, timezone), interval, timezone);
}

/**
 * A series straight from a file's text, nothing stored: for `--csv`. `now` is UTC ms; `asOf` left out = the last closed bar; what
 * `options` and `interval` leave open is recognised from the whole file.
 * @throws BAD_CSV, TOO_LARGE, BAD_DATE, TOO_FEW_BARS, INVALID_INPUT
 */
export function parseCsvSeries(input: {
  symbol: string;
  interval?: Interval;
  options?: CsvOptions;
  content: string;
  asOf?: AsOf;
  now: number;
}): Series {
  checkedSymbol(input.symbol);
  const reading = readCsv(input.content, { interval: input.interval, ...input.options });
  checkInterval(reading);
  checkColumns(reading, lastStart(reading, input.asOf));
  return buildSeries(reading.raw, csvMeta(input.symbol, reading), input.asOf, input.now);
}

/**
 * The same from a file's bytes: any layout and encoding that is recognised, packed or not. @throws as `parseCsvSeries`, and what the source throws
 */
export async function readCsvSeries(input: {
  symbol: string;
  interval?: Interval | undefined;
  options?: CsvOptions | undefined;
  content: AsyncIterable<Uint8Array>;
  asOf?: AsOf | undefined;
  now: number;
}): Promise<Series> {
  checkedSymbol(input.symbol);
  const reading = await readCsvBytes(input.content, { interval: input.interval, ...input.options });
  checkInterval(reading);
  checkColumns(reading, lastStart(reading, input.asOf));
  return buildSeries(reading.raw, csvMeta(input.symbol, reading), input.asOf, input.now);
}
