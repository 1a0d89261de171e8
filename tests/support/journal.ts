import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { createJournal } from '../../electron/engine/decision/index.ts';
import { JOURNAL_MIGRATIONS } from '../../electron/engine/open-databases.ts';
import { type Database, newDecisionId, newRunId, openDatabase } from '../../electron/engine/platform/index.ts';
import { type Decision, FEATURE_NAMES, type Features } from '../../shared/domain/index.ts';

const HASH = 'a'.repeat(64);
const reading = {
  regime: { trending: 0.7, mean_reverting: 0.1, volatile: 0.1, quiet: 0.1 },
  direction: { bullish: 0.4, bearish: 0.3, neutral: 0.3 },
  volatility: { calm: 0.25, normal: 0.25, elevated: 0.25, explosive: 0.25 },
};
const confidence = { value: 0.5, eps: 0.11, interval: null, method: 'numeric' as const, asks: 1 };
const end = '2013-01-01T05:00:00.000Z';
const look = { kind: 'window' as const, windowBars: 64, stepBars: 1, start: end, end, windowHash: HASH, reading };

/** A whole decision of made-up figures, known at the end of 2012-12-31 in New York unless `part` says otherwise. */
export function storedDecision(part: Partial<Decision> = {}): Decision {
  return {
    ...{ id: newDecisionId(), runId: newRunId(), createdAt: '2026-01-01T00:00:00.000Z', engineVersion: '0.0.0' },
    ...{ symbol: 'AAPL', source: 'samples', interval: '1d', currency: 'USD', timezone: 'America/New_York' },
    ...{ asOf: end, knownAt: end, lastBarDate: '2012-12-31', lastClose: 532.17, horizonBars: 16, costFraction: 0.001 },
    window: { bars: 64, start: end, end, hash: HASH, notices: [] },
    ...{ judge: 'numeric', action: 'long', proposed: 'long', holdReasons: [], regime: 'trending', confidence },
    threshold: 0.78,
    rounds: [
      {
        round: 0,
        added: [look],
        pooledRegime: reading.regime,
        regime: 'trending',
        confidence,
        proposed: 'long',
        sentence: '',
      },
    ],
    features: Object.fromEntries(FEATURE_NAMES.map((name) => [name, 0])) as Features,
    scores: { trend: 1, cycle: 2, burst: 3 },
    ...{ evidenceFor: [], evidenceAgainst: [], sampleStatus: 'out', seed: 1, contentHash: HASH },
    pCorrect: { state: 'uncalibrated', n: 0, sentence: 'Not measured yet.' },
    provenance: {
      ...{ windowHash: HASH, settingsHash: HASH, settings: {}, modelHashes: {}, promptHashes: {}, rawAnswers: [] },
      ...{ memoryIds: [], executionProvider: 'cpu', threads: 1, batchSize: 1 },
    },
    ...part,
  };
}

/** The journal of a data folder with the schema of the engine. */
export const openJournalDatabase = (dataDir: string): Database =>
  openDatabase({ file: path.join(dataDir, 'journal.db'), migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL' });

/** Stores decisions in the journal of a data folder, in one transaction, before an engine opens it. */
export function storeDecisions(dataDir: string, decisions: readonly Decision[]): void {
  const database = openJournalDatabase(dataDir);
  const journal = createJournal(database);
  database.transaction(() => decisions.forEach((decision) => void journal.add(decision)))();
  database.close();
}

/** Overwrites every page of the decisions and of what finds them, in the file under a running engine. */
export function damageDecisions(dataDir: string): void {
  const file = path.join(dataDir, 'journal.db');
  const database = new BetterSqlite3(file, { readonly: true });
  const pages = database
    .prepare("SELECT pageno FROM dbstat WHERE name = 'decisions' OR name LIKE 'sqlite_autoindex_decisions%'")
    .pluck()
    .all() as number[];
  database.close();
  const handle = openSync(file, 'r+');
  for (const page of pages) writeSync(handle, Buffer.alloc(4096, 0xa5), 0, 4096, (page - 1) * 4096);
  fsyncSync(handle);
  closeSync(handle);
}
