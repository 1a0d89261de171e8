import type { Interval, Origin, Reading, Regime, Side, Source } from '../../../shared/domain/index.ts';

/** The picture a decision was made on. Times in market time, UTC ms. */
export interface SetupInput {
  decisionId: string;
  symbol: string;
  source: Source;
  interval: Interval;
  regime: Regime;
  /** The side it leant to (decision room, `leanOf`). */
  side: Side;
  horizonBars: number;
  costFraction: number;
  /** As-of of the decision: from then on the setup is known, without its outcome. */
  knownAt: number;
  /** Start of the window's first bar. */
  from: number;
  /** 768 values, the network's feature of the window. */
  embedding: Float32Array;
  reading: Reading;
  origin: Origin;
  replayId: string | null;
  /** The network was trained on that symbol at that time: kept, and never found nor counted. Default false. */
  inSample?: boolean;
  /** Written memories that the decision was made with. */
  recalled?: readonly string[];
}

/** What became of a setup; known from `knownAt` on. */
export interface SetupOutcome {
  knownAt: number;
  /** When its trip began, UTC ms; left out: when the setup was known. */
  begins?: number;
  /** A live decision that was made when this had begun to be known: kept, and no experience that a later one is judged by. Default false. */
  late?: boolean;
  longWon: boolean;
  shortWon: boolean;
  /** Gross return of the long side, a fraction. */
  longReturn: number;
}

/** Which setups are looked among; `asOf` bounds what is known, the outcome included where `resolved`. */
export interface NearestQuery {
  embedding: Float32Array;
  k: number;
  asOf: number;
  /** Only setups whose outcome was known by the as-of, those that were decided late left out. */
  resolved: boolean;
  origin: Origin | 'both';
  replayId?: string | undefined;
  interval?: Interval | undefined;
  horizonBars?: number | undefined;
  costFraction?: number | undefined;
  symbol?: string | undefined;
  regime?: Regime | undefined;
  side?: Side | undefined;
  /** Setups of this symbol, of whatever source, that end after `from` (UTC ms) share bars with the window that asks, and are left out. */
  apartFrom?: { symbol: string; from: number } | undefined;
  /** Of resolved setups whose trips share a move of one symbol, of whatever source, only the nearest. */
  withoutOverlaps?: boolean | undefined;
}

/** A setup that was found, without its vector. */
export interface Neighbour extends Omit<SetupInput, 'embedding' | 'inSample' | 'recalled'> {
  /** Euclidean distance of the 768-d features. */
  distance: number;
  /** Null where it was not known by the as-of. */
  outcome: SetupOutcome | null;
}

/** A window's feature as it is searched by; only pictures of one network can be compared. */
export interface Picture {
  /** The shipped projection. */
  near: Float32Array;
  /** SHA-256 of the weights that made the feature. */
  network: string;
}

/** Setups by likeness, point in time. What fails in it but the disk is told and passed over: a decision never waits for its memory. */
export interface SetupMemory {
  /** Keeps setups, one of each decision, all or none; in the caller's transaction where there is one. @throws DISK_FULL, FILE_UNWRITABLE */
  addSetups(setups: readonly SetupInput[]): void;
  /** Adds what became of a setup; the first word stands. */
  resolve(decisionId: string, outcome: SetupOutcome): void;
  /**
   * The nearest first, in-sample ones left out; of equal distance in the order of their decisions' ids. A window that was decided more than once (same instrument, interval,
   * as-of, horizon and cost) is one setup.
   */
  nearest(query: NearestQuery): Promise<Neighbour[]>;
  /** Removes the setups of decisions that are removed; in the caller's transaction where there is one. @throws DISK_FULL, FILE_UNWRITABLE */
  forget(decisionIds: readonly string[]): void;
  /** The feature of a decision's window, 768 values; null where the memory has none. */
  embedding(decisionId: string): Float32Array | null;
  /** The picture of a decision's window; null where the memory has none. */
  picture(decisionId: string): Picture | null;
  /** How many decisions are remembered, and of how many the outcome is. */
  count(): { setups: number; settled: number };
}
