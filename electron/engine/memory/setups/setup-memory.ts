import { canonicalJson, type Database, diskError } from '../../platform/index.ts';
import type { Projection } from '../../vision/index.ts';
import type { Neighbour, SetupInput, SetupMemory } from '../types.ts';
import { createSetupIndex, type SetupIndex } from './setup-index.ts';

/** Candidates by the projection that are compared again by the whole feature. */
const CANDIDATES = 300;

interface Row {
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
  embedding: Buffer;
  resolved_at: number | null;
  long_won: number | null;
  short_won: number | null;
  long_return: number | null;
}

/**
 * The setups of an open journal.db: their projections are scanned in memory, the nearest compared again by the whole feature.
 * @param projection the shipped one; asked for when first needed
 */
export function createSetupMemory(database: Database, projection: () => Projection): SetupMemory {
  let held: SetupIndex | null = null;
  const index = () => {
    held ??= loadIndex(database, projection().projectionLength);
    return held;
  };
  const columns =
    'decision_id, symbol, source, interval, regime, side, horizon, cost, known_at, window_from, origin, replay_id, reading, near, embedding';
  const insert = database.prepare(
    `INSERT OR IGNORE INTO setups (${columns}) VALUES (${columns.replace(/\w+/g, (name) => `@${name}`)})`,
  );
  const settle = database.prepare(
    `UPDATE setups SET resolved_at = @knownAt, long_won = @longWon, short_won = @shortWon, long_return = @longReturn
     WHERE decision_id = @decisionId AND resolved_at IS NULL RETURNING id`,
  );
  const one = database.prepare('SELECT * FROM setups WHERE id = ?');
  return {
    addSetups(setups) {
      const loaded = held;
      try {
        for (const setup of setups) {
          const near = projection().project(setup.embedding);
          const { changes, lastInsertRowid } = insert.run(rowOf(setup, near));
          if (changes > 0) loaded?.add({ ...setup, near, id: Number(lastInsertRowid), resolvedAt: Infinity });
        }
      } catch (error) {
        held = null;
        throw diskError(error, 'the setup');
      }
    },
    resolve(decisionId, { knownAt, longWon, shortWon, longReturn }) {
      const row = settle.get({ decisionId, knownAt, longWon: Number(longWon), shortWon: Number(shortWon), longReturn });
      if (row) held?.resolve((row as { id: number }).id, knownAt);
    },
    async nearest(query) {
      const ids = index().candidates(projection().project(query.embedding), query, Math.max(CANDIDATES, query.k));
      const found = ids.map((id) => neighbourOf(one.get(id) as Row, query.embedding, query.asOf));
      return found.sort((a, b) => a.distance - b.distance || compare(a.decisionId, b.decisionId)).slice(0, query.k);
    },
  };
}

function loadIndex(database: Database, length: number): SetupIndex {
  const index = createSetupIndex(length);
  for (const row of database.prepare('SELECT * FROM setups').iterate() as IterableIterator<Row>) {
    index.add({
      ...{ id: row.id, symbol: row.symbol, source: row.source, interval: row.interval, regime: row.regime },
      ...{
        side: row.side,
        horizonBars: row.horizon,
        costFraction: row.cost,
        origin: row.origin,
        replayId: row.replay_id,
      },
      near: floats(row.near),
      knownAt: row.known_at,
      resolvedAt: row.resolved_at ?? Infinity,
    });
  }
  return index;
}

function rowOf(setup: SetupInput, near: Float32Array) {
  const { symbol, source, interval, regime, side, origin, embedding } = setup;
  return {
    ...{ symbol, source, interval, regime, side, origin },
    decision_id: setup.decisionId,
    horizon: setup.horizonBars,
    cost: setup.costFraction,
    known_at: setup.knownAt,
    window_from: setup.from,
    replay_id: setup.replayId,
    reading: canonicalJson(setup.reading),
    near: bytes(near),
    embedding: bytes(embedding),
  };
}

function neighbourOf(row: Row, embedding: Float32Array, asOf: number): Neighbour {
  const known = row.resolved_at !== null && row.resolved_at <= asOf;
  return {
    ...{ symbol: row.symbol, source: row.source, interval: row.interval, regime: row.regime, side: row.side },
    ...{ horizonBars: row.horizon, costFraction: row.cost, origin: row.origin, replayId: row.replay_id },
    decisionId: row.decision_id,
    knownAt: row.known_at,
    from: row.window_from,
    reading: JSON.parse(row.reading),
    distance: euclidean(floats(row.embedding), embedding),
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

function euclidean(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i]! - b[i]!) ** 2;
  return Math.sqrt(sum);
}

const bytes = ({ buffer, byteOffset, byteLength }: Float32Array) => Buffer.from(buffer, byteOffset, byteLength);
const floats = (blob: Buffer) =>
  new Float32Array(blob.buffer.slice(blob.byteOffset, blob.byteOffset + blob.byteLength));
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
