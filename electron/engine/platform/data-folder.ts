import { accessSync, constants, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import DatabaseConstructor from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import type { Database } from './database.ts';
import { codeOf, diskError, isBusy, isDamage, problemOf } from './faults.ts';
import { makeFolder } from './files.ts';
import { sweepHalfWritten } from './sweep.ts';

/** The platform's folder for user data: where state lies unless --data-dir or BRAINNET_DATA_DIR says otherwise. */
export function defaultDataDir(env: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const home = os.homedir();
  if (platform === 'win32') return path.join(env.APPDATA ?? path.join(home, 'AppData', 'Roaming'), 'Brainnet');
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Brainnet');
  return path.join(env.XDG_DATA_HOME ?? path.join(home, '.local', 'share'), 'brainnet');
}

export interface DataFolder {
  readonly dir: string;
  file(name: string): string;
  release(): void;
}

/**
 * The process that holds a data folder, or null; only reads, so that it disturbs no engine that starts meanwhile.
 * @throws DATA_DIR_UNWRITABLE where no engine could take it
 */
export function dataFolderHolder(dir: string): string | null {
  if (!lockExists(dir)) return null;
  let probe: Database | undefined;
  try {
    probe = new DatabaseConstructor(lockFile(dir), { readonly: true, timeout: 0 });
    probe.prepare('SELECT count(*) FROM sqlite_master').get();
    return null;
  } catch (error) {
    if (isBusy(error)) return holder(dir);
    if (isDamage(error)) return null;
    throw refusal(error, dir);
  } finally {
    probe?.close();
  }
}

/**
 * Creates the data folder where needed and takes it for this process. The hold is SQLite's own file lock on `engine.lock`,
 * which the operating system drops when the process ends, however it ends.
 * @throws DATA_DIR_BUSY where another engine holds it, DATA_DIR_UNWRITABLE where it cannot be written, DISK_FULL
 */
export function takeDataFolder(dir: string): DataFolder {
  makeWritable(dir);
  const lock = takeLock(dir);
  notePid(dir);
  sweepHalfWritten(dir);
  return { dir, file: (name) => path.join(dir, name), release: () => void lock.close() };
}

const lockFile = (dir: string) => path.join(dir, 'engine.lock');
const pidFile = (dir: string) => path.join(dir, 'engine.pid');

function lockExists(dir: string): boolean {
  const found = statSync(lockFile(dir), { throwIfNoEntry: false });
  if (!found || found.isFile()) return found !== undefined;
  throw new BrainnetError('DATA_DIR_UNWRITABLE', { dir, problem: 'engine.lock in it is not a file; delete it' });
}

function takeLock(dir: string): Database {
  lockExists(dir);
  try {
    return exclusive(lockFile(dir));
  } catch (error) {
    if (!isDamage(error)) throw refusal(error, dir);
  }
  try {
    // Nobody holds a file that SQLite could read far enough to call it broken, and nothing is stored in it.
    truncateSync(lockFile(dir));
    return exclusive(lockFile(dir));
  } catch (error) {
    throw refusal(error, dir);
  }
}

function exclusive(file: string): Database {
  const lock = new DatabaseConstructor(file, { timeout: 200 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw error;
  }
}

function makeWritable(dir: string): void {
  try {
    makeFolder(path.resolve(dir), 0o700);
    accessSync(dir, constants.W_OK | constants.R_OK);
  } catch (error) {
    throw refusal(error, dir);
  }
}

function refusal(error: unknown, dir: string): unknown {
  if (isBusy(error)) return new BrainnetError('DATA_DIR_BUSY', { dir, pid: holder(dir) });
  const known = diskError(error, 'the data folder');
  if (known instanceof BrainnetError && known.code === 'DISK_FULL') return known;
  const problem = problemOf(error) ?? `it cannot be made (${codeOf(error) || 'unknown'})`;
  return new BrainnetError('DATA_DIR_UNWRITABLE', { dir, problem }, { cause: error });
}

/** Only for the sentence that another engine shows; the hold does not need it. */
function notePid(dir: string): void {
  try {
    writeFileSync(pidFile(dir), String(process.pid));
  } catch {
    // the sentence says "unknown" then
  }
}

function holder(dir: string): string {
  try {
    return readFileSync(pidFile(dir), 'utf8').trim() || 'unknown';
  } catch {
    return 'unknown';
  }
}
