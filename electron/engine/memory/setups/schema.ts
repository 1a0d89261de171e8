import type { Migration } from '../../platform/index.ts';

/** `near` is the shipped 64-d projection of `embedding` (768), both float32; the columns of the outcome are null until it is settled. */
export const SETUP_MIGRATIONS: readonly Migration[] = [
  {
    id: 20,
    name: 'setups',
    sql: `
      CREATE TABLE setups (
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
        embedding BLOB NOT NULL,
        resolved_at INTEGER,
        long_won INTEGER,
        short_won INTEGER,
        long_return REAL
      ) STRICT;
    `,
  },
];
