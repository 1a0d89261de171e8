import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/** The newest change under these files and folders, UTC ms; 0 where none exists. */
export function newestChange(paths: readonly string[]): number {
  return Math.max(0, ...paths.map(newestIn));
}

function newestIn(file: string): number {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (!stats) return 0;
  if (!stats.isDirectory()) return stats.mtimeMs;
  return newestChange(readdirSync(file).map((name) => path.join(file, name)));
}
