import type { Migration } from '../../platform/index.ts';

const COLUMNS = `
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  decision_id TEXT NOT NULL UNIQUE,
  symbol TEXT NOT NULL,
  source TEXT NOT NULL,
  interval TEXT NOT NULL,
  regime TEXT NOT NULL,
  side TEXT NOT NULL,
  horizon INTEGER NOT NULL,
  cost REAL NOT NULL,
  known_at INTEGER NOT NULL,
  window_from INTEGER NOT NULL,
  origin TEXT NOT NULL,
  replay_id TEXT,
  reading TEXT NOT NULL,
  near BLOB NOT NULL,
  resolved_at INTEGER,
  long_won INTEGER,
  short_won INTEGER,
  long_return REAL`;

/**
 * `near` is the shipped 64-d projection of a setup's feature (768), both float32; the columns of the outcome are null until it is settled.
 * The features lie apart, so that loading the projections reads none of them.
 */
export const SETUP_MIGRATIONS: readonly Migration[] = [
  {
    id: 20,
    name: 'setups',
    sql: `
      CREATE TABLE setups (
        ${COLUMNS},
        embedding BLOB NOT NULL
      ) STRICT;
    `,
  },
  {
    id: 21,
    name: 'setup features apart',
    sql: `
      CREATE TABLE setup_features (id INTEGER PRIMARY KEY, embedding BLOB NOT NULL) STRICT;
      INSERT INTO setup_features (id, embedding) SELECT id, embedding FROM setups;
      ALTER TABLE setups DROP COLUMN embedding;
    `,
  },
  {
    id: 24,
    name: 'setups in sample',
    /** A journal without the table loses its setups alone. */
    sql: `
      CREATE TABLE IF NOT EXISTS setups (${COLUMNS}) STRICT;
      ALTER TABLE setups ADD COLUMN in_sample INTEGER NOT NULL DEFAULT 0;
    `,
  },
  {
    id: 28,
    name: 'setups by the network whose feature they hold',
    sql: `ALTER TABLE setups ADD COLUMN network TEXT NOT NULL DEFAULT ''`,
  },
  {
    id: 35,
    name: 'when the trips of setups begin, and which were decided late',
    sql: `
      CREATE TABLE IF NOT EXISTS setups (
        ${COLUMNS}, in_sample INTEGER NOT NULL DEFAULT 0, network TEXT NOT NULL DEFAULT ''
      ) STRICT;
      ALTER TABLE setups ADD COLUMN begins INTEGER;
      ALTER TABLE setups ADD COLUMN late INTEGER NOT NULL DEFAULT 0;
    `,
  },
];

/** Of a journal with decisions alone: setups that were stored before step 24 are marked by what their decisions say. */
export const SETUP_BACKFILLS: readonly Migration[] = [
  {
    id: 29,
    name: 'setups of older decisions in sample',
    sql: `UPDATE setups SET in_sample = 1 WHERE decision_id IN (
            SELECT id FROM decisions WHERE json_valid(summary) AND json_extract(summary, '$.sampleStatus') = 'training')`,
  },
  {
    id: 34,
    name: 'networks of older setups',
    sql: `UPDATE setups SET network = coalesce(json_extract(d.body, '$.provenance.modelHashes.convnext'), '')
            FROM decisions d WHERE d.id = setups.decision_id AND json_valid(d.body)`,
  },
  {
    id: 36,
    name: 'begins and late of older setups',
    sql: 'UPDATE setups SET begins = o.begins, late = o.late FROM outcomes o WHERE o.decision_id = setups.decision_id',
  },
];

/** Each table of the setups; where one is gone the others are worth nothing. */
export const SETUP_TABLES = ['setups', 'setup_features'] as const;
