import { BrainnetError } from '../../shared/errors.ts';
import { DECISION_MIGRATIONS } from './decision/index.ts';
import { MARKET_CACHE_MIGRATIONS, WATCHLIST_MIGRATIONS } from './market/index.ts';
import { MEMORY_MIGRATIONS, SETUP_BACKFILLS } from './memory/index.ts';
import { RUN_MIGRATIONS, SCHEDULE_MIGRATIONS } from './orchestrator/index.ts';
import { backupsOf, type Database, type Logger, openDatabase } from './platform/index.ts';
import { REPLAY_MIGRATIONS } from './replay/index.ts';
import { VISION_CACHE_MIGRATIONS } from './vision/index.ts';

export const JOURNAL_MIGRATIONS = [
  ...DECISION_MIGRATIONS,
  ...WATCHLIST_MIGRATIONS,
  ...RUN_MIGRATIONS,
  ...SCHEDULE_MIGRATIONS,
  ...MEMORY_MIGRATIONS,
  ...REPLAY_MIGRATIONS,
  ...SETUP_BACKFILLS,
];
const CACHE_MIGRATIONS = [...MARKET_CACHE_MIGRATIONS, ...VISION_CACHE_MIGRATIONS];

/**
 * The journal. A damaged one is set aside and a new one begun; `notices` then says so and names the newest backup.
 * @throws DATABASE_NEWER
 */
export function openJournal(file: string, dataDir: string, notices: string[]): Database {
  const open = () => openDatabase({ file, migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL' });
  return openOrSetAside(notices, open, offerOf(dataDir));
}

/** A damaged journal was set aside by the first try; the second starts a new one, and the user is told. */
function openOrSetAside(notices: string[], open: () => Database, offer = ''): Database {
  try {
    return open();
  } catch (error) {
    if (!(error instanceof BrainnetError) || error.code !== 'DATABASE_DAMAGED') throw error;
    notices.push(`${error.message}${offer}`);
    return open();
  }
}

/** The newest backup in words, to stand behind the sentence of a damaged journal. */
function offerOf(dataDir: string): string {
  const [newest] = backupsOf(dataDir);
  if (!newest) return ' There is no backup of it yet.';
  return ` The newest backup is of ${new Date(newest.at).toISOString().slice(0, 10)}; brainnet restore brings it back.`;
}

/** Without a cache everything still works, only slower. */
export function openCache(file: string, log: Logger, notices: string[]): Database | null {
  try {
    return openOrSetAside([], () => openDatabase({ file, migrations: CACHE_MIGRATIONS, synchronous: 'NORMAL' }));
  } catch (error) {
    log.warn({ err: error }, 'no cache');
    notices.push('The cache cannot be used; everything works, only slower.');
    return null;
  }
}

/** Without checkpoints an analysis that is cut short begins anew. */
export function openCheckpoints(file: string, log: Logger): Database | null {
  try {
    return openOrSetAside([], () => openDatabase({ file, migrations: [], synchronous: 'NORMAL' }));
  } catch (error) {
    log.warn({ err: error }, 'no checkpoints');
    return null;
  }
}
