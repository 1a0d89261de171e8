import type { Interval } from '../../../../shared/domain/index.ts';
import type { Clock, Logger } from '../../platform/index.ts';
import type { DatedNotice } from '../notices.ts';
import type { RawColumns } from '../types.ts';

export type InstrumentKind = 'equity' | 'index' | 'crypto' | 'fx' | 'future' | 'etf' | 'other';

/** What a source says of an instrument beside its bars. */
export interface RemoteMeta {
  /** As the source calls it. */
  symbol: string;
  name: string | null;
  /** The major unit: GBP where the source speaks of pence. */
  currency: string;
  /** IANA name. */
  timezone: string;
  exchange: string | null;
  kind: InstrumentKind;
}

/** New shares for each old one, from the bar that begins at `time` (UTC ms) on. */
export interface Split {
  time: number;
  ratio: number;
}

/** Money for each share of that day, in the major unit; `time` is that of the bar (UTC ms). */
export interface Dividend {
  time: number;
  amount: number;
}

/** Bars of one request, oldest first. */
export interface RemoteBars {
  /**
   * Prices in the major unit and of their day: a source that rewrites the past at a split is turned back. `adjClose` is filled where
   * the source has one, or where a split lies between the bars; else null. A row without prices stays, its prices NaN.
   */
  raw: RawColumns;
  meta: RemoteMeta;
  notices: DatedNotice[];
  splits: Split[];
  dividends: Dividend[];
  /** UTC ms. */
  fetchedAt: number;
}

/** Bars that begin in [from, to), UTC ms. */
export interface BarsRequest {
  symbol: string;
  interval: Interval;
  from: number;
  to: number;
  signal?: AbortSignal | undefined;
}

export interface FoundSymbol {
  symbol: string;
  name: string;
  exchange: string;
  kind: string;
  /** The major unit; null where it is not known. */
  currency: string | null;
}

/** The last price, in the major unit; `time` in UTC ms. */
export interface RemoteQuote {
  symbol: string;
  price: number;
  currency: string;
  time: number;
  marketState: string;
}

/** A source of bars on the network. Every method throws BrainnetError only, CANCELLED where the signal was aborted. */
export interface RemoteSource {
  readonly name: 'yahoo' | 'stooq';
  /** Every host it may ask. */
  readonly hosts: readonly string[];
  readonly intervals: readonly Interval[];
  /**
   * @throws UNKNOWN_SYMBOL, SYMBOL_RENAMED, RANGE_NOT_OFFERED, SOURCE_UNREACHABLE, SOURCE_TIMEOUT, SOURCE_LIMITED, SOURCE_KEY_NEEDED,
   * SOURCE_ANSWER_BAD, SOURCE_LYING, INVALID_INPUT, CANCELLED
   */
  bars(request: BarsRequest): Promise<RemoteBars>;
  search?(query: string, signal?: AbortSignal): Promise<FoundSymbol[]>;
  quote?(symbols: readonly string[], signal?: AbortSignal): Promise<RemoteQuote[]>;
}

export interface RemoteDeps {
  /** Default: the runtime's. */
  fetch?: typeof fetch;
  clock: Clock;
  log?: Logger;
  /** Waits between retries; tests count them. */
  sleep?: (ms: number) => Promise<void>;
  /** In [0, 1); spreads the retries. */
  random?: () => number;
  /** Time one request may take, ms; default 10,000. */
  timeoutMs?: number;
}
