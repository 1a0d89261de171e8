import { z } from 'zod';
import {
  AsOf,
  CsvOptions,
  DecisionSummary,
  Instrument,
  InstrumentRef,
  Interval,
  Notice,
  SeriesView,
  Source,
  Ticker,
  WATCHLIST_MOST,
  Watchlist,
  WatchlistItem,
  WatchlistName,
} from '../domain/index.ts';
import { ErrorData } from '../errors.ts';
import { CSV_TEXT_BYTES } from '../limits.ts';
import { procedure } from './base.ts';

/** A line of the watchlist panel: `changeFraction` is close over the close before, `sparkline` the last 32 closes as of then. */
export const WatchlistRow = z.object({
  symbol: Ticker,
  source: Source,
  name: z.string(),
  currency: z.string(),
  lastDate: z.iso.date().nullable(),
  lastClose: z.number().nullable(),
  changeFraction: z.number().nullable(),
  sparkline: z.array(z.number()),
  /** As in a series: how stale live bars are. */
  sessionsBehind: z.int().nullable(),
  /** Of the decision: the one asked for, else that of the symbol's own bars; null where none was asked for and there are no bars. */
  interval: Interval.nullable(),
  /** The newest decision of that interval known as of the same clock; null where there is none. */
  decision: DecisionSummary.nullable(),
  error: ErrorData.nullable(),
});
export type WatchlistRow = z.infer<typeof WatchlistRow>;

export const ImportReport = z.object({
  symbol: Ticker,
  interval: Interval,
  bars: z.int(),
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
  closeOnly: z.boolean(),
  notices: z.array(Notice),
  /** What was understood, said back in one sentence. */
  understood: z.string(),
});
export type ImportReport = z.infer<typeof ImportReport>;

/** An answer to a search; `source` names where its bars lie already, null = it was found on the network. */
export const SymbolMatch = z.object({
  symbol: z.string(),
  name: z.string(),
  exchange: z.string(),
  kind: z.string(),
  source: Source.nullable(),
  currency: z.string().nullable(),
});
export type SymbolMatch = z.infer<typeof SymbolMatch>;

const WatchlistItems = z.array(WatchlistItem).max(WATCHLIST_MOST);

/** The text of a CSV file, never a path, with what the user tells of it; what is left out is recognised. */
const CsvInput = z.object({
  symbol: Ticker,
  interval: Interval.optional(),
  fileName: z.string().max(255).default('pasted'),
  /** At most 16 MiB. */
  content: z.string().max(CSV_TEXT_BYTES),
  options: CsvOptions.optional(),
});

/** How a CSV file would be read, nothing stored; where it cannot be, `error` says why and the rest is empty. */
export const CsvPreview = z.object({
  /** What was understood, said back in one sentence. */
  understood: z.string().nullable(),
  /** Every option in force, told or recognised. */
  options: CsvOptions.required().nullable(),
  /** The file's columns by their titles, at most 60. */
  titles: z.array(z.string()),
  /** The first rows as delivered, in the order of the file; `time` in UTC ms, a value that is missing or no finite number is null. */
  bars: z.array(
    z.object({
      time: z.number(),
      open: z.number().nullable(),
      high: z.number().nullable(),
      low: z.number().nullable(),
      close: z.number().nullable(),
      volume: z.number().nullable(),
    }),
  ),
  notices: z.array(Notice),
  error: ErrorData.nullable(),
});
export type CsvPreview = z.infer<typeof CsvPreview>;

export const market = {
  /** What can be analyzed now: the bundled samples and what the user imported. */
  instruments: procedure.route({ method: 'GET' }).output(z.array(Instrument)),
  /** Bars up to the as-of (default: all up to the last closed bar), adjusted to its prices. */
  series: procedure.input(InstrumentRef.extend({ asOf: AsOf.optional() })).output(SeriesView),
  /** By symbol or name; `remote` asks the live source too. A network that fails says so in `problem`; local answers stand. */
  search: procedure
    .input(z.object({ query: z.string().max(80), remote: z.boolean().default(false) }))
    .output(z.object({ found: z.array(SymbolMatch), problem: ErrorData.nullable() })),
  watchlists: procedure.route({ method: 'GET' }).output(z.array(Watchlist)),
  /** Puts a whole list: a new one at the end, or in place of the one of that name, whose spelling stays. */
  saveWatchlist: procedure.input(Watchlist).output(Watchlist),
  /** A new list at the end; a name that is taken, in whatever letter case, is refused. */
  createWatchlist: procedure.input(Watchlist).output(Watchlist),
  /** Another name for a list, which keeps its place, symbols and clock. */
  renameWatchlist: procedure.input(z.object({ name: WatchlistName, to: WatchlistName })).output(Watchlist),
  /** Adds what is not in the list yet, at `at` or at the end. */
  addToWatchlist: procedure
    .input(z.object({ name: WatchlistName, items: WatchlistItems, at: z.int().min(0).optional() }))
    .output(Watchlist),
  removeFromWatchlist: procedure.input(z.object({ name: WatchlistName, items: WatchlistItems })).output(Watchlist),
  removeWatchlist: procedure.input(z.object({ name: WatchlistName })).output(Watchlist),
  /** Brings the bundled lists back as they were shipped. */
  restoreSamples: procedure.output(z.array(Watchlist)),
  /** A line for each symbol of a list; `interval` chooses the decisions that stand on them, never the bars. */
  rows: procedure
    .input(z.object({ name: WatchlistName, asOf: AsOf.optional(), interval: Interval.optional() }))
    .output(z.array(WatchlistRow)),
  importBars: procedure.input(CsvInput).output(ImportReport),
  previewCsv: procedure.input(CsvInput).output(CsvPreview),
};
