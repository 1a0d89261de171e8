import { existsSync, readFileSync, type Stats, statSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import { dayOf, offeredBackup } from './backups.ts';
import { appliedSteps, type Database, refuseNewer } from './database.ts';
import { codeOf, isDamage, problemOf } from './faults.ts';
import { blankState, type ExpectedTables, lostTable } from './lost-tables.ts';

export interface ReadOptions {
  file: string;
  /** Ids of the schema steps that this version knows; a file that lacks one must first be opened for writing. */
  steps: readonly number[];
  /** Tables without which a file is damaged. */
  tables?: ExpectedTables;
}

/**
 * Opens a SQLite file to read it, beside a program that writes it or on a disk that cannot be written.
 * @throws DATABASE_MISSING (also where it is empty), JOURNAL_LOST (where backups of it are there), DATABASE_DAMAGED, DATABASE_NEWER, FILE_UNREADABLE
 */
export function readDatabase({ file, steps, tables = {} }: ReadOptions): Database {
  if (!statOf(file).isFile()) throw unreadable(file, 'it is not a file');
  let database: Database | undefined;
  try {
    if (blankState(file) !== null) throw missing(file);
    database = open(file);
    checkTables(database, file, tables);
    checkSteps(database, file, steps);
    return database;
  } catch (error) {
    database?.close();
    throw readFault(error, file);
  }
}

/** What reading a database file threw, as a sentence of ours where it is about the file. */
export function readFault(error: unknown, file: string): unknown {
  if (error instanceof BrainnetError) return error;
  const damaged = (outcome: string) => new BrainnetError('DATABASE_DAMAGED', { file, outcome }, { cause: error });
  if (isDamage(error)) return damaged('the next start sets it aside');
  if (error instanceof SyntaxError) return damaged('a record in it cannot be read');
  const problem = problemOf(error);
  return problem ? unreadable(file, problem, error) : error;
}

/** The same functions, of which each throws what `readFault` says of the file; none may use `this`. */
export function sayingFaults<T extends object>(room: T, file: string): T {
  const said = (work: (...args: unknown[]) => unknown) => {
    return (...args: unknown[]) => {
      try {
        return work(...args);
      } catch (error) {
        throw readFault(error, file);
      }
    };
  };
  return Object.fromEntries(Object.entries(room).map(([name, work]) => [name, said(work)])) as T;
}

function statOf(file: string): Stats {
  try {
    return statSync(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) throw missing(file);
    throw readFault(error, file);
  }
}

/** The first read is what needs the file beside a WAL database, which a read-only disk cannot have. */
function open(file: string): Database {
  const database = new BetterSqlite3(file, { readonly: true, timeout: 5000 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return database;
  } catch (error) {
    database.close();
    if (!codeOf(error).startsWith('SQLITE_CANTOPEN')) throw error;
    return openInMemory(file);
  }
}

/** In the header of a database file: 2 where a write-ahead log may lie beside it, 1 where none does. */
const FORMAT_BYTES = [18, 19];

function openInMemory(file: string): Database {
  if (existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0)
    throw unreadable(file, 'it is read-only and was not closed cleanly; copy its folder to a disk that can be written');
  const bytes = readFileSync(file);
  if (bytes.length > 100) for (const at of FORMAT_BYTES) bytes[at] = 1;
  return new BetterSqlite3(bytes, { readonly: true });
}

/** That nothing was stored yet, or that what was is lost where a backup says so. */
export function missing(file: string): BrainnetError {
  const dir = path.dirname(file);
  const backup = offeredBackup(dir);
  if (!backup) return new BrainnetError('DATABASE_MISSING', { dir });
  return new BrainnetError('JOURNAL_LOST', { file, state: blankState(file) ?? 'empty', date: dayOf(backup) });
}

function checkTables(database: Database, file: string, tables: ExpectedTables): void {
  const lost = lostTable(database, tables);
  if (lost === null) return;
  const backup = offeredBackup(path.dirname(file));
  const wayOut = backup
    ? `brainnet restore brings the backup of ${dayOf(backup)} back`
    : 'there is no backup of it, and the next start sets it aside';
  throw new BrainnetError('DATABASE_DAMAGED', { file, outcome: `it has lost the table ${lost}; ${wayOut}` });
}

function checkSteps(database: Database, file: string, steps: readonly number[]): void {
  const noted = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'schema_steps'").get();
  const applied = noted ? appliedSteps(database) : new Set<number>();
  if (applied.size === 0) throw missing(file);
  refuseNewer(file, applied, steps);
  if (steps.some((id) => !applied.has(id)))
    throw unreadable(file, 'an older Brainnet wrote it; start Brainnet once, which brings it up to date');
}

function unreadable(file: string, problem: string, cause?: unknown): BrainnetError {
  return new BrainnetError('FILE_UNREADABLE', { file, problem }, { cause });
}
