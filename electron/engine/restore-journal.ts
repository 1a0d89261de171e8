import { type Backup, restoreBackup, takeDataFolder } from './platform/index.ts';

/**
 * Brings the newest backup of a data folder's journal back, while no engine runs on it; what was there is kept beside it.
 * @throws NO_BACKUP, DATA_DIR_BUSY, DATA_DIR_UNWRITABLE, DISK_FULL, FILE_UNWRITABLE
 */
export function restoreJournal(dataDir: string, now = Date.now()): { backup: Backup; aside: string | null } {
  const folder = takeDataFolder(dataDir);
  try {
    return restoreBackup(folder.dir, now);
  } finally {
    folder.release();
  }
}
