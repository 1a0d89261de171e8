import { canonicalJson } from '../../platform/index.ts';
import type { Neighbour, SetupInput } from '../types.ts';
import type { IndexEntry, KnownOutcome } from './setup-index.ts';

/** A row of the table `setups`. */
export interface SetupRow {
  id: number;
  decision_id: string;
  symbol: string;
  source: SetupInput['source'];
  interval: SetupInput['interval'];
  regime: SetupInput['regime'];
  side: SetupInput['side'];
  horizon: number;
  cost: number;
  known_at: number;
  window_from: number;
  origin: SetupInput['origin'];
  replay_id: string | null;
  reading: string;
  near: Buffer;
  resolved_at: number | null;
  long_won: number | null;
  short_won: number | null;
  long_return: number | null;
  /** When its trip began, UTC ms; null = when it was known. */
  begins: number | null;
  late: 0 | 1;
  in_sample: 0 | 1;
  /** SHA-256 of the weights whose feature it holds. */
  network: string;
}

export const INSERTED =
  'decision_id, symbol, source, interval, regime, side, horizon, cost, known_at, window_from, origin, replay_id, reading, near, in_sample, network';

export function rowOf(setup: SetupInput, near: Float32Array, network: string) {
  const { symbol, source, interval, regime, side, origin } = setup;
  return {
    ...{ symbol, source, interval, regime, side, origin, network },
    decision_id: setup.decisionId,
    horizon: setup.horizonBars,
    cost: setup.costFraction,
    known_at: setup.knownAt,
    window_from: setup.from,
    replay_id: setup.replayId,
    reading: canonicalJson(setup.reading),
    near: bytes(near),
    in_sample: setup.inSample ? 1 : 0,
  };
}

/** What the index looks at: a hundred thousand rows are read at once, and the text of a reading is most of a row. */
export const INDEXED =
  'id, decision_id, symbol, source, interval, regime, side, horizon, cost, known_at, origin, replay_id, near, in_sample, network, resolved_at, late, begins';
export type IndexedRow = Omit<SetupRow, 'reading' | 'window_from' | 'long_won' | 'short_won' | 'long_return'>;

export function entryOf(row: IndexedRow): IndexEntry {
  const { id, symbol, source, interval, regime, side, origin } = row;
  return {
    ...{ id, symbol, source, interval, regime, side, origin },
    decisionId: row.decision_id,
    horizonBars: row.horizon,
    costFraction: row.cost,
    replayId: row.replay_id,
    inSample: row.in_sample === 1,
    near: viewOf(row.near),
    knownAt: row.known_at,
    ...outcomeOf(row),
  };
}

export const OUTCOME = 'known_at, begins, resolved_at, late';
export type OutcomeRow = Pick<SetupRow, 'known_at' | 'begins' | 'resolved_at' | 'late'>;

export const outcomeOf = (row: OutcomeRow): KnownOutcome => ({
  begins: row.begins ?? row.known_at,
  resolvedAt: row.resolved_at ?? Infinity,
  late: row.late === 1,
});

/** @param asOf UTC ms; an outcome of later is not told */
export function neighbourOf(row: SetupRow, distance: number, asOf: number): Neighbour {
  const { symbol, source, interval, regime, side, origin } = row;
  const known = row.resolved_at !== null && row.resolved_at <= asOf;
  return {
    ...{ symbol, source, interval, regime, side, origin, distance },
    decisionId: row.decision_id,
    horizonBars: row.horizon,
    costFraction: row.cost,
    replayId: row.replay_id,
    knownAt: row.known_at,
    from: row.window_from,
    reading: JSON.parse(row.reading),
    outcome: known
      ? {
          knownAt: row.resolved_at!,
          longWon: row.long_won === 1,
          shortWon: row.short_won === 1,
          longReturn: row.long_return!,
        }
      : null,
  };
}

export const bytes = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** Without a copy where its bytes lie well. */
export const viewOf = (blob: Buffer): Float32Array =>
  blob.byteOffset % 4 === 0 ? new Float32Array(blob.buffer, blob.byteOffset, blob.byteLength / 4) : floats(blob);

export const floats = (blob: Buffer): Float32Array =>
  new Float32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
