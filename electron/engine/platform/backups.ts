import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import { diskError } from './faults.ts';

const KEPT = 3;
/** A day less two hours, so that a start at the same hour of the next day takes one. */
const EVERY_MS = 22 * 3_600_000;
const NAME = /^journal-\d{8}T\d{6}Z\.db$/;

export interface Backup {
  file: string;
  /** When it was taken, UTC ms. */
  at: number;
}

/** The backups of a data folder's journal, the newest first. */
export function backupsOf(dataDir: string): Backup[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort()
    .reverse()
    .map((name) => ({ file: path.join(folder, name), at: statSync(path.join(folder, name)).mtimeMs }));
}

/**
 * Copies the journal page by page through a connection of its own, beside the work that goes on, at most once a day, and keeps the newest
 * three. An empty journal is not copied, so that it never stands in the way of an older whole one.
 * @param now UTC ms
 */
export async function keepBackup(dataDir: string, now: number): Promise<void> {
  const [newest] = backupsOf(dataDir);
  if (newest && now - newest.at < EVERY_MS) return;
  const journal = new BetterSqlite3(path.join(dataDir, 'journal.db'), { readonly: true });
  try {
    const anything = journal.prepare('SELECT EXISTS (SELECT 1 FROM decisions)').pluck().get();
    if (anything === 1) await copy(journal, dataDir, now);
  } finally {
    journal.close();
  }
}

async function copy(journal: BetterSqlite3.Database, dataDir: string, now: number): Promise<void> {
  const folder = folderOf(dataDir);
  mkdirSync(folder, { recursive: true });
  const stamp = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const target = path.join(folder, `journal-${stamp}.db`);
  const passing = `${target}.${process.pid}.tmp`;
  try {
    await journal.backup(passing);
    renameSync(passing, target);
  } finally {
    rmSync(passing, { force: true });
  }
  for (const { file } of backupsOf(dataDir).slice(KEPT)) rmSync(file, { force: true });
}

/**
 * Puts the newest backup in the journal's place; the journal as it is lies beside it afterwards, unchanged. To be called by the one
 * process that holds the data folder.
 * @throws NO_BACKUP, DISK_FULL, FILE_UNWRITABLE
 */
export function restoreBackup(dataDir: string, now: number): { backup: Backup; aside: string | null } {
  const [backup] = backupsOf(dataDir);
  if (!backup) throw new BrainnetError('NO_BACKUP', { dir: dataDir });
  const journal = path.join(dataDir, 'journal.db');
  const aside = `${journal}.before-restore-${new Date(now).toISOString().replace(/[:.]/g, '-')}`;
  try {
    copyFileSync(backup.file, `${journal}.restored`);
    const had = existsSync(journal);
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(journal + suffix)) renameSync(journal + suffix, aside + suffix);
    }
    renameSync(`${journal}.restored`, journal);
    return { backup, aside: had ? aside : null };
  } catch (error) {
    throw diskError(error, 'the backup');
  }
}

const folderOf = (dataDir: string): string => path.join(dataDir, 'backups');
