import { compareTexts, type Database } from '../../platform/index.ts';
import type { Projection } from '../../vision/index.ts';
import { type MemoryFaults, silentFaults } from '../faults.ts';
import { ensureTables } from '../tables.ts';
import type { NearestQuery, Neighbour, SetupInput, SetupMemory, SetupOutcome } from '../types.ts';
import { createKeptIndex } from './kept-index.ts';
import { rescore } from './rescore.ts';
import { SETUP_MIGRATIONS, SETUP_TABLES } from './schema.ts';
import type { Candidate } from './setup-index.ts';
import { bytes, floats, INSERTED, neighbourOf, rowOf, type SetupRow, viewOf } from './setup-row.ts';

/** Candidates by the projection that are compared again by the whole feature: so many for each neighbour, where overlaps are left out more, and at least so many. */
const [CANDIDATES_EACH, WITH_OVERLAPS_EACH, CANDIDATES_LEAST] = [4, 16, 100];
/** Where overlaps left too few, so many times more are looked at. */
const WIDENED = 4;

/**
 * The setups of an open journal.db: their projections are scanned in memory, the nearest compared again by the whole feature. Of a window that
 * was decided several times one setup is found. Setups whose feature is of other weights are kept and never found. A memory that cannot be read or written costs no decision: it is told to `faults`, and the
 * memory is the poorer by it.
 * @param projection the shipped one; asked for when first needed
 */
export function createSetupMemory(
  database: Database,
  projection: () => Projection,
  faults: MemoryFaults = silentFaults(),
): SetupMemory {
  ensureTables(database, SETUP_TABLES, SETUP_MIGRATIONS, faults);
  const index = createKeptIndex(database, projection);
  const { addSetup, settle, remove, embeddingOf, rowById } = statementsOf(database);
  return {
    addSetups(setups) {
      const add = (setup: SetupInput) => addSetup(setup, projection());
      faults.guarded('the setup', () => database.transaction(() => setups.forEach(add))());
    },
    resolve(decisionId, outcome) {
      faults.guarded('the outcome of a setup', () => {
        const id = settle(decisionId, outcome);
        if (id !== undefined) index.touch(id);
      });
    },
    async nearest(query) {
      try {
        const held = await index.upToDate();
        const near = projection().project(query.embedding);
        const each = query.withoutOverlaps ? WITH_OVERLAPS_EACH : CANDIDATES_EACH;
        for (let count = Math.max(CANDIDATES_LEAST, each * query.k); ; count *= WIDENED) {
          const candidates = await held.candidates(near, query, count);
          const found = rescore(query, candidates, embeddingOf);
          const enough = !query.withoutOverlaps || found.length >= query.k;
          if (enough || candidates.length < count) return neighboursOf(query, found, rowById);
        }
      } catch (error) {
        faults.tell(error);
        return [];
      }
    },
    forget(decisionIds) {
      faults.guarded('the setup', () =>
        database.transaction(() => {
          for (const id of decisionIds.flatMap(remove)) index.touch(id);
        })(),
      );
    },
    embedding: (decisionId) => {
      const sql = 'SELECT embedding FROM setup_features JOIN setups USING (id) WHERE decision_id = ?';
      const blob = database.prepare(sql).pluck().get(decisionId) as Buffer | undefined;
      return blob ? floats(blob) : null;
    },
    picture: (decisionId) => {
      const row = database.prepare('SELECT near, network FROM setups WHERE decision_id = ?').get(decisionId);
      if (row === undefined) return null;
      const { near, network } = row as Pick<SetupRow, 'near' | 'network'>;
      return { near: floats(near), network };
    },
    count: () => ({
      setups: database.prepare('SELECT count(*) FROM setups').pluck().get() as number,
      settled: database.prepare('SELECT count(resolved_at) FROM setups').pluck().get() as number,
    }),
  };
}

function statementsOf(database: Database) {
  const insert = database.prepare(
    `INSERT OR IGNORE INTO setups (${INSERTED}) VALUES (${INSERTED.replace(/\w+/g, (name) => `@${name}`)})`,
  );
  const insertFeature = database.prepare('INSERT OR REPLACE INTO setup_features (id, embedding) VALUES (?, ?)');
  const settle = database
    .prepare(
      `UPDATE setups SET resolved_at = @knownAt, long_won = @longWon, short_won = @shortWon, long_return = @longReturn,
         begins = @begins, late = @late
       WHERE decision_id = @decisionId AND resolved_at IS NULL RETURNING id`,
    )
    .pluck();
  const feature = database.prepare('SELECT embedding FROM setup_features WHERE id = ?').pluck();
  const removeSetup = database.prepare('DELETE FROM setups WHERE decision_id = ? RETURNING id').pluck();
  const removeFeature = database.prepare('DELETE FROM setup_features WHERE id = ?');
  const one = database.prepare('SELECT * FROM setups WHERE id = ?');
  return {
    addSetup(setup: SetupInput, { project, network }: Projection): void {
      const { changes, lastInsertRowid } = insert.run(rowOf(setup, project(setup.embedding), network));
      if (changes > 0) insertFeature.run(lastInsertRowid, bytes(setup.embedding));
    },
    settle(
      decisionId: string,
      { knownAt, longWon, shortWon, longReturn, begins, late }: SetupOutcome,
    ): number | undefined {
      const flags = { longWon: Number(longWon), shortWon: Number(shortWon), late: Number(late ?? false) };
      return settle.get({ decisionId, knownAt, longReturn, begins: begins ?? null, ...flags }) as number | undefined;
    },
    remove(decisionId: string): number[] {
      const ids = removeSetup.all(decisionId) as number[];
      for (const id of ids) removeFeature.run(id);
      return ids;
    },
    embeddingOf(id: number): Float32Array | null {
      const blob = feature.get(id) as Buffer | undefined;
      return blob ? viewOf(blob) : null;
    },
    rowById: (id: number) => one.get(id) as SetupRow | undefined,
  };
}

/** By distance, of equal ones by decision; a setup whose row is gone is left out. */
function neighboursOf(
  query: NearestQuery,
  found: readonly Candidate[],
  rowById: (id: number) => SetupRow | undefined,
): Neighbour[] {
  const neighbours = found.flatMap(({ id, distance }) => {
    const row = rowById(id);
    return row ? neighbourOf(row, distance, query.asOf) : [];
  });
  return neighbours
    .sort((a, b) => a.distance - b.distance || compareTexts(a.decisionId, b.decisionId))
    .slice(0, query.k);
}
