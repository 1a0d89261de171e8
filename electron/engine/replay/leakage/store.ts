import type { LeakageResult } from '../../../../shared/domain/index.ts';
import { canonicalJson, type Database, diskError } from '../../platform/index.ts';
import type { Compared } from './measure.ts';

/** A window that is behind a test; null where it was refused. */
export interface KeptWindow {
  compared: Compared | null;
  /** What it took. */
  ms: number;
}

/** Leakage tests in journal.db: those done, and the windows of those cut short. */
export interface LeakageStore {
  windows(test: string): Map<string, KeptWindow>;
  /** @throws DISK_FULL, FILE_UNWRITABLE */
  keep(test: string, window: string, kept: KeptWindow): void;
  /** Stores the result and lets its windows go. @throws DISK_FULL, FILE_UNWRITABLE */
  finish(test: string, result: LeakageResult): void;
  /** Newest first. */
  tests(): LeakageResult[];
}

export function createLeakageStore(database: Database): LeakageStore {
  const some = database.prepare('SELECT name, body FROM leakage_windows WHERE test = ?');
  const put = database.prepare('INSERT OR REPLACE INTO leakage_windows (test, name, body) VALUES (?, ?, ?)');
  const drop = database.prepare('DELETE FROM leakage_windows WHERE test = ?');
  const add = database.prepare('INSERT INTO leakage_tests (judge, body) VALUES (?, ?)');
  const tests = database.prepare('SELECT body FROM leakage_tests ORDER BY rowid DESC LIMIT 50').pluck();
  const written = (work: () => void) => {
    try {
      database.transaction(work)();
    } catch (error) {
      throw diskError(error, 'the leakage test');
    }
  };
  return {
    windows: (test) =>
      new Map((some.all(test) as { name: string; body: string }[]).map(({ name, body }) => [name, JSON.parse(body)])),
    keep: (test, window, kept) => written(() => void put.run(test, window, canonicalJson(kept))),
    finish: (test, result) =>
      written(() => {
        add.run(result.judge, canonicalJson(result));
        drop.run(test);
      }),
    tests: () => tests.all().map((body) => JSON.parse(body as string)),
  };
}
