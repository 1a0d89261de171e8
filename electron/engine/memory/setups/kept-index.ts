import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../platform/index.ts';
import type { Projection } from '../../vision/index.ts';
import { createSetupIndex, type SetupIndex } from './setup-index.ts';
import { entryOf, INDEXED, type IndexedRow, OUTCOME, type OutcomeRow, outcomeOf } from './setup-row.ts';

/** Rows read before other work may go on. */
const PAGE = 250;

/** The index of what is committed: it follows the table and is never ahead of it. */
export interface KeptIndex {
  /** An outcome may have come to this setup, or it may have been removed. */
  touch(id: number): void;
  /** Everything committed, read in small steps; inside a transaction as it was before. */
  upToDate(): Promise<SetupIndex>;
}

/**
 * What is written is not put into the index at once, since its transaction may yet be rolled back: the index is brought up to date from the
 * table when it is next asked.
 * @param projection the shipped one: setups of other weights cannot be compared with its own, and are left out
 */
export function createKeptIndex(database: Database, projection: () => Projection): KeptIndex {
  const newest = database.prepare('SELECT max(id) FROM setups').pluck();
  const page = database.prepare(`SELECT ${INDEXED} FROM setups WHERE id > ? ORDER BY id LIMIT ?`);
  const outcome = database.prepare(`SELECT ${OUTCOME} FROM setups WHERE id = ?`);
  const touched = new Set<number>();
  let index: SetupIndex | null = null;
  let last = 0;
  let reading: Promise<void> | null = null;
  const catchUp = async () => {
    index ??= createSetupIndex(projection().projectionLength);
    for (;;) {
      const rows = page.all(last, PAGE) as IndexedRow[];
      for (const row of rows) if (row.network === projection().network) index.add(entryOf(row));
      last = rows.at(-1)?.id ?? last;
      if (rows.length < PAGE) break;
      await nextTurn();
    }
    for (const id of touched) lookAgain(index, id);
    touched.clear();
  };
  const lookAgain = (held: SetupIndex, id: number) => {
    const row = outcome.get(id) as OutcomeRow | undefined;
    if (row === undefined) held.remove(id);
    else held.resolve(id, outcomeOf(row));
  };
  const isBehind = () => index === null || touched.size > 0 || ((newest.get() as number | null) ?? 0) > last;
  return {
    touch: (id) => void touched.add(id),
    async upToDate() {
      while (!database.inTransaction && isBehind()) {
        reading ??= catchUp().finally(() => {
          reading = null;
        });
        await reading;
      }
      index ??= createSetupIndex(projection().projectionLength);
      return index;
    },
  };
}
