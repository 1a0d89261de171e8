import { type Database, type Migration, sha256 } from '../../platform/index.ts';
import { LOGITS } from './reading.ts';

/** Answers kept; the oldest beyond are dropped when the cache is opened (3.5 kB each). */
const KEPT = 100_000;

/** Tables of the vision room in cache.db. */
export const VISION_CACHE_MIGRATIONS: readonly Migration[] = [
  {
    id: 200,
    name: 'network answers',
    sql: `CREATE TABLE convnext_answers (
      id INTEGER PRIMARY KEY,
      key TEXT NOT NULL UNIQUE,
      logits BLOB NOT NULL,
      embedding BLOB NOT NULL,
      checksum TEXT NOT NULL
    ) STRICT`,
  },
];

/** What the network answers for one window, as it came out: 11 logits and the embedding. */
export interface Answer {
  logits: Float32Array;
  embedding: Float32Array;
}

export interface AnswerCache {
  /** null where it is unknown, or the entry is damaged. */
  get(windowHash: string): Answer | null;
  put(windowHash: string, answer: Answer): void;
}

/**
 * Answers by window hash, within one set-up of the network (model hash, provider, threads, picture). A cache that
 * cannot be read or written is as good as an empty one: it never fails a reading.
 */
export function openAnswerCache(database: Database | null, setUp: string, embeddingLength: number): AnswerCache {
  const statements = database && attempt(() => prepare(database));
  if (!statements) return { get: () => null, put: () => {} };
  const key = (windowHash: string) => `${windowHash}/${setUp}`;
  return {
    get: (windowHash) =>
      attempt(() => decode(statements.read.get(key(windowHash)) as Row | undefined, embeddingLength)),
    put(windowHash, { logits, embedding }) {
      const [a, b] = [bytes(logits), bytes(embedding)];
      attempt(() => statements.write.run(key(windowHash), a, b, checksum(a, b)));
    },
  };
}

interface Row {
  logits: Buffer;
  embedding: Buffer;
  checksum: string;
}

function prepare(database: Database) {
  attempt(() =>
    database.prepare('DELETE FROM convnext_answers WHERE id <= (SELECT max(id) FROM convnext_answers) - ?').run(KEPT),
  );
  return {
    read: database.prepare('SELECT logits, embedding, checksum FROM convnext_answers WHERE key = ?'),
    write: database.prepare(
      'INSERT OR REPLACE INTO convnext_answers (key, logits, embedding, checksum) VALUES (?, ?, ?, ?)',
    ),
  };
}

function decode(row: Row | undefined, embeddingLength: number): Answer | null {
  if (!row || checksum(row.logits, row.embedding) !== row.checksum) return null;
  const answer = { logits: floats(row.logits), embedding: floats(row.embedding) };
  return answer.logits.length === LOGITS && answer.embedding.length === embeddingLength ? answer : null;
}

function checksum(logits: Buffer, embedding: Buffer): string {
  return sha256(Buffer.concat([logits, embedding]));
}

function bytes(values: Float32Array): Buffer {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

function floats(blob: Buffer): Float32Array {
  return new Float32Array(new Uint8Array(blob).buffer);
}

function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch {
    return null;
  }
}
