import path from 'node:path';
import {
  type Decision,
  type LeakageResult,
  LOCAL_SOURCES,
  type Outcome,
  type OutcomeState,
  type Scorecard,
  type ScorecardQuery,
  type Source,
  withLeakage,
} from '../../shared/domain/index.ts';
import { BrainnetError } from '../../shared/errors.ts';
import {
  createOutcomeStore,
  type JournalReader,
  outlookOf,
  readJournal,
  scorecardOf,
  settle,
} from './decision/index.ts';
import { JOURNAL_TABLES } from './journal-tables.ts';
import { createMarket } from './market/index.ts';
import {
  checkWhole,
  type Database,
  packageRoot,
  readDatabase,
  readFault,
  sayingFaults,
  systemClock,
} from './platform/index.ts';

export interface OpenJournal extends JournalReader {
  /** Reads every page of the file. @throws DATABASE_DAMAGED, FILE_UNREADABLE */
  check(): void;
  /** How it stands with the outcome of each, from what is stored: without one it is pending, whatever its bars say. */
  outcomes(ids: readonly string[]): OutcomeState[];
  /** @throws UNKNOWN_REPLAY */
  scorecard(query: ScorecardQuery): Scorecard;
  close(): void;
}

/** Ids of JOURNAL_MIGRATIONS (open-databases.ts), written out so that reading loads none of the rooms that own them. */
export const JOURNAL_STEPS: readonly number[] = [
  1, 11, 12, 15, 16, 17, 2, 3, 13, 14, 20, 21, 24, 28, 35, 22, 23, 25, 26, 27, 37, 30, 31, 29, 34, 36,
];

/**
 * The decisions of a data folder, read beside a running engine.
 * @throws DATABASE_MISSING, JOURNAL_LOST, DATABASE_DAMAGED, DATABASE_NEWER, FILE_UNREADABLE; its methods DATABASE_DAMAGED and FILE_UNREADABLE too
 */
export function openJournalReader(dataDir: string): OpenJournal {
  const file = path.join(dataDir, 'journal.db');
  const database = readDatabase({ file, steps: JOURNAL_STEPS, tables: JOURNAL_TABLES });
  try {
    const stored = createOutcomeStore(database);
    const read = {
      ...readJournal(database),
      check: () => checkWhole(database),
      outcomes: (ids: readonly string[]) => ids.map((id) => stateOf(id, stored.get(id))),
      scorecard(query: ScorecardQuery) {
        if (query.replayId !== undefined) requireReplay(database, query.replayId);
        return withLeakage(scorecardOf(stored, query), leakageTests(database));
      },
    };
    return { ...sayingFaults(read, file), close: () => void database.close() };
  } catch (error) {
    database.close();
    throw readFault(error, file);
  }
}

/** The table is the replay room's. @throws UNKNOWN_REPLAY */
function requireReplay(database: Database, id: string): void {
  if (!database.prepare('SELECT 1 FROM replays WHERE id = ?').get(id))
    throw new BrainnetError('UNKNOWN_REPLAY', { id });
}

/** Newest first; the table is the replay room's. */
const leakageTests = (database: Database): LeakageResult[] =>
  (database.prepare('SELECT body FROM leakage_tests ORDER BY rowid DESC LIMIT 50').pluck().all() as string[]).map(
    (body) => JSON.parse(body),
  );

function stateOf(decisionId: string, outcome: Outcome | null): OutcomeState {
  if (outcome) return { state: 'settled', decisionId, outcome };
  return { state: 'pending', decisionId, barsLeft: null, expected: null };
}

/**
 * How far the horizon of a decision without an outcome has passed in the bars on this machine; they are read beside a running engine.
 * @returns `known` where its source is on the network or its bars cannot be had
 */
export async function lookAhead(dataDir: string, decision: Decision, known: OutcomeState): Promise<OutcomeState> {
  const { symbol, source, interval } = decision;
  if (known.state !== 'pending' || !(LOCAL_SOURCES as readonly Source[]).includes(source)) return known;
  const resourcesDir = path.join(packageRoot(), 'resources');
  const clock = systemClock;
  const market = createMarket({ cache: null, importsDir: path.join(dataDir, 'imports'), resourcesDir, clock });
  try {
    const all = await market.series({ symbol, source, interval });
    return outlookOf(decision.id, await settle(market, all, decision, clock.now()), all, clock.now());
  } catch {
    return known;
  }
}
