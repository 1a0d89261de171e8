import { existsSync, statSync } from 'node:fs';
import BetterSqlite3 from 'better-sqlite3';

/** Names of tables, each with the id of the schema step that makes it. */
export type ExpectedTables = Readonly<Record<string, number>>;

const tablesOf = (database: BetterSqlite3.Database): Set<string> =>
  new Set(database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]);

/** A table that a database once had and has no longer; null where none is missing, or nothing was ever made. */
export function lostTable(database: BetterSqlite3.Database, expected: ExpectedTables): string | null {
  const there = tablesOf(database);
  const made = Object.keys(expected).filter((name) => there.has(name));
  const applied = there.has('schema_steps')
    ? new Set(database.prepare('SELECT id FROM schema_steps').pluck().all() as number[])
    : new Set<number>();
  if (applied.size === 0) return made.length > 0 ? 'schema_steps' : null;
  return Object.keys(expected).find((name) => applied.has(expected[name]!) && !there.has(name)) ?? null;
}

/** Whether a database is not there, or holds nothing. A file of no bytes is not opened: SQLite would remove the log beside it. */
export function blankState(file: string): 'gone' | 'empty' | null {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return 'gone';
  if (!found.isFile()) return null;
  if (found.size === 0) return 'empty';
  let look: BetterSqlite3.Database | undefined;
  try {
    look = new BetterSqlite3(file, { readonly: true });
    const there = tablesOf(look);
    if (there.size === 0) return 'empty';
    const noted = there.size === 1 && there.has('schema_steps');
    return noted && look.prepare('SELECT count(*) FROM schema_steps').pluck().get() === 0 ? 'empty' : null;
  } catch {
    return null;
  } finally {
    look?.close();
  }
}

/** Whether a log with something in it lies beside a database file. */
export const hasLog = (file: string): boolean => existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;
