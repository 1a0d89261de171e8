import type { Interval } from '../../../../shared/domain/index.ts';
import type { BrainnetError } from '../../../../shared/errors.ts';
import type { DatedNotice } from '../notices.ts';
import type { RemoteMeta } from '../remote/types.ts';
import type { RawColumns } from '../types.ts';

/** What bars of a remote source are kept under. */
export interface RemoteKey {
  source: string;
  symbol: string;
  interval: Interval;
}

export interface StoredBars {
  /**
   * Closed bars, `time` strictly rising; prices of their day and adjusted closes in the basis of the first fetch, so that no later dividend or
   * split moves a value.
   */
  raw: RawColumns;
  meta: RemoteMeta;
  /** What was said of the bars, of each by the newest answer that held it. */
  notices: readonly DatedNotice[];
  /** Start of the first and the last bar, UTC ms. */
  first: number;
  last: number;
  /** UTC ms of the newest fetch that succeeded: a bar that had ended by then and is not here, the source did not have. */
  fetchedAt: number;
  /** Earliest time ever asked for, UTC ms: the source has no bar between it and `first`. */
  coveredFrom: number;
  /** SHA-256 over the bars. */
  contentHash: string;
}

export interface FetchedBars {
  /** As the source delivered them, in any order. */
  raw: RawColumns;
  meta: RemoteMeta;
  notices?: readonly DatedNotice[] | undefined;
  /** UTC ms; bars that had not ended by then are not kept. */
  fetchedAt: number;
  /** From where was asked, UTC ms; left out: from the first bar delivered. */
  from?: number | undefined;
  /**
   * Whose prices stand where the source has moved past ones: 'kept' (default) = those of the day, as first told; 'arriving' = the source's, which
   * are then corrections.
   */
  trust?: 'kept' | 'arriving' | undefined;
}

/** Counts are of bars. */
export interface MergeReport {
  added: number;
  corrected: number;
  unchanged: number;
  /** Not kept because they had not ended by `fetchedAt`. */
  unfinished: number;
  /** Not kept because they had no time, or one delivered before. */
  ignored: number;
  /** By how much the source moved all older adjusted closes since (a dividend or split); 1 = not at all. */
  adjCloseFactor: number;
  /** By how much the source moved all older prices since without naming a split; the kept ones stay where they are trusted. 1 = not at all. */
  priceFactor: number;
  /** The fetched bars met none of the kept ones: `beside` = a hole may lie between; `replaced` = the kept ones made way, since adjusted closes cannot be joined without one. */
  joined: 'yes' | 'beside' | 'replaced';
  /** Why the bars are in memory only, as one sentence; null = stored. */
  problem: BrainnetError | null;
}

/** A cell of a kept bar that the source now tells differently. */
export interface Correction {
  /** Start of the bar, UTC ms. */
  time: number;
  column: string;
  /** NaN where there was none. */
  before: number;
  after: number;
  /** UTC ms of the fetch that brought it. */
  seenAt: number;
}

/** A line of `list`: everything but the bars. */
export interface RemoteListing extends Omit<StoredBars, 'raw'> {
  key: RemoteKey;
  bars: number;
}

/** Bars fetched from remote sources, kept in cache.db and in memory. No fault of cache.db is ever thrown: what cannot be read is "not there". */
export interface RemoteStore {
  /** What is kept of one (source, symbol, interval); null when nothing, or nothing that is whole. */
  read(key: RemoteKey): StoredBars | null;
  /**
   * Joins newly fetched bars to the kept ones in one transaction. What is new is added; a kept value that differs beyond rounding is
   * corrected and the old one logged; a missing value corrects nothing. @throws INVALID_INPUT (columns of unequal length)
   */
  merge(key: RemoteKey, fetched: FetchedBars): MergeReport;
  /** The newest corrections, newest first; at most 1,000 a key are kept. `limit` default 100. */
  corrections(key: RemoteKey, limit?: number): Correction[];
  /**
   * From where to fetch (UTC ms) so that only what is new is asked for, with `overlap` kept bars (default 5) to see corrections and join
   * adjusted closes. It is `wantedFrom` where nothing, or nothing that old, was asked for before; keep that within what the source offers.
   */
  fetchFrom(key: RemoteKey, wantedFrom: number, overlap?: number): number;
  /** Everything kept, without its bars. */
  list(): RemoteListing[];
  /** Forgets a series and its corrections. */
  drop(key: RemoteKey): void;
}
