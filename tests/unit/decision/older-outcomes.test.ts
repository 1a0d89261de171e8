import path from 'node:path';
import { expect, test } from 'vitest';
import { createJournal, createOutcomeStore, DECISION_MIGRATIONS } from '../../../electron/engine/decision/index.ts';
import { type Database, openDatabase } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { storedDecision } from '../../support/journal.ts';

const [DAY, HOUR] = [86_400_000, 3_600_000];
const START = Date.UTC(2024, 0, 1);
const [HEADS, REGIME_HEAD] = ['1'.repeat(64), '2'.repeat(64)];

/** A journal whose outcomes were stored before the steps `from` and later. */
function olderJournal(from: number, fill: (database: Database) => void): Database {
  const file = path.join(temporaryFolder('older-outcomes'), 'journal.db');
  const open = (migrations: typeof DECISION_MIGRATIONS) => openDatabase({ file, migrations, synchronous: 'FULL' });
  const old = open(DECISION_MIGRATIONS.filter(({ id }) => id < from));
  fill(old);
  old.close();
  return open(DECISION_MIGRATIONS);
}

/** As a version before step 16 stored it; days are in New York, whose dates end at 05:00 UTC. */
function storeOld(database: Database, day: number, horizon: number, closeOnly: boolean, part: Partial<Decision> = {}) {
  const asOf = START + (day + 1) * DAY + 5 * HOUR;
  const at = new Date(START + day * DAY).toISOString();
  const decision = storedDecision({
    ...{ horizonBars: horizon, asOf: new Date(asOf).toISOString(), knownAt: new Date(asOf).toISOString() },
    ...{ source: closeOnly ? 'samples-closes' : 'samples', origin: 'replay', replayId: 'p-1' },
    ...{ window: { bars: 64, start: at, end: at, hash: 'a'.repeat(64), notices: [] }, ...part },
  });
  createJournal(database).add(decision);
  const exit = day + horizon + (closeOnly ? 1 : 0);
  const row = {
    ...{ decision_id: decision.id, origin: 'replay', replay_id: 'p-1', symbol: 'AAPL', source: decision.source },
    ...{ interval: '1d', horizon, cost: 0.001, judge: 'numeric', as_of: asOf, regime: 'trending', model: '' },
    known_at: START + (exit + 1) * DAY + 5 * HOUR,
    ...{ entry: START + (day + 1) * DAY, exit: START + exit * DAY, action: 'long', side: 'long', rule: 'trend' },
    ...{ confidence: 0.5, p: null, base: null, long_result: 'win', short_result: 'loss', long_return: 0.01 },
    ...{ in_sample: 0, body: '{}' },
  };
  const names = Object.keys(row);
  database
    .prepare(`INSERT INTO outcomes (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`)
    .run(row);
}

const counted = (database: Database) => createOutcomeStore(database).payoff({ origin: 'replay' }, Infinity).n;

test('older outcomes count as those of today: what shares a bar once, closes that follow one another each', () => {
  const days = [0, 4, 8, 12];
  const of = (closeOnly: boolean, step: number) =>
    olderJournal(16, (database) => days.forEach((day) => void storeOld(database, (day * step) / 4, 4, closeOnly)));
  expect([counted(of(false, 4)), counted(of(false, 3))]).toEqual([4, 2]);
  expect([counted(of(true, 4)), counted(of(true, 3))]).toEqual([4, 2]);
});

test('older outcomes that a fine-tuned regime head read are found by the hash of that head, all others by none', () => {
  const read = (modelHashes: Record<string, string>, heads?: object): Partial<Decision> => ({
    provenance: { ...storedDecision().provenance, modelHashes },
    ...(heads && { heads: heads as Decision['heads'] & object }),
  });
  const tuned = { id: 'h-1', sha256: HEADS };
  const database = olderJournal(16, (old) => {
    storeOld(old, 0, 4, false, read({ heads: HEADS, regimeHead: REGIME_HEAD }, tuned));
    storeOld(old, 10, 4, false, read({ heads: HEADS }, tuned));
    storeOld(old, 20, 4, false, read({}));
  });
  const of = (regimeHead: string) => createOutcomeStore(database).records({ origin: 'replay', regimeHead }).length;
  expect([of(REGIME_HEAD), of(''), of(HEADS)]).toEqual([1, 2, 0]);
});
