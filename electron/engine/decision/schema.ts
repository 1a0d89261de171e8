import type { Migration } from '../platform/index.ts';

/** journal.db: `known_date` is the exchange day at whose end a decision was known; what must never be lost. A decision's `body` is its canonical JSON; the other columns are for finding it. */
export const DECISION_MIGRATIONS: readonly Migration[] = [
  {
    id: 1,
    name: 'decisions',
    sql: `
      CREATE TABLE decisions (
        rowid INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        run_id TEXT NOT NULL,
        symbol TEXT NOT NULL,
        source TEXT NOT NULL,
        interval TEXT NOT NULL,
        action TEXT NOT NULL,
        known_at INTEGER NOT NULL,
        known_date TEXT NOT NULL,
        content_hash TEXT NOT NULL,
        summary TEXT NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE INDEX decisions_by_symbol ON decisions (symbol, source, interval, known_at);
      CREATE INDEX decisions_by_run ON decisions (run_id);
    `,
  },
];
