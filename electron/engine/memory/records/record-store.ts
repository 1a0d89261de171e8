import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import {
  MEMORY_KINDS,
  type MemoryKind,
  type MemoryRecord,
  NewMemory,
  type Origin,
} from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { type Clock, type Database, diskError } from '../../platform/index.ts';
import type { MemoryFaults } from '../faults.ts';
import { standing } from './filter.ts';
import { lastWordOn } from './last-word.ts';
import { faredBy } from './recalls.ts';
import {
  gapsText,
  type RecordRow,
  ratedRecord,
  recordOf,
  rowOf,
  validityOf,
  type WrittenRecord,
} from './record-row.ts';
import { isTakenBack, standingFrom, type Validity } from './validity.ts';
import { mending } from './words-index.ts';

/** Whose memory it is, and from when it is known where that is not now. */
export interface Provenance {
  origin?: Origin;
  replayId?: string | null;
  /** UTC ms. */
  knownAt?: number;
}

/** The table of written memories; what is found in it is found elsewhere. */
export interface RecordStore {
  /** Keeps a memory, on disk when it returns; what says the same already stands, from now on where it was taken back. The id of the one that stands. @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
  add(memory: NewMemory, provenance?: Provenance): string;
  /** Many in one transaction, all or none. */
  addAll(memories: readonly NewMemory[], provenance?: Provenance): string[];
  /** Takes a memory back: it is known until now, and no longer. @throws UNKNOWN_MEMORY, INVALID_INPUT where it is so already or was corrected, DISK_FULL, FILE_UNWRITABLE */
  withdraw(id: string): void;
  /** Undoes that from now on: in between it stays unknown. @throws UNKNOWN_MEMORY, INVALID_INPUT where it was corrected, DISK_FULL, FILE_UNWRITABLE */
  restore(id: string): void;
  /** Puts a memory in the place of another from now on; the id of the one that stands. @throws as `add` and `withdraw` */
  replace(id: string, memory: NewMemory): string;
  /** Keeps a whole record, under another id where its own is taken. False = it says what is known already, which stays as it is. */
  put(record: WrittenRecord): boolean;
  /** With how it has fared by now. */
  get(id: string): MemoryRecord | null;
  byRow(row: number): WrittenRecord | null;
  /** Notes that memories were handed out. */
  recalled(ids: readonly string[]): void;
  /** Of each kind how many stand now. */
  counts(): Record<MemoryKind, number>;
}

