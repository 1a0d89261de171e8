import { readFileSync, statSync } from 'node:fs';
import { z } from 'zod';
import { writeFileAtomic } from '../../platform/index.ts';

const Check = z.object({
  bytes: z.number(),
  modifiedMs: z.number(),
  changedMs: z.number(),
  sha256: z.string(),
  checkedAt: z.string(),
});
type Check = z.infer<typeof Check>;

/** What each model file's SHA-256 was when it was last read whole, as long as it has not been written since. */
export interface Checks {
  /** null where it was never read, or was written since. */
  of(path: string): Check | null;
  /** Whether this process itself has read it whole as it is now. */
  isFresh(path: string): boolean;
  /** Remembered in the file where it can be written, else for this process. */
  keep(path: string, sha256: string, checkedAt: string): void;
}

export function openChecks(file: string): Checks {
  const fresh = new Map<string, Check>();
  const stored = (): Record<string, Check> => {
    try {
      return z.record(z.string(), Check).parse(JSON.parse(readFileSync(file, 'utf8')));
    } catch {
      return {};
    }
  };
  return {
    of: (path) => ifUnchanged(fresh.get(path) ?? stored()[path], path),
    isFresh: (path) => ifUnchanged(fresh.get(path), path) !== null,
    keep(path, sha256, checkedAt) {
      const stamp = stampOf(path);
      if (!stamp) return;
      fresh.set(path, { ...stamp, sha256, checkedAt });
      try {
        writeFileAtomic(file, `${JSON.stringify({ ...stored(), ...Object.fromEntries(fresh) })}\n`);
      } catch {
        // it is read once more at the next start
      }
    },
  };
}

function ifUnchanged(check: Check | undefined, path: string): Check | null {
  const now = stampOf(path);
  if (!check || !now) return null;
  const { bytes, modifiedMs, changedMs } = check;
  return bytes === now.bytes && modifiedMs === now.modifiedMs && changedMs === now.changedMs ? check : null;
}

/** What changes whenever a file is written. */
function stampOf(path: string): { bytes: number; modifiedMs: number; changedMs: number } | null {
  const found = statSync(path, { throwIfNoEntry: false });
  return found ? { bytes: found.size, modifiedMs: found.mtimeMs, changedMs: found.ctimeMs } : null;
}
