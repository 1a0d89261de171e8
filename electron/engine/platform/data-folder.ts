import { accessSync, constants, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import DatabaseConstructor from 'better-sqlite3';
import { BrainnetError } from '../../../shared/errors.ts';

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
 * Creates the data folder where needed and takes it for this process. The hold is SQLite's own file lock on `engine.lock`,
 * which the operating system drops when the process ends, however it ends.
 * @throws DATA_DIR_BUSY where another engine holds it, DATA_DIR_UNWRITABLE where it cannot be written.
 */
export function takeDataFolder(dir: string): DataFolder {
  const file = (name: string) => path.join(dir, name);
  makeWritable(dir);
  const lock = new DatabaseConstructor(file('engine.lock'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('SQLITE_BUSY'))
      throw new BrainnetError('DATA_DIR_BUSY', { dir, pid: holder(file('engine.pid')) });
    throw new BrainnetError('DATA_DIR_UNWRITABLE', { dir, problem: code || 'unknown' }, { cause: error });
  }
  writeFileSync(file('engine.pid'), String(process.pid));
  return { dir, file, release: () => void lock.close() };
}

function makeWritable(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    accessSync(dir, constants.W_OK | constants.R_OK);
  } catch (error) {
    const problem = (error as NodeJS.ErrnoException).code ?? 'unknown';
    throw new BrainnetError('DATA_DIR_UNWRITABLE', { dir, problem }, { cause: error });
  }
}

function holder(pidFile: string): string {
  try {
    return readFileSync(pidFile, 'utf8').trim();
  } catch {
    return 'unknown';
  }
}