export function createRecordStore(database: Database, clock: Clock, faults: MemoryFaults): RecordStore {
  const names = Object.keys(rowOf(blank));
  const insert = database.prepare(
    `INSERT INTO memories (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`,
  );
  const same = database.prepare('SELECT id FROM memories WHERE content_hash = ?');
  const earlier = database.prepare('UPDATE memories SET known_at = min(known_at, ?) WHERE id = ?');
  const byId = database.prepare('SELECT * FROM memories WHERE id = ?');
  const byRow = database.prepare('SELECT * FROM memories WHERE row = ?');
  const stood = database.prepare('UPDATE memories SET replaced_at = ?, gaps = ? WHERE id = ?');
  const recall = database.prepare('UPDATE memories SET recalled = recalled + 1 WHERE id = ?');
  /** The id under which it stands, and whether it is new. */
  const keep = (record: WrittenRecord, sinceThen: boolean): { id: string; isNew: boolean } => {
    const row = rowOf(record);
    const known = same.get(row.content_hash) as { id: string } | undefined;
    if (known) {
      if (sinceThen) earlier.run(row.known_at, known.id);
      return { id: known.id, isNew: false };
    }
    const id = byId.get(record.id) ? newMemoryId() : record.id;
    insert.run({ ...row, id });
    return { id, isNew: true };
  };
  const writing = <T>(work: () => T): T => {
    try {
      return mending(database, faults, database.transaction(work));
    } catch (error) {
      throw diskError(error, 'the memory');
    }
  };
  const change = (id: string, to: (validity: Validity, now: number, last: string) => Validity): void => {
    const row = byId.get(id) as RecordRow | undefined;
    if (!row) throw new BrainnetError('UNKNOWN_MEMORY', { id });
    const { replacedAt, gaps } = to(validityOf(row), clock.now(), lastWordOn(database, id));
    stood.run(replacedAt, gapsText(gaps), id);
  };
  const takeBack = (id: string): void =>
    change(id, (validity, now, last) => {
      if (!isTakenBack(validity, now)) return { ...validity, replacedAt: now };
      if (last !== id) throw corrected(id, last);
      const since = new Date(validity.replacedAt!).toISOString();
      throw new BrainnetError('INVALID_INPUT', { problem: `${id} was taken back already, on ${since}` });
    });
  const standAgain = (id: string, from?: number): void =>
    change(id, (validity, now, last) => {
      if (last === id) return standingFrom(validity, from ?? now);
      if (isTakenBack(validity, now)) throw corrected(id, last);
      return validity;
    });
  /** What is said again stands again. */
  const add = (memory: NewMemory, provenance: Provenance = {}) =>
    writing(() => {
      const { id, isNew } = keep(newRecord(memory, provenance, clock.now()), true);
      if (!isNew) standAgain(id, provenance.knownAt);
      return id;
    });
  return {
    add,
    addAll: (memories, provenance) => writing(() => memories.map((memory) => add(memory, provenance))),
    withdraw: (id) => writing(() => takeBack(id)),
    restore: (id) => writing(() => standAgain(id)),
    replace: (id, memory) =>
      writing(() => {
        takeBack(id);
        return add(memory);
      }),
    put: (record) => writing(() => keep(record, false).isNew),
    get(id) {
      const record = found(byId.get(id));
      return record && ratedRecord(record, faredBy(database, clock.now(), id).get(id));
    },
    byRow: (row) => found(byRow.get(row)),
    recalled: (ids) => writing(() => ids.forEach((id) => void recall.run(id))),
    counts() {
      const { sql, values } = standing(clock.now());
      const rows = database
        .prepare(`SELECT kind, count(*) AS n FROM memories WHERE ${sql} GROUP BY kind`)
        .all(...values);
      const counted = new Map((rows as { kind: MemoryKind; n: number }[]).map(({ kind, n }) => [kind, n]));
      return Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, counted.get(kind) ?? 0])) as Record<
        MemoryKind,
        number
      >;
    },
  };
}

const corrected = (id: string, last: string) =>
  new BrainnetError('INVALID_INPUT', { problem: `${id} was corrected; the last word on it is ${last}` });

export const newMemoryId = (): string => `m-${randomUUID()}`;

const found = (row: unknown): WrittenRecord | null => (row === undefined ? null : recordOf(row as RecordRow));

function newRecord(
  memory: NewMemory,
  { origin = 'live', replayId = null, knownAt }: Provenance,
  now: number,
): WrittenRecord {
  const parsed = NewMemory.safeParse(memory);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const { symbol = null, interval = null, regime = null, decisionId = null, ...rest } = parsed.data;
  return {
    ...{ ...rest, symbol, interval, regime, decisionId, origin, replayId },
    id: newMemoryId(),
    knownAt: new Date(knownAt ?? now).toISOString(),
    createdAt: new Date(now).toISOString(),
    replacedAt: null,
    gaps: [],
    recalled: 0,
  };
}

/** The first thing that is wrong, with where it stands. */
export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  return issue ? [issue.path.join('.'), issue.message].filter(Boolean).join(': ') : 'it cannot be understood';
}

/** Only its names are used. */
const blank: WrittenRecord = {
  ...{
    id: '',
    kind: 'note',
    symbol: null,
    interval: null,
    regime: null,
    decisionId: null,
    title: '',
    text: '',
    data: {},
  },
  ...{ origin: 'live', replayId: null, knownAt: new Date(0).toISOString(), createdAt: new Date(0).toISOString() },
  replacedAt: null,
  gaps: [],
  recalled: 0,
};
