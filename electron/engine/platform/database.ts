import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import { diskError } from './files.ts';

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
  readOnly?: boolean;
}

/**
 * Opens a SQLite file in WAL mode and brings its schema up to date, after a backup of a file that already holds data.
 * @throws DATABASE_DAMAGED (the file was set aside, unchanged), DATABASE_NEWER, DATABASE_MISSING (read-only and absent).
 */
export function openDatabase(options: DatabaseOptions): Database {
  const { file, readOnly = false } = options;
  if (readOnly && !existsSync(file)) throw new BrainnetError('DATABASE_MISSING', { dir: path.dirname(file) });
  let database: Database | undefined;
  try {
    database = new BetterSqlite3(file, { readonly: readOnly, timeout: options.synchronous === 'FULL' ? 5000 : 200 });
    database.pragma('foreign_keys = ON');
    if (!readOnly) {
      database.pragma('journal_mode = WAL');
      database.pragma(`synchronous = ${options.synchronous}`);
      if (options.synchronous === 'FULL') checkWhole(database);
    }
    migrate(database, options);
    return database;
  } catch (error) {
    database?.close();
    throw isDamage(error) ? damaged(file, readOnly) : diskError(error, path.basename(file));
  }
}

/** Whether SQLite says that the file itself is broken. */
export function isDamage(error: unknown): boolean {
  const code = (error as { code?: string }).code ?? '';
  return code.startsWith('SQLITE_CORRUPT') || code.startsWith('SQLITE_NOTADB');
}

function checkWhole(database: Database): void {
  const [row] = database.pragma('quick_check(1)') as { quick_check: string }[];
  if (row?.quick_check !== 'ok') throw Object.assign(new Error('quick_check'), { code: 'SQLITE_CORRUPT' });
}

function damaged(file: string, readOnly: boolean): BrainnetError {
  if (readOnly) return new BrainnetError('DATABASE_DAMAGED', { file, aside: 'nothing yet (it is only read here)' });
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[:.]/g, '-')}`;
  renameSync(file, aside);
  for (const suffix of ['-wal', '-shm']) if (existsSync(file + suffix)) renameSync(file + suffix, aside + suffix);
  return new BrainnetError('DATABASE_DAMAGED', { file, aside });
}

/** Rooms number their own steps, so each applied one is noted by its id: a room may add one below another room's. */
function migrate(database: Database, { file, migrations, readOnly }: DatabaseOptions): void {
  if (readOnly) return;
  database.exec('CREATE TABLE IF NOT EXISTS schema_steps (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
  const applied = new Set(database.prepare('SELECT id FROM schema_steps').pluck().all() as number[]);
  const known = Math.max(0, ...migrations.map((step) => step.id));
  const foreign = [...applied].find((id) => !migrations.some((step) => step.id === id));
  if (foreign !== undefined) throw new BrainnetError('DATABASE_NEWER', { file, found: foreign, known });
  const due = migrations.filter((step) => !applied.has(step.id)).sort((a, b) => a.id - b.id);
  if (due.length === 0) return;
  if (applied.size > 0) backup(database, `${file}.before-${due[0]!.id}`);
  const note = database.prepare('INSERT INTO schema_steps (id, name) VALUES (@id, @name)');
  database.transaction(() => {
    for (const step of due) {
      database.exec(step.sql);
      note.run({ id: step.id, name: step.name });
    }
  })();
}

function backup(database: Database, target: string): void {
  if (!existsSync(target)) database.prepare('VACUUM INTO ?').run(target);
}
