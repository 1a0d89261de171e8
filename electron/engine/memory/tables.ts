import type { Database, Migration } from '../platform/index.ts';
import type { MemoryFaults } from './faults.ts';

/**
 * Makes tables anew where one of them is gone, so that the engine starts and decides without what they held; tells so. Where all are there
 * nothing is touched.
 * @param worthless what is dropped first, since it is worth nothing without the others
 */
export function ensureTables(
  database: Database,
  tables: readonly string[],
  migrations: readonly Migration[],
  faults: MemoryFaults,
  worthless: readonly string[] = tables,
): void {
  const there = new Set(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
  const gone = tables.filter((name) => !there.has(name));
  if (gone.length === 0) return;
  faults.tell(Object.assign(new Error(`no table ${gone.join(', ')}`), { code: `no table ${gone.join(', ')}` }));
  database.transaction(() => {
    for (const name of worthless) database.exec(`DROP TABLE IF EXISTS ${name}`);
    for (const { sql } of migrations) database.exec(sql);
  })();
}
