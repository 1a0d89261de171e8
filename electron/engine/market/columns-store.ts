import type { BarsCache } from './bars-cache.ts';
import { type ColumnsKey, keyOf, type SourceEntry } from './source.ts';
import type { RawColumns } from './types.ts';

/** Columns kept in memory, in bytes: some 300 series of 3,000 bars. */
const MEMORY_BYTES = 48 * 1024 * 1024;

/** Columns as delivered: from memory, else from cache.db, else from the file, which is the truth. */
export interface ColumnsStore {
  read(entry: SourceEntry): Promise<RawColumns>;
}

/** A store over `cache` that keeps the columns read last in memory, up to `limit` bytes. */
export function createColumnsStore(cache: BarsCache, limit = MEMORY_BYTES): ColumnsStore {
  const memory = new Map<string, RawColumns>();
  const loading = new Map<string, Promise<void>>();
  let bytes = 0;

  const forget = (id: string) => {
    const raw = memory.get(id);
    if (raw && memory.delete(id)) bytes -= sizeOf(raw);
  };
  const remember = (id: string, raw: RawColumns) => {
    forget(id);
    memory.set(id, raw);
    bytes += sizeOf(raw);
    for (const oldest of memory.keys()) {
      if (bytes <= limit || oldest === id) break;
      forget(oldest);
    }
  };
  const load = async (entry: SourceEntry) => {
    for (const { key, raw } of await entry.load()) {
      cache.write(key, raw);
      remember(idOf(key), raw);
    }
  };

  return {
    async read(entry) {
      const id = idOf(keyOf(entry));
      const kept = memory.get(id) ?? cache.read(keyOf(entry));
      if (kept) {
        remember(id, kept);
        return kept;
      }
      const pending = loading.get(entry.sha256) ?? load(entry).finally(() => loading.delete(entry.sha256));
      loading.set(entry.sha256, pending);
      await pending;
      const loaded = memory.get(id);
      return loaded ?? (await entry.load()).find(({ key }) => idOf(key) === id)!.raw;
    },
  };
}

function idOf({ source, symbol, interval, sha256 }: ColumnsKey): string {
  return `${source} ${symbol} ${interval} ${sha256}`;
}

function sizeOf(raw: RawColumns): number {
  return Object.values(raw).reduce((sum: number, column: Float64Array | null) => sum + (column?.byteLength ?? 0), 0);
}
