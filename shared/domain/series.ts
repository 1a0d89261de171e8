import { z } from 'zod';
import { Ticker } from './ids.ts';

export const INTERVALS = ['1m', '5m', '15m', '30m', '1h', '1d', '1wk', '1mo'] as const;
export const Interval = z.enum(INTERVALS);
export type Interval = z.infer<typeof Interval>;

/**
 * Where bars come from: `samples` (bundled candles), `samples-closes` (bundled, close-only), `csv` (imported by the user), `yahoo` and
 * `stooq` (from the network, only where the user names them or has switched them on).
 */
export const SOURCES = ['samples', 'samples-closes', 'csv', 'yahoo', 'stooq'] as const;
export const Source = z.enum(SOURCES);
export type Source = z.infer<typeof Source>;

/** One tradable thing in one source; `source` may be left out where the symbol alone decides (samples before closes, csv first). */
export const InstrumentRef = z.object({ symbol: Ticker, source: Source.optional(), interval: Interval.optional() });
export type InstrumentRef = z.infer<typeof InstrumentRef>;

/**
 * As-of: a bare date (`2012-12-31`, the end of that exchange day) or an instant (`2013-01-01T05:00:00Z`).
 * Nothing reads a bar that ends later (DEFINITIONS 1).
 */
export const AsOf = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'a date (2012-12-31) or an instant (2013-01-01T05:00:00Z)',
});
export type AsOf = z.infer<typeof AsOf>;

/** An IANA name such as America/New_York, or UTC. */
export const TimeZone = z
  .string()
  .trim()
  .max(64)
  .refine(isTimeZone, 'a zone such as America/New_York, Europe/Berlin or UTC');

function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en-US', { timeZone: name }) !== null;
  } catch {
    return false;
  }
}

/** Month first, day first or year first, where a date is three numbers. */
export const DateOrder = z.enum(['ymd', 'mdy', 'dmy']);
export type DateOrder = z.infer<typeof DateOrder>;

/** What a column of a CSV file can be. */
export const CSV_COLUMNS = ['date', 'time', 'open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;
export type CsvColumn = (typeof CSV_COLUMNS)[number];

/** Hundredths that are written like their pounds and rands but for letter case. */
const MINOR_UNITS: Readonly<Record<string, string>> = { GBp: 'GBX', ZAc: 'ZAC' };

/** How the text of a CSV file is to be read. What is left out is recognised from the file, else assumed and said so. */
export const CsvOptions = z
  .object({
    delimiter: z.enum([',', ';', '\t']),
    decimal: z.enum(['.', ',']),
    dateOrder: DateOrder,
    /** The exchange's zone; times of day without an offset are in it. */
    timezone: TimeZone,
    interval: Interval,
    /** False: the first row is a bar. */
    header: z.boolean(),
    /** Where a column stands: its title in the file, or its number counted from 1; empty text = the file has none. */
    columns: z.partialRecord(z.enum(CSV_COLUMNS), z.string().trim().max(200)),
    /** Take the file although its columns look swapped or more than 5 % of its bars are dropped or repaired. */
    acceptDamage: z.boolean(),
    currency: z
      .string()
      .trim()
      .regex(/^[A-Za-z]{3,5}$/, 'a currency such as USD, EUR or USDT')
      .overwrite((code) => MINOR_UNITS[code] ?? code.toUpperCase()),
  })
  .partial();
export type CsvOptions = z.infer<typeof CsvOptions>;

/** What a repair rule did to bars: the rule, how many, one sentence. */
export const Notice = z.object({
  rule: z.string(),
  effect: z.enum(['dropped', 'repaired', 'info']),
  bars: z.int().min(0),
  sentence: z.string(),
});
export type Notice = z.infer<typeof Notice>;

export const Instrument = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  name: z.string(),
  currency: z.string(),
  timezone: z.string(),
  closeOnly: z.boolean(),
  bars: z.int(),
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
  /** The as-of used when none is given: for bundled samples a date that leaves outcomes ahead, else null (the last closed bar). */
  defaultAsOf: AsOf.nullable(),
});
export type Instrument = z.infer<typeof Instrument>;

/** Columns of equal length as they travel; `time` in UTC milliseconds of each bar's start, prices in `currency`, adjusted as of `asOf`. */
export const SeriesView = z.object({
  symbol: Ticker,
  source: Source,
  interval: Interval,
  currency: z.string(),
  timezone: z.string(),
  adjustment: z.enum(['point-in-time', 'none']),
  closeOnly: z.boolean(),
  /** End of the last bar, UTC. */
  asOf: z.iso.datetime(),
  /** Whole sessions that have closed between the last bar and the as-of (or now); null for bars that never grow. */
  sessionsBehind: z.int().nullable(),
  time: z.array(z.number()),
  open: z.array(z.number()).nullable(),
  high: z.array(z.number()).nullable(),
  low: z.array(z.number()).nullable(),
  close: z.array(z.number()),
  volume: z.array(z.number()).nullable(),
  notices: z.array(Notice),
});
export type SeriesView = z.infer<typeof SeriesView>;

export const WatchlistName = z
  .string()
  .trim()
  .min(1, 'a name has 1 to 40 characters')
  .max(40, 'a name has 1 to 40 characters')
  .regex(/^[\p{L}\p{N} ._-]+$/u, 'a name of letters, digits, spaces and . _ -');

/** Names of lists that differ only in letter case are one name. */
export const sameListName = (a: string, b: string): boolean => a.trim().toLowerCase() === b.trim().toLowerCase();

export const WatchlistItem = z.object({ symbol: Ticker, source: Source });
export type WatchlistItem = z.infer<typeof WatchlistItem>;

export const WATCHLIST_MOST = 1000;

export const Watchlist = z.object({
  name: WatchlistName,
  items: z.array(WatchlistItem).max(WATCHLIST_MOST),
  /** The clock this list opens with; null = each instrument's own default. */
  defaultAsOf: AsOf.nullable(),
});
export type Watchlist = z.infer<typeof Watchlist>;
