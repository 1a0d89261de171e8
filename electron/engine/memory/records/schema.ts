import type { Migration } from '../../platform/index.ts';

/**
 * Written memories. `known_at` and `created_at` in UTC ms; `words` counts those of title and text; `likeness` is equal for most near-duplicates
 * (see likeness.ts); `fared_sum` over `fared_n` is how the decisions fared that a memory was recalled for.
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
];
