import { crc32 } from 'node:zlib';
import type { Database, Migration } from '../platform/index.ts';
import type { ColumnsKey } from './source.ts';
import { REMOTE_BARS_MIGRATION } from './store/index.ts';
import type { RawColumns } from './types.ts';

/** Schema of the rebuildable bars in cache.db. */
export const MARKET_CACHE_MIGRATIONS: readonly Migration[] = [
  {
    id: 100,
    name: 'bars',
    sql: `CREATE TABLE bars (
      source TEXT NOT NULL, symbol TEXT NOT NULL, interval TEXT NOT NULL, sha256 TEXT NOT NULL, parser INTEGER NOT NULL,
      count INTEGER NOT NULL, checksum INTEGER NOT NULL,
      time BLOB NOT NULL, open BLOB, high BLOB, low BLOB, close BLOB NOT NULL, adjClose BLOB, volume BLOB,
      PRIMARY KEY (source, symbol, interval)
    ) STRICT`,
  },
  REMOTE_BARS_MIGRATION,
];

/** Raised when the parser reads the same file differently: older rows are then parsed anew. */
const PARSER = 1;
const COLUMNS = ['time', 'open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;

type Row = { count: number; checksum: number } & Record<(typeof COLUMNS)[number], Buffer | null>;

/** Parsed columns in cache.db. It holds nothing that the files do not: every failure reads as "not there". */
export interface BarsCache {
  read(key: ColumnsKey): RawColumns | null;
  write(key: ColumnsKey, raw: RawColumns): void;
}

/** The cache over an open database; without one (or one in another's hands) nothing is kept. */
export function createBarsCache(database: Database | null): BarsCache {
  if (!database) return { read: () => null, write: () => undefined };
  return {
    read: (key) => attempt(() => decode(select(database, key))) ?? null,
    write: (key, raw) => void attempt(() => insert(database, key, raw)),
  };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function select(database: Database, key: ColumnsKey): Row | undefined {
  const sql = `SELECT count, checksum, ${COLUMNS.join(', ')} FROM bars
    WHERE source = @source AND symbol = @symbol AND interval = @interval AND sha256 = @sha256 AND parser = ${PARSER}`;
  return database.prepare<ColumnsKey, Row>(sql).get(key);
}

function insert(database: Database, key: ColumnsKey, raw: RawColumns): void {
  const blobs = Object.fromEntries(COLUMNS.map((name) => [name, raw[name] && bytesOf(raw[name])]));
  const values = {
    ...key,
    ...blobs,
    count: raw.time.length,
    checksum: checksumOf(COLUMNS.map((name) => blobs[name] ?? null)),
  };
  const sql = `INSERT OR REPLACE INTO bars (source, symbol, interval, sha256, parser, count, checksum, ${COLUMNS.join(', ')})
    VALUES (@source, @symbol, @interval, @sha256, ${PARSER}, @count, @checksum, ${COLUMNS.map((name) => `@${name}`).join(', ')})`;
  database.prepare(sql).run(values);
}

function decode(row: Row | undefined): RawColumns | null {
  if (!row) return null;
  const blobs = COLUMNS.map((name) => row[name]);
  const whole = blobs.every((blob) => blob === null || blob.byteLength === row.count * 8);
  if (!whole || checksumOf(blobs) !== row.checksum) return null;
  const column = (name: (typeof COLUMNS)[number]) => (row[name] ? columnOf(row[name]) : null);
  return {
    time: columnOf(row.time!),
    open: column('open'),
    high: column('high'),
    low: column('low'),
    close: columnOf(row.close!),
    adjClose: column('adjClose'),
    volume: column('volume'),
  };
}

function checksumOf(blobs: readonly (Uint8Array | null)[]): number {
  return blobs.reduce((sum, blob, index) => (blob ? crc32(blob, (sum + index) >>> 0) : sum), 0);
}

function bytesOf(column: Float64Array): Buffer {
  return Buffer.from(column.buffer, column.byteOffset, column.byteLength);
}

function columnOf(blob: Buffer): Float64Array {
  const bytes = new Uint8Array(blob.byteLength);
  bytes.set(blob);
  return new Float64Array(bytes.buffer);
}
