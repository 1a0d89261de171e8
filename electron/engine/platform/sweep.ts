import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';

/** Names under which this program writes, by folder below the data folder; a user may keep other files there. */
const HALF_WRITTEN: readonly [string, RegExp][] = [
  ['.', /^(settings\.json|(journal|cache)\.db\.before-\d+)\.\d+\.tmp$/],
  ['backups', /^journal-\d{8}T\d{6}Z\.db\.\d+\.tmp$/],
  ['imports', /\.(json|csv|gz)\.\d+\.tmp$/],
  ['models', /^(chosen|checks|.+\.part)\.json\.\d+\.tmp$/],
  ['heads', /^(in-force|h-\d{8}-[0-9a-f]{8})\.json\.\d+\.tmp$/],
];

/** Removes what a killed process left half written; to be called by the one process that holds the folder. */
export function sweepHalfWritten(dir: string): void {
  for (const [below, pattern] of HALF_WRITTEN) {
    for (const name of filesOf(path.join(dir, below))) if (pattern.test(name)) remove(path.join(dir, below, name));
  }
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => name);
  } catch {
    return [];
  }
}

function remove(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // it stays until the next start
  }
}
