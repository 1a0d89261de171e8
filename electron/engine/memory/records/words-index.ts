import type { Database } from '../../platform/index.ts';
import type { MemoryFaults } from '../faults.ts';

/** Makes the index of words anew from the memories themselves. */
export function rebuildWords(database: Database): void {
  database.prepare("INSERT INTO memory_words (memory_words) VALUES ('rebuild')").run();
}

/** Whether SQLite says that a virtual table, of which the index of words is the only one, is broken. */
export const isBroken = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === 'SQLITE_CORRUPT_VTAB';

/** Runs a write, and once more with a new index of words where that was broken. */
export function mending<T>(database: Database, faults: MemoryFaults, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isBroken(error)) throw error;
    faults.tell(error);
    rebuildWords(database);
    return work();
  }
}

/** The same for a search. */
export async function mendingLater<T>(database: Database, faults: MemoryFaults, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isBroken(error)) throw error;
    faults.tell(error);
    rebuildWords(database);
    return work();
  }
}

/** Makes the index anew where it does not count as many memories as there are: a part of it is gone without a word. */
export function checkWords(database: Database, faults: MemoryFaults): void {
  const count = (table: string) => database.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
  if (count('memories') === count('memory_words_docsize')) return;
  faults.tell(Object.assign(new Error('words'), { code: 'the index of words is not whole' }));
  rebuildWords(database);
}
