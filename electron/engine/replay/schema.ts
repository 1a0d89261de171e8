import type { Migration } from '../platform/index.ts';

/** Tables of the replay room in journal.db: how far each replay has come, the leakage tests done, and the windows of those under way. */
export const REPLAY_MIGRATIONS: readonly Migration[] = [
  {
    id: 30,
    name: 'replays',
    sql: `
      CREATE TABLE replays (id TEXT PRIMARY KEY, started_at TEXT NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE TABLE leakage_tests (rowid INTEGER PRIMARY KEY AUTOINCREMENT, judge TEXT NOT NULL, body TEXT NOT NULL) STRICT;
      CREATE INDEX decisions_by_replay ON decisions (replay_id) WHERE replay_id IS NOT NULL;
    `,
  },
  {
    id: 31,
    name: 'windows of leakage tests that were cut short',
    sql: `
      CREATE TABLE leakage_windows (test TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (test, name)) STRICT;
    `,
  },
];
