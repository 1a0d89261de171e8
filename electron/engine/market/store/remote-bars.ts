import type { Database } from '../../platform/index.ts';
import { latestEndedStart } from '../sessions.ts';
import { arrivalsOf } from './arrivals.ts';
import { type BarsTables, createBarsTables } from './bars-tables.ts';
import { chunksOf, contentHash } from './chunks.ts';
import { sizeOf } from './columns.ts';
import { attempt, storageFault } from './faults.ts';
import { type Joined, joinBars, sameBars } from './join-bars.ts';
import { createMemory, type Memory } from './memory.ts';
import { joinNotices, restatedNotice } from './said.ts';
import { REMOTE_BARS_MIGRATION } from './schema.ts';
import type { Correction, FetchedBars, RemoteKey, RemoteListing, RemoteStore, StoredBars } from './types.ts';

/** Bars kept in memory, in bytes: some 300 series of 3,000 bars. */
const MEMORY_BYTES = 48 * 1024 * 1024;
const OVERLAP_BARS = 5;
const MOST_CORRECTIONS = 1000;

/** A series in memory, and whether cache.db has it. */
interface Held {
  key: RemoteKey;
  bars: StoredBars;
  stored: boolean;
  /** Corrections that cache.db does not have. */
  corrections: readonly Correction[];
}

/** The store over an open cache.db; null: in memory only, up to `limit` bytes, those read longest ago go first. */
export function createRemoteStore(cache: Database | null, limit = MEMORY_BYTES): RemoteStore {
  const tables = cache && createBarsTables(cache);
  if (cache) attempt(() => cache.exec(REMOTE_BARS_MIGRATION.sql));
  const memory = createMemory<Held>(limit, ({ bars }) => sizeOf(bars.raw));
  const read = (key: RemoteKey) => heldOf(memory, tables, key)?.bars ?? null;

  return {
    read,
    merge(key, fetched) {
      const latest = latestEndedStart(fetched.fetchedAt, key.interval, fetched.meta.timezone);
      const { raw: arriving, unfinished, ignored } = arrivalsOf(fetched.raw, latest);
      const held = heldOf(memory, tables, key);
      const joining = joinBars(held?.bars.raw ?? null, arriving, fetched.trust);
      const { raw, corrections, restatedFrom, ...counts } = joining;
      const report = { ...counts, unfinished, ignored };
      if (raw.time.length === 0) return { ...report, problem: null };
      const logged = [
        ...(held?.corrections ?? []),
        ...corrections.map((one) => ({ ...one, seenAt: fetched.fetchedAt })),
      ];
      const bars = storedBars(held?.bars ?? null, fetched, joining);
      const next = { key, bars, stored: false, corrections: logged.slice(-MOST_CORRECTIONS) };
      const problem = tables ? save(tables, next, !held?.stored) : null;
      const stored = tables !== null && problem === null;
      memory.set(idOf(key), stored ? { ...next, stored, corrections: [] } : next);
      return { ...report, problem };
    },
    corrections(key, most = 100) {
      const unsaved = [...(memory.get(idOf(key))?.corrections ?? [])].reverse();
      const saved = attempt(() => tables?.corrections(key, most)) ?? [];
      return [...unsaved, ...saved].slice(0, most);
    },
    fetchFrom(key, wantedFrom, overlap = OVERLAP_BARS) {
      const kept = read(key);
      if (!kept || wantedFrom < kept.coveredFrom) return wantedFrom;
      const { time } = kept.raw;
      return time[Math.max(0, time.length - Math.max(1, overlap))]!;
    },
    list() {
      const lines = new Map((attempt(() => tables?.list()) ?? []).map((line) => [idOf(line.key), line]));
      for (const [id, { key, bars }] of memory.entries()) lines.set(id, listing(key, bars));
      return [...lines.values()];
    },
    drop(key) {
      memory.delete(idOf(key));
      attempt(() => tables?.drop(key));
    },
  };
}

function heldOf(memory: Memory<Held>, tables: BarsTables | null, key: RemoteKey): Held | null {
  const held = memory.get(idOf(key));
  if (held) return held;
  const bars = attempt(() => tables?.read(key));
  if (!bars) return null;
  const found = { key, bars, stored: true, corrections: [] };
  memory.set(idOf(key), found);
  return found;
}

function save(tables: BarsTables, { key, bars, corrections }: Held, whole: boolean) {
  try {
    tables.write(key, bars, corrections, whole);
    return null;
  } catch (error) {
    return storageFault(error, key.symbol);
  }
}

function storedBars(before: StoredBars | null, fetched: FetchedBars, { raw, joined, ...rest }: Joined): StoredBars {
  const { meta, fetchedAt, from } = fetched;
  const first = raw.time[0]!;
  const kept = joined === 'replaced' ? null : before;
  const unchanged = kept !== null && sameBars(kept.raw, raw);
  return {
    raw: unchanged ? kept.raw : raw,
    meta,
    notices: joinNotices(kept?.notices ?? [], [...(fetched.notices ?? []), ...restatedNotice(fetched, rest)], {
      from: from ?? Math.min(...fetched.raw.time),
      to: fetchedAt,
      first: kept?.first ?? Infinity,
      last: kept?.last ?? -Infinity,
    }),
    first,
    last: raw.time.at(-1)!,
    fetchedAt,
    coveredFrom: Math.min(kept?.coveredFrom ?? Infinity, from ?? Infinity, first),
    contentHash: unchanged ? kept.contentHash : contentHash(chunksOf(raw)),
  };
}

function listing(key: RemoteKey, { raw, ...rest }: StoredBars): RemoteListing {
  return { key, bars: raw.time.length, ...rest };
}

function idOf({ source, symbol, interval }: RemoteKey): string {
  return `${source} ${symbol} ${interval}`;
}
