import { crc32 } from 'node:zlib';
import { sha256 } from '../../platform/index.ts';
import type { RawColumns } from '../types.ts';
import { bytesOf, COLUMNS, type ColumnName, mapColumns } from './columns.ts';

/** Bars in a chunk: 57 kB with all columns, the most that adding a bar writes anew. */
export const CHUNK_BARS = 1024;

/** A stretch of bars as it lies in cache.db. */
export type ChunkRow = { chunk: number; bars: number; checksum: number; sha256: string } & Record<
  ColumnName,
  Buffer | null
>;

/** The series in chunks; chunk k holds bars k * 1,024 on, so equal bars always make equal chunks. */
export function chunksOf(raw: RawColumns): ChunkRow[] {
  const rows: ChunkRow[] = [];
  for (let from = 0; from < raw.time.length; from += CHUNK_BARS) {
    const blob = (name: ColumnName) => raw[name] && bytesOf(raw[name].subarray(from, from + CHUNK_BARS));
    const blobs = Object.fromEntries(COLUMNS.map((name) => [name, blob(name)])) as Record<ColumnName, Buffer | null>;
    const bars = Math.min(CHUNK_BARS, raw.time.length - from);
    const row = { chunk: rows.length, bars, ...blobs };
    rows.push({ ...row, checksum: checksumOf(row), sha256: hashOf(row) });
  }
  return rows;
}

/** SHA-256 of a whole series: over the hashes of its chunks. */
export function contentHash(chunks: readonly Pick<ChunkRow, 'sha256'>[]): string {
  return sha256(chunks.map((chunk) => chunk.sha256).join('\n'));
}

/** The columns of chunks read back, or null where anything is missing or not as it was written. */
export function joinChunks(rows: readonly ChunkRow[], bars: number): RawColumns | null {
  const whole = rows.every((row, index) => row.chunk === index && isWhole(row, index === rows.length - 1));
  if (!whole || rows.length === 0 || rows.reduce((sum, row) => sum + row.bars, 0) !== bars) return null;
  const present = (name: ColumnName) => rows[0]![name] !== null;
  if (rows.some((row) => COLUMNS.some((name) => (row[name] !== null) !== present(name)))) return null;
  return mapColumns((name) => (present(name) ? columnOf(rows, name, bars) : null));
}

function isWhole(row: ChunkRow, last: boolean): boolean {
  const sized = COLUMNS.every((name) => row[name] === null || row[name].byteLength === row.bars * 8);
  return sized && (last || row.bars === CHUNK_BARS) && checksumOf(row) === row.checksum;
}

function columnOf(rows: readonly ChunkRow[], name: ColumnName, bars: number): Float64Array {
  const column = new Float64Array(bars);
  const bytes = bytesOf(column);
  let at = 0;
  for (const row of rows) at += row[name]!.copy(bytes, at);
  return column;
}

function checksumOf(row: Record<ColumnName, Buffer | null>): number {
  return COLUMNS.reduce((sum, name, index) => (row[name] ? crc32(row[name], (sum + index) >>> 0) : sum), 0);
}

function hashOf(row: Record<ColumnName, Buffer | null>): string {
  const parts = COLUMNS.flatMap((name) => (row[name] ? [Buffer.from(`${name} `), row[name]] : []));
  return sha256(Buffer.concat(parts));
}
