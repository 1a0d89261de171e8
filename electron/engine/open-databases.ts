import { existsSync } from 'node:fs';
import { BrainnetError } from '../../shared/errors.ts';
import { DECISION_MIGRATIONS } from './decision/index.ts';
import { JOURNAL_TABLES } from './journal-tables.ts';
import { MARKET_CACHE_MIGRATIONS, WATCHLIST_MIGRATIONS } from './market/index.ts';
import { MEMORY_MIGRATIONS, SETUP_BACKFILLS } from './memory/index.ts';
import { RUN_MIGRATIONS, SCHEDULE_MIGRATIONS } from './orchestrator/index.ts';
import {
  blankState,
  type Database,
  dayOf,
  hasLog,
  type Logger,
  missing,
  moveBackups,
  offeredBackup,
  openDatabase,
  setAside,
} from './platform/index.ts';
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
 * The journal. A damaged one, and one that is empty or gone though backups of it are there, is set aside and a new one begun; its backups are
 * then kept apart from those of the new one. `notices` says so and names the newest backup.
 * @throws DATABASE_NEWER
 */
export function openJournal(file: string, dataDir: string, notices: string[]): Database {
  const open = () =>
    openDatabase({ file, migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL', tables: JOURNAL_TABLES });
  const begun = () => {
    setAsideLost(file);
    return open();
  };
  return openOrSetAside(notices, begun, open, () => {
    moveBackups(dataDir, 'journal', 'earlier');
    return offerOf(dataDir);
  });
}

/** @throws JOURNAL_LOST, or DATABASE_DAMAGED for an empty file whose log is not; what was there has another name then */
function setAsideLost(file: string): void {
  const state = blankState(file);
  if (state === null) return;
  const lost = missing(file);
  const there = existsSync(file);
  if (lost.code === 'JOURNAL_LOST') {
    if (there) setAside(file);
    throw lost;
  }
  if (there && hasLog(file))
    throw new BrainnetError('DATABASE_DAMAGED', { file, outcome: `it was set aside as ${setAside(file)}` });
}

/** A damaged journal was set aside by the first try; the second starts a new one, and the user is told. */
function openOrSetAside(
  notices: string[],
  first: () => Database,
  again: () => Database = first,
  offer: () => string = () => '',
): Database {
  try {
    return first();
  } catch (error) {
    if (!(error instanceof BrainnetError) || !SET_ASIDE.includes(error.code)) throw error;
    const offered = offer();
    notices.push(error.code === 'JOURNAL_LOST' ? error.message : `${error.message}${offered}`);
    return again();
  }
}

const SET_ASIDE = ['DATABASE_DAMAGED', 'JOURNAL_LOST'];

/** The backup that is offered in words, to stand behind the sentence of a damaged journal. */
function offerOf(dataDir: string): string {
  const newest = offeredBackup(dataDir);
  if (!newest) return ' There is no backup of it yet.';
  return ` The newest backup is of ${dayOf(newest)}; brainnet restore brings it back.`;
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
