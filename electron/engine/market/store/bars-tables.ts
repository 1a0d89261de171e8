import { z } from 'zod';
import { Interval, Notice } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import type { RemoteMeta } from '../remote/types.ts';
import { type ChunkRow, chunksOf, contentHash, joinChunks } from './chunks.ts';
import { COLUMNS } from './columns.ts';
import { attempt } from './faults.ts';
import { REMOTE_BARS_MIGRATION } from './schema.ts';
import type { Correction, RemoteKey, RemoteListing, StoredBars } from './types.ts';

/** What the column `meta` holds, as JSON. */
const Facts = z.object({
  meta: z.object({
    symbol: z.string(),
    name: z.string().nullable(),
    currency: z.string(),
    timezone: z.string(),
    exchange: z.string().nullable(),
    kind: z.enum(['equity', 'index', 'crypto', 'fx', 'future', 'etf', 'other']),
  }) satisfies z.ZodType<RemoteMeta>,
  /** One without `at` was kept by an older version and is left out: nobody knows of which bars it speaks. */
  notices: z
    .array(Notice.extend({ at: z.array(z.number()).nullable().optional() }))
    .transform((notices) => notices.flatMap(({ at, ...notice }) => (at === undefined ? [] : [{ ...notice, at }]))),
});

interface SeriesRow extends Omit<StoredBars, 'raw' | 'meta' | 'notices'> {
  id: number;
  source: string;
  symbol: string;
  interval: string;
  meta: string;
  bars: number;
}

/** Corrections kept of a series: a source that changes its mind daily must not fill the disk. */
const MOST_CORRECTIONS = 1000;

const OF_KEY = 'source = @source AND symbol = @symbol AND interval = @interval';
const CHUNK_COLUMNS = ['chunk', 'bars', 'checksum', 'sha256', ...COLUMNS];
const UPSERT_SERIES = `INSERT INTO remote_series
    (source, symbol, interval, meta, bars, first, last, fetchedAt, coveredFrom, contentHash)
    VALUES (@source, @symbol, @interval, @meta, @bars, @first, @last, @fetchedAt, @coveredFrom, @contentHash)
  ON CONFLICT (source, symbol, interval) DO UPDATE SET meta = excluded.meta, bars = excluded.bars, first = excluded.first,
    last = excluded.last, fetchedAt = excluded.fetchedAt, coveredFrom = excluded.coveredFrom, contentHash = excluded.contentHash
  RETURNING id`;
const UPSERT_CHUNK = `INSERT OR REPLACE INTO remote_chunks (series, ${CHUNK_COLUMNS.join(', ')})
  VALUES (@series, ${CHUNK_COLUMNS.map((name) => `@${name}`).join(', ')})`;

/** The tables of cache.db; everything here may throw what SQLite throws. */
export interface BarsTables {
  read(key: RemoteKey): StoredBars | null;
  /** Writes the chunks that differ from what lies there; `whole` writes all, over anything damaged. */
  write(key: RemoteKey, bars: StoredBars, corrections: readonly Correction[], whole: boolean): void;
  corrections(key: RemoteKey, limit: number): Correction[];
  list(): RemoteListing[];
  drop(key: RemoteKey): void;
}

export function createBarsTables(database: Database): BarsTables {
  const seriesOf = (key: RemoteKey) =>
    database.prepare<RemoteKey, SeriesRow>(`SELECT * FROM remote_series WHERE ${OF_KEY}`).get(key);
  const inOneGo = (work: () => void) => database.transaction(work).immediate();

  return {
    read(key) {
      const row = seriesOf(key);
      if (!row) return null;
      const chunks = database
        .prepare<[number], ChunkRow>(
          `SELECT ${CHUNK_COLUMNS.join(', ')} FROM remote_chunks WHERE series = ? ORDER BY chunk`,
        )
        .all(row.id);
      const raw = contentHash(chunks) === row.contentHash ? joinChunks(chunks, row.bars) : null;
      return raw && { raw, ...headerOf(row) };
    },
    write(key, bars, corrections, whole) {
      inOneGo(() => {
        database.exec(REMOTE_BARS_MIGRATION.sql);
        const series = upsertSeries(database, key, bars);
        writeChunks(database, series, chunksOf(bars.raw), whole);
        logCorrections(database, series, corrections);
      });
    },
    corrections(key, limit) {
      const series = seriesOf(key)?.id;
      if (series === undefined) return [];
      return database
        .prepare<[number, number], Correction & { before: number | null }>(
          `SELECT time, "column", "before", "after", seenAt FROM remote_corrections WHERE series = ? ORDER BY id DESC LIMIT ?`,
        )
        .all(series, limit)
        .map((row) => ({ ...row, before: row.before ?? Number.NaN }));
    },
    list() {
      const rows = database
        .prepare<[], SeriesRow>('SELECT * FROM remote_series ORDER BY source, symbol, interval')
        .all();
      return rows.flatMap((row) => attempt(() => listingOf(row)) ?? []);
    },
    drop(key) {
      inOneGo(() => {
        const series = seriesOf(key)?.id;
        for (const table of ['remote_chunks', 'remote_corrections'])
          database.prepare(`DELETE FROM ${table} WHERE series = ?`).run(series);
        database.prepare('DELETE FROM remote_series WHERE id = ?').run(series);
      });
    },
  };
}

function listingOf(row: SeriesRow): RemoteListing {
  const { source, symbol, interval, bars } = row;
  return { key: { source, symbol, interval: Interval.parse(interval) }, bars, ...headerOf(row) };
}

function headerOf({ meta, first, last, fetchedAt, coveredFrom, contentHash }: SeriesRow): Omit<StoredBars, 'raw'> {
  return { ...Facts.parse(JSON.parse(meta)), first, last, fetchedAt, coveredFrom, contentHash };
}

function upsertSeries(database: Database, key: RemoteKey, { raw, meta, notices, ...header }: StoredBars): number {
  const { source, symbol, interval } = key;
  const row = { source, symbol, interval, ...header, meta: JSON.stringify({ meta, notices }), bars: raw.time.length };
  return database.prepare(UPSERT_SERIES).pluck().get(row) as number;
}

function writeChunks(database: Database, series: number, chunks: readonly ChunkRow[], whole: boolean): void {
  const first = whole ? 0 : chunks.length;
  database.prepare('DELETE FROM remote_chunks WHERE series = ? AND chunk >= ?').run(series, first);
  const rows = database
    .prepare<[number], ChunkRow>('SELECT chunk, sha256 FROM remote_chunks WHERE series = ?')
    .all(series);
  const lying = new Map(rows.map(({ chunk, sha256 }) => [chunk, sha256]));
  const put = database.prepare(UPSERT_CHUNK);
  for (const chunk of chunks) if (lying.get(chunk.chunk) !== chunk.sha256) put.run({ series, ...chunk });
}

function logCorrections(database: Database, series: number, corrections: readonly Correction[]): void {
  if (corrections.length === 0) return;
  const put = database.prepare(
    `INSERT INTO remote_corrections (series, time, "column", "before", "after", seenAt)
     VALUES (@series, @time, @column, @before, @after, @seenAt)`,
  );
  for (const correction of corrections.slice(-MOST_CORRECTIONS)) put.run({ series, ...correction });
  database
    .prepare(
      `DELETE FROM remote_corrections WHERE series = @series AND id <=
       (SELECT id FROM remote_corrections WHERE series = @series ORDER BY id DESC LIMIT 1 OFFSET ${MOST_CORRECTIONS})`,
    )
    .run({ series });
}
