import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  createFigures,
  createJournal,
  createOutcomeStore,
  DECISION_MIGRATIONS,
  type Figures,
} from '../../../electron/engine/decision/index.ts';
import { type Database, openDatabase } from '../../../electron/engine/platform/index.ts';
import { seededDecisions } from './support.ts';

let folder: string;
let database: Database;
let figures: Figures;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'brainnet-figures-'));
  const file = path.join(folder, 'journal.db');
  database = openDatabase({ file, migrations: DECISION_MIGRATIONS, synchronous: 'FULL' });
  figures = createFigures(file);
});

afterEach(async () => {
  await figures.close();
  database.close();
  rmSync(folder, { recursive: true });
});

function store(count: number, chance: number): void {
  const journal = createJournal(database);
  const outcomes = createOutcomeStore(database);
  database.transaction(() => {
    for (const { decision, outcome } of seededDecisions(count, 11, chance)) {
      journal.add(decision);
      outcomes.add(outcome, decision);
    }
  })();
}

test('the fit of the thread knows outcomes by its as-of and leaves in-sample ones out', async () => {
  store(120, 0.7);
  const records = createOutcomeStore(database).records({ origin: 'live' });
  const middle = records.map(({ knownAt }) => knownAt).sort((a, b) => a - b)[59]!;
  expect((await figures.calibration({ origin: 'live' }, middle)).n).toBe(60);
  expect((await figures.calibration({ origin: 'replay' }, Infinity)).n).toBe(0);
  database.prepare('UPDATE outcomes SET in_sample = 1 WHERE known_at <= ?').run(middle);
  expect((await figures.calibration({ origin: 'live' }, Infinity)).n).toBe(60);
});

test('the scorecard counts settled, pending and in-sample decisions, and keeps live apart from replay', async () => {
  store(60, 0.6);
  database.prepare('DELETE FROM outcomes WHERE decision_id IN (SELECT decision_id FROM outcomes LIMIT 5)').run();
  const by = ['action'] as const;
  const card = await figures.scorecard({ origin: 'live', judge: 'numeric', by: [...by] });
  expect([card.settled, card.pending, card.holds]).toEqual([55, 5, 0]);
  expect(card.groups.map(({ name }) => name)).toEqual(['long', 'short']);
  expect((await figures.scorecard({ origin: 'replay', judge: 'numeric', by: [...by] })).settled).toBe(0);
});

test('an outcome that is settled never changes', () => {
  store(1, 0.5);
  const outcomes = createOutcomeStore(database);
  const [{ decision, outcome }] = seededDecisions(1, 11, 0.5) as [ReturnType<typeof seededDecisions>[number]];
  expect(outcomes.add({ ...outcome, exitPrice: 1 }, decision)).toBe(false);
  expect(outcomes.get(decision.id)).toEqual(outcome);
});

test('payoff counts a setup once, however often it was decided', () => {
  store(60, 0.6);
  const outcomes = createOutcomeStore(database);
  const before = outcomes.payoff({ origin: 'both' }, Infinity);
  expect(before).toMatchObject({ n: 60 });
  const journal = createJournal(database);
  for (const { decision, outcome } of seededDecisions(60, 11, 0.6)) {
    const id = `d-again-${decision.id}`;
    const again = { ...decision, id, origin: 'replay' as const, replayId: 'p-1' };
    journal.add(again);
    outcomes.add({ ...outcome, decisionId: id }, again);
  }
  expect(outcomes.payoff({ origin: 'both' }, Infinity)).toEqual(before);
  expect(outcomes.payoff({ origin: 'replay' }, Infinity)).toEqual(before);
});
