import { copyFileSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';
import { codeOf, diskError } from './faults.ts';

const KEPT = 3;
/** A day less two hours, so that a start at the same hour of the next day takes one. */
const EVERY_MS = 22 * 3_600_000;

/**
 * `journal`: of the journal in use. `earlier`: of one that was lost or set aside; they are offered, and none is removed, until the user restores
 * one or gives them up. `replaced`: of one that the user gave up; restored only by name.
 */
export type BackupGroup = 'journal' | 'earlier' | 'replaced';

const NAME = /^(journal|earlier|replaced)-\d{8}T\d{6}Z(-\d+)?\.db$/;

export interface Backup {
  file: string;
  group: BackupGroup;
  /** When it was taken, UTC ms. */
  at: number;
}

/** The backups in a data folder, the newest first. */
export function backupsOf(dataDir: string, group: BackupGroup = 'journal'): Backup[] {
  return allBackups(dataDir).filter((backup) => backup.group === group);
}

/** Those of every group, the newest first. */
export function allBackups(dataDir: string): Backup[] {
  const folder = folderOf(dataDir);
  if (!existsSync(folder)) return [];
  const stampOf = (name: string) => name.slice(name.indexOf('-'));
  return readdirSync(folder)
    .filter((name) => NAME.test(name))
    .sort((a, b) => (stampOf(a) < stampOf(b) ? 1 : -1))
    .map((name) => ({
      file: path.join(folder, name),
      group: name.slice(0, name.indexOf('-')) as BackupGroup,
      at: timeOf(stampOf(name)),
    }));
}

/** Of a stamp `-YYYYMMDDThhmmssZ`, UTC ms; a copied data folder keeps it. */
const timeOf = (stamp: string): number =>
  Date.parse(stamp.replace(/^-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z'));

/** The one that `restore` brings back: the newest of an earlier journal, else the newest. */
export const offeredBackup = (dataDir: string): Backup | null =>
  backupsOf(dataDir, 'earlier')[0] ?? backupsOf(dataDir)[0] ?? null;

/** The day of a backup, in UTC. */
export const dayOf = ({ at }: Backup): string => new Date(at).toISOString().slice(0, 10);

/** Gives the backups of a group another standing; none is removed, and none takes another's name. */
export function moveBackups(dataDir: string, from: BackupGroup, to: BackupGroup): void {
  for (const { file } of backupsOf(dataDir, from)) rename(file, to);
}

function rename(file: string, group: BackupGroup): void {
  const stamp = path.basename(file, '.db').replace(/^[a-z]+-/, '');
  const target = (n: number) => path.join(path.dirname(file), `${group}-${stamp}${n === 1 ? '' : `-${n}`}.db`);
  let n = 1;
  while (existsSync(target(n))) n++;
  renameSync(file, target(n));
}

/**
 * Copies the journal page by page through a connection of its own, beside the work that goes on, at most once a day, and keeps the newest
 * three of this journal; those of another that lay in its place before are kept apart. An empty journal is not copied, so that it never
 * stands in the way of an older whole one; one that a fast clock dated later than now is given up when a new one was taken.
 * @param now UTC ms
 */
export async function keepBackup(dataDir: string, now: number): Promise<void> {
  const [newest] = backupsOf(dataDir);
  const journal = new BetterSqlite3(path.join(dataDir, 'journal.db'), { readonly: true });
  try {
    const anything = journal.prepare('SELECT EXISTS (SELECT 1 FROM decisions)').pluck().get();
    if (anything !== 1) return;
    const another = newest !== undefined && isOfAnother(newest.file, journal);
    if (another) moveBackups(dataDir, 'journal', 'earlier');
    const ahead = newest !== undefined && newest.at > now;
    if (another || ahead || !newest || now - newest.at >= EVERY_MS) await copy(journal, dataDir, now);
  } finally {
    journal.close();
  }
}

/** Live decisions are never removed, so a journal without the first or the last one of a backup is another than the one that was backed up, or has lost some. */
function isOfAnother(backup: string, journal: BetterSqlite3.Database): boolean {
  let held: BetterSqlite3.Database | undefined;
  try {
    held = new BetterSqlite3(backup, { readonly: true });
    const ends = held
      .prepare(
        "SELECT id FROM decisions WHERE rowid IN ((SELECT min(rowid) FROM decisions WHERE origin = 'live'), (SELECT max(rowid) FROM decisions WHERE origin = 'live'))",
      )
      .pluck()
      .all();
    const there = journal.prepare('SELECT 1 FROM decisions WHERE id = ?');
    return ends.some((id) => there.get(id) === undefined);
  } catch (error) {
    if (!codeOf(error).startsWith('SQLITE_')) throw error;
    return false;
  } finally {
    held?.close();
    for (const suffix of ['-wal', '-shm']) rmSync(backup + suffix, { force: true });
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
  for (const { file, at } of backupsOf(dataDir)) if (at > now) rename(file, 'replaced');
  for (const { file } of backupsOf(dataDir).slice(KEPT)) rmSync(file, { force: true });
}

/**
 * Puts a backup in the journal's place; the journal as it is lies beside it afterwards, unchanged. The backups of the journal that was in use
 * are kept apart where the one restored is another's. To be called by the one process that holds the data folder.
 * @param name of a file in `backups/`; without one the backup that is offered
 * @throws NO_BACKUP, DISK_FULL, FILE_UNWRITABLE
 */
export function restoreBackup(dataDir: string, now: number, name?: string): { backup: Backup; aside: string | null } {
  const named = allBackups(dataDir).find(({ file }) => path.basename(file) === name) ?? null;
  const backup = name === undefined ? offeredBackup(dataDir) : named;
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
    if (backup.group !== 'journal') takeUp(dataDir, backup);
    else for (const { file, at } of backupsOf(dataDir)) if (at > backup.at) rename(file, 'replaced');
    return { backup, aside: had ? aside : null };
  } catch (error) {
    throw diskError(error, 'the backup');
  }
}

/** The restored backup counts among those of the journal in use from now on; the others are given up. */
function takeUp(dataDir: string, { file }: Backup): void {
  moveBackups(dataDir, 'journal', 'replaced');
  rename(file, 'journal');
  moveBackups(dataDir, 'earlier', 'replaced');
}

const folderOf = (dataDir: string): string => path.join(dataDir, 'backups');
