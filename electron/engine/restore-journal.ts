import { allBackups, type Backup, moveBackups, restoreBackup, takeDataFolder } from './platform/index.ts';

/**
 * Brings a backup of a data folder's journal back, while no engine runs on it; what was there is kept beside it.
 * @param name of a file in `backups/`; without one the newest of an earlier journal that was lost or set aside, else the newest
 * @throws NO_BACKUP, DATA_DIR_BUSY, DATA_DIR_UNWRITABLE, DISK_FULL, FILE_UNWRITABLE
 */
export function restoreJournal(
  dataDir: string,
  now = Date.now(),
  name?: string,
): { backup: Backup; aside: string | null } {
  return holding(dataDir, (dir) => restoreBackup(dir, now, name));
}

/** Stays with the journal in use: backups of earlier ones are offered no longer, and kept as files. @throws DATA_DIR_BUSY, DATA_DIR_UNWRITABLE */
export const declineBackups = (dataDir: string): void =>
  holding(dataDir, (dir) => moveBackups(dir, 'earlier', 'replaced'));

/** Every backup, the newest first. */
export const listBackups = (dataDir: string): Backup[] => allBackups(dataDir);

function holding<T>(dataDir: string, work: (dir: string) => T): T {
  const folder = takeDataFolder(dataDir);
  try {
    return work(folder.dir);
  } finally {
    folder.release();
  }
}
