import type { SymbolMatch } from '../../../shared/contract/index.ts';
import type {
  AsOf,
  CsvOptions,
  Instrument,
  InstrumentRef,
  Interval,
  Notice,
  Source,
} from '../../../shared/domain/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import type { Clock, Database, Logger } from '../platform/index.ts';

/** A bad bar: the start of the bar (UTC ms), the rule that found it, and what was done. */
export interface BarMark {
  time: number;
  rule: string;
  effect: 'dropped' | 'repaired';
}

/** Bars up to an as-of, repaired and adjusted to the prices of the last bar (DEFINITIONS 1). All columns have the same length. */
export interface Series {
  symbol: string;
  source: Source;
  interval: Interval;
  currency: string;
  timezone: string;
  adjustment: 'point-in-time' | 'none';
  closeOnly: boolean;
  /** Start of each bar, UTC ms, strictly rising; a daily bar: 00:00 UTC of the exchange's date. */
  time: Float64Array;
  open: Float64Array | null;
  high: Float64Array | null;
  low: Float64Array | null;
  close: Float64Array;
  /** Units traded, in units of the last bar (splits only); null where the source has none. */
  volume: Float64Array | null;
  /** End of the last bar, UTC ms. */
  asOf: number;
  /** Whole sessions that have closed between the last bar and the as-of (or now); only of live sources. */
  sessionsBehind?: number;
  /** Every bar dropped or repaired among those looked at, in the order of the series. */
  marks: readonly BarMark[];
  notices: readonly Notice[];
}

/** Columns as delivered, in the order of the file; a price that is missing or no number is NaN, one that overflows is Infinity. */
export interface RawColumns {
  time: Float64Array;
  open: Float64Array | null;
  high: Float64Array | null;
  low: Float64Array | null;
  close: Float64Array;
  adjClose: Float64Array | null;
  volume: Float64Array | null;
}

/** What is known of a series beside its columns. */
export interface SeriesMeta {
  symbol: string;
  source: Source;
  interval: Interval;
  currency: string;
  timezone: string;
  /** Facts about the source that every series of it carries. */
  sourceNotices: readonly Notice[];
}

export interface ImportInput {
  symbol: string;
  /** Left out: as `options` say, else recognised from the times. */
  interval?: Interval;
  fileName: string;
  /** Text up to 16 MiB, or the file's bytes up to 1 GiB, packed with gzip or not. */
  content: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** How the file is to be read; what is left out is recognised. */
  options?: CsvOptions;
}

export interface ImportReport {
  symbol: string;
  interval: Interval;
  bars: number;
  firstDate: string;
  lastDate: string;
  closeOnly: boolean;
  notices: Notice[];
  understood: string;
}

export interface Market {
  /** All instruments that can be analyzed now: the imports, then the bundled samples. */
  instruments(): Promise<Instrument[]>;
  /**
   * The instrument that `ref` means. Without a source: the live one where it is switched on, then imports, samples, closes.
   * @throws UNKNOWN_SYMBOL, SOURCE_UNAVAILABLE, and of a live source what it throws
   */
  resolve(ref: InstrumentRef, signal?: AbortSignal): Promise<Instrument>;
  /**
   * The whole history cut at `asOf` (left out: at the last closed bar), repaired and adjusted to the as-of bar.
   * An interval coarser than what there is is made of the finer bars.
   * @throws UNKNOWN_SYMBOL, SOURCE_UNAVAILABLE, BAD_DATE, TOO_FEW_BARS (no bar ends by the as-of), FILE_UNREADABLE, and of a live source what it throws
   */
  series(ref: InstrumentRef, asOf?: AsOf, signal?: AbortSignal): Promise<Series>;
  /** Exchange date on which the newest bar begins that this machine holds of a symbol, of whatever source and interval and however its clock stands; null = it holds none. */
  newestHeld(symbol: string): string | null;
  /** Instruments whose symbol or name answers the query; the live source is asked too where `remote`. */
  search(query: string, remote: boolean): Promise<{ found: SymbolMatch[]; problem: ErrorData | null }>;
  /** Checks the text, then keeps it; importing a symbol and interval again replaces it. @throws BAD_CSV, TOO_LARGE, DISK_FULL */
  importCsv(input: ImportInput): Promise<ImportReport>;
}

export interface MarketDeps {
  cache: Database | null;
  importsDir: string;
  resourcesDir: string;
  clock: Clock;
  /** Where a symbol without a source is looked for first; null = nowhere on the network. */
  liveSource?: () => 'yahoo' | 'stooq' | null;
  /** A key of the user's own for Stooq. */
  stooqKey?: string | undefined;
  /** Default: the runtime's. */
  fetch?: typeof fetch | undefined;
  log?: Logger | undefined;
}
