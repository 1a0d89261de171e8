import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import { codeOf, diskError, isDamage } from './faults.ts';
import { type ExpectedTables, lostTable } from './lost-tables.ts';

export type Database = BetterSqlite3.Database;

/** One numbered step of a schema; forward only. */
export interface Migration {
  id: number;
  name: string;
  sql: string;
}

export interface DatabaseOptions {
  file: string;
  migrations: readonly Migration[];
  /** FULL: a commit survives power loss (journal). NORMAL: it may not (cache). */
  synchronous: 'FULL' | 'NORMAL';
  /** Tables without which a file is damaged. */
  tables?: ExpectedTables;
}

/**
 * Opens a SQLite file in WAL mode and brings its schema up to date, after a backup of a file that already holds data.
 * @throws DATABASE_DAMAGED (the file and its log were set aside, unchanged), DATABASE_NEWER, DISK_FULL, FILE_UNWRITABLE
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { file, synchronous, tables = {} } = options;
  const whole = synchronous === 'FULL';
  let database: Database | undefined;
  try {
    if (existsSync(file)) lookAt(file, whole, tables);
    database = new BetterSqlite3(file, { timeout: whole ? 5000 : 200 });
    database.pragma('foreign_keys = ON');
    database.pragma('journal_mode = WAL');
    database.pragma(`synchronous = ${synchronous}`);
    migrate(database, options);
    return database;
  } catch (error) {
    database?.close();
    if (!isDamage(error)) throw diskError(error, path.basename(file));
    throw new BrainnetError(
      'DATABASE_DAMAGED',
      { file, outcome: `it was set aside as ${setAside(file)}` },
      { cause: error },
    );
  }
}

/** Finds damage before anything can write: closing a connection that only reads leaves the file and its log as they are. */
function lookAt(file: string, whole: boolean, tables: ExpectedTables): void {
  let look: Database | undefined;
  try {
    look = new BetterSqlite3(file, { readonly: true });
    if (whole) checkWhole(look);
    else look.prepare('SELECT count(*) FROM sqlite_master').get();
    const lost = lostTable(look, tables);
    if (lost !== null) throw Object.assign(new Error(`no table ${lost}`), { code: 'SQLITE_CORRUPT' });
  } catch (error) {
    if (isDamage(error)) throw error;
  } finally {
    look?.close();
  }
}

/** What quick_check says of a full-text index, which can be made anew from what it indexes. */
const ABOUT_WORDS = /^fts5: |inverted index for FTS/;

/** Reads every page; a full-text index alone that is broken is no damage. @throws an error that isDamage() knows */
export function checkWhole(database: Database): void {
  const rows = database.pragma('quick_check(20)') as { quick_check: string }[];
  if (rows.some(({ quick_check: said }) => said !== 'ok' && !ABOUT_WORDS.test(said)))
    throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' });
}

/** Gives a database file and its log another name, unchanged, and says which. @throws DISK_FULL, FILE_UNWRITABLE */
export function setAside(file: string): string {
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  try {
    for (const suffix of ['', '-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  } catch (error) {
    throw diskError(error, path.basename(file));
  }
  return aside;
}

/** Rooms number their own steps, so each applied one is noted by its id: a room may add one below another room's. */
function migrate(database: Database, { file, migrations }: DatabaseOptions): void {
  database.exec('CREATE TABLE IF NOT EXISTS schema_steps (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
  const applied = appliedSteps(database);
  refuseNewer(
    file,
    applied,
    migrations.map((step) => step.id),
  );
  const due = migrations.filter((step) => !applied.has(step.id)).sort((a, b) => a.id - b.id);
  if (due.length === 0) return;
  if (applied.size > 0) backup(database, `${file}.before-${due[0]!.id}`);
  const note = database.prepare('INSERT INTO schema_steps (id, name) VALUES (@id, @name)');
  database.transaction(() => {
    for (const step of due) {
      apply(database, step, applied.size > 0);
      note.run({ id: step.id, name: step.name });
    }
  })();
}

/** A step that does not fit tables which earlier ones have made finds them damaged. @throws an error that isDamage() knows */
function apply(database: Database, { sql }: Migration, begun: boolean): void {
  try {
    database.exec(sql);
  } catch (error) {
    if (!begun || codeOf(error) !== 'SQLITE_ERROR') throw error;
    throw Object.assign(new Error('a step does not fit', { cause: error }), { code: 'SQLITE_CORRUPT' });
  }
}

/** Ids of the schema steps that a database has been brought through. */
export function appliedSteps(database: Database): Set<number> {
  return new Set(database.prepare('SELECT id FROM schema_steps').pluck().all() as number[]);
}

/** @throws DATABASE_NEWER where a step was applied that this version does not know */
export function refuseNewer(file: string, applied: ReadonlySet<number>, known: readonly number[]): void {
  const found = [...applied].find((id) => !known.includes(id));
  if (found !== undefined) throw new BrainnetError('DATABASE_NEWER', { file, found, known: Math.max(0, ...known) });
}

/** Under a passing name until it is whole, so that a copy cut short by a kill or a full disk is never taken for one. */
function backup(database: Database, target: string): void {
  if (existsSync(target)) return;
  const passing = `${target}.${process.pid}.tmp`;
  try {
    rmSync(passing, { force: true });
    database.prepare('VACUUM INTO ?').run(passing);
    renameSync(passing, target);
  } catch (error) {
    rmSync(passing, { force: true });
    throw error;
  }
}
