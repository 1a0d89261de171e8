import type { Migration } from '../../platform/index.ts';

/**
 * Bars of remote sources in cache.db: one row a series, one a stretch of bars, one a corrected cell. Every statement may run again, so the
 * store also brings its tables into a cache.db whose schema number had passed this one.
 */
export const REMOTE_BARS_MIGRATION: Migration = {
  id: 101,
  name: 'remote bars',
  sql: `
    CREATE TABLE IF NOT EXISTS remote_series (
      id INTEGER PRIMARY KEY, source TEXT NOT NULL, symbol TEXT NOT NULL, interval TEXT NOT NULL,
      meta TEXT NOT NULL, bars INTEGER NOT NULL, first REAL NOT NULL, last REAL NOT NULL, fetchedAt REAL NOT NULL,
      coveredFrom REAL NOT NULL, contentHash TEXT NOT NULL,
      UNIQUE (source, symbol, interval)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS remote_chunks (
      series INTEGER NOT NULL, chunk INTEGER NOT NULL, bars INTEGER NOT NULL, checksum INTEGER NOT NULL, sha256 TEXT NOT NULL,
      time BLOB NOT NULL, open BLOB, high BLOB, low BLOB, close BLOB NOT NULL, adjClose BLOB, volume BLOB,
      PRIMARY KEY (series, chunk)
    ) STRICT;
    CREATE TABLE IF NOT EXISTS remote_corrections (
      id INTEGER PRIMARY KEY, series INTEGER NOT NULL, time REAL NOT NULL, "column" TEXT NOT NULL,
      "before" REAL, "after" REAL, seenAt REAL NOT NULL
    ) STRICT;
    CREATE INDEX IF NOT EXISTS remote_corrections_of ON remote_corrections (series, id);
  `,
};
