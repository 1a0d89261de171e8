import type { Migration } from '../../platform/index.ts';

/**
 * Written memories. `known_at`, `replaced_at` (null while it stands) and `created_at` in UTC ms; `gaps` holds earlier times
 * at which it did not stand, as JSON pairs [from, until) in UTC ms, null = none; `words` counts those of title and text; `likeness` is equal for most near-duplicates
 * (see likeness.ts); `memory_recalls` says which decisions a memory was recalled for, and setups hold how those fared.
 */
export const RECORD_MIGRATIONS: readonly Migration[] = [
  {
    id: 22,
    name: 'memories',
    sql: `
      CREATE TABLE memories (
        row INTEGER PRIMARY KEY AUTOINCREMENT,
        id TEXT NOT NULL UNIQUE,
        kind TEXT NOT NULL,
        symbol TEXT,
        interval TEXT,
        regime TEXT,
        decision_id TEXT,
        title TEXT NOT NULL,
        text TEXT NOT NULL,
        data TEXT NOT NULL,
        origin TEXT NOT NULL,
        replay_id TEXT,
        known_at INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        content_hash TEXT NOT NULL UNIQUE,
        words INTEGER NOT NULL,
        likeness TEXT NOT NULL,
        recalled INTEGER NOT NULL DEFAULT 0,
        fared_sum REAL NOT NULL DEFAULT 0,
        fared_n INTEGER NOT NULL DEFAULT 0
      ) STRICT;
      CREATE INDEX memories_by_kind ON memories (kind, known_at);
      CREATE INDEX memories_by_symbol ON memories (symbol, known_at);
      CREATE INDEX memories_by_decision ON memories (decision_id) WHERE decision_id IS NOT NULL;
    `,
  },
  {
    id: 23,
    name: 'memory words',
    sql: `
      CREATE VIRTUAL TABLE memory_words USING fts5(
        title, text, content = 'memories', content_rowid = 'row', tokenize = 'unicode61 remove_diacritics 2'
      );
      CREATE TRIGGER IF NOT EXISTS memory_words_added AFTER INSERT ON memories BEGIN
        INSERT INTO memory_words (rowid, title, text) VALUES (new.row, new.title, new.text);
      END;
      CREATE TRIGGER IF NOT EXISTS memory_words_removed AFTER DELETE ON memories BEGIN
        INSERT INTO memory_words (memory_words, rowid, title, text) VALUES ('delete', old.row, old.title, old.text);
      END;
      INSERT INTO memory_words (memory_words) VALUES ('rebuild');
    `,
  },
  {
    id: 25,
    name: 'memories without sums of how they fared',
    sql: 'ALTER TABLE memories DROP COLUMN fared_sum; ALTER TABLE memories DROP COLUMN fared_n;',
  },
  {
    id: 26,
    name: 'memory recalls',
    sql: `
      CREATE TABLE memory_recalls (
        memory_id TEXT NOT NULL,
        decision_id TEXT NOT NULL,
        PRIMARY KEY (memory_id, decision_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX memory_recalls_by_decision ON memory_recalls (decision_id);
    `,
  },
  { id: 27, name: 'memories that were replaced', sql: 'ALTER TABLE memories ADD COLUMN replaced_at INTEGER' },
  { id: 37, name: 'gaps of memories that stand again', sql: 'ALTER TABLE memories ADD COLUMN gaps TEXT' },
];

const stepsOf = (...ids: number[]): Migration[] => RECORD_MIGRATIONS.filter(({ id }) => ids.includes(id));

/** The tables of written memories, each with what is dropped with it and the steps that make it anew. */
export const RECORD_TABLES = [
  { name: 'memories', worthless: ['memories', 'memory_words', 'memory_recalls'], steps: RECORD_MIGRATIONS },
  { name: 'memory_words', worthless: ['memory_words'], steps: stepsOf(23) },
  { name: 'memory_recalls', worthless: ['memory_recalls'], steps: stepsOf(26) },
] as const;
