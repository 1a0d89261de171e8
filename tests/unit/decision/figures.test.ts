import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createFigures,
  createJournal,
  createOutcomeStore,
  DECISION_MIGRATIONS,
  type Figures,
} from '../../../electron/engine/decision/index.ts';
import { type Database, openDatabase } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { seededDecisions } from './support.ts';

const BY = ['sample'] as const;

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

describe('a live decision that is no forecast', () => {
  const DAY = 86_400_000;
  const add = (count: number, createdAt: (asOf: number, i: number) => number, part: Partial<Decision> = {}) => {
    const [journal, outcomes] = [createJournal(database), createOutcomeStore(database)];
    for (const [i, { decision, outcome }] of seededDecisions(count, 11, 0.6).entries()) {
      const at = createdAt(Date.parse(decision.asOf), i);
      const made = { ...decision, createdAt: new Date(at).toISOString(), ...part };
      journal.add(made);
      outcomes.add(outcome, made);
    }
  };
  const card = (origin: 'live' | 'both') => figures.scorecard({ origin, judge: 'numeric', by: [...BY] });

  test('made when the first bar of its outcome had ended, it is marked late, left out of live figures, and steers no later decision', async () => {
    // entry on the day of the as-of in New York, which ends at 05:00 UTC of the next, in summer at 04:00: the last comes just in time
    add(30, (asOf, i) => asOf + (i < 20 ? 60_000 : i < 29 ? 29 * 3_600_000 : 28 * 3_600_000 - 1));
    expect(await card('live')).toMatchObject({
      settled: 30,
      late: 9,
      lateCounted: 0,
      overlapping: 0,
      alwaysLong: { n: 21 },
    });
    expect(await card('both')).toMatchObject({ settled: 30, late: 0, lateCounted: 9, alwaysLong: { n: 30 } });
    const outcomes = createOutcomeStore(database);
    for (const origin of ['live', 'both'] as const) {
      expect(outcomes.payoff({ origin }, Infinity).n).toBe(21);
      expect((await figures.calibration({ origin }, Infinity)).n).toBe(20);
    }
    const late = outcomes.records({ origin: 'live' }).filter((record) => record.late);
    expect(late.map(({ decisionId }) => outcomes.get(decisionId)!.late)).toEqual(Array(9).fill(true));
  });

  test('stored by a clock that was set back behind what is stored already, too', async () => {
    add(10, (asOf) => asOf + 60_000);
    const outcomes = createOutcomeStore(database);
    const [{ decision, outcome }] = seededDecisions(1, 12, 1) as [ReturnType<typeof seededDecisions>[number]];
    createJournal(database).add(decision);
    outcomes.add(outcome, decision);
    expect(outcomes.get(decision.id)).toEqual({ ...outcome, late: true });
  });

  test('a replayed one is never late', async () => {
    add(10, () => Date.UTC(2026, 0, 1), { origin: 'replay', replayId: 'p-1' });
    expect(
      createOutcomeStore(database)
        .records({ origin: 'replay' })
        .some(({ late }) => late),
    ).toBe(false);
    const later = seededDecisions(1, 11, 0.6)[0]!;
    expect(Date.UTC(2026, 0, 1)).toBeGreaterThan(Date.parse(later.decision.asOf) + 1000 * DAY);
  });

  test('of the years that only temperatures were fitted on, it counts and stands apart', async () => {
    add(12, (asOf) => asOf + 60_000, { sampleStatus: 'tuning' });
    const { tuning, inSample, alwaysLong, groups } = await card('live');
    expect([tuning, inSample, alwaysLong?.n]).toEqual([12, 0, 12]);
    expect(groups).toMatchObject([{ by: 'sample', name: 'tuning', settled: 12 }]);
  });
});

describe('the judges of decisions of both', () => {
  const PROMPTS = { research: 'b'.repeat(64), support: 'c'.repeat(64) };
  const both = (decision: Decision, said: 'long' | 'short'): Decision => ({
    ...decision,
    judge: 'llm',
    opinions: {
      numeric: { action: decision.action, confidence: 0.9, sentence: '' },
      language: { action: said, confidence: 0.9, sentence: '' },
      sentence: '',
      follows: null,
    },
    language: { model: 'Phi' } as Decision['language'] & object,
    provenance: {
      ...decision.provenance,
      modelHashes: { convnext: 'a'.repeat(64), llm: 'd'.repeat(64) },
      promptHashes: PROMPTS,
    },
  });

  test('what both say and what the language model says alone are counted apart, with the model that said it', async () => {
    const [journal, outcomes] = [createJournal(database), createOutcomeStore(database)];
    for (const { decision, outcome } of seededDecisions(20, 11, 1)) {
      const made = both(decision, decision.action === 'long' ? 'short' : 'long');
      journal.add(made);
      outcomes.add(outcome, made);
    }
    const of = (judge: 'numeric' | 'language' | 'combined') => figures.scorecard({ origin: 'live', judge, by: [] });
    expect(await of('numeric')).toMatchObject({ settled: 0, models: [] });
    const combined = await of('combined');
    expect(combined.taken).toMatchObject({ n: 20, hits: 20 });
    const model = { name: 'Phi', sha256: 'd'.repeat(64), prompts: PROMPTS, decisions: 20, leakage: null };
    expect(combined.models).toEqual([model]);
    const language = await of('language');
    expect(language.taken).toMatchObject({ n: 20, hits: 0 });
    expect([language.forecast, language.models]).toEqual([null, [model]]);
  });
});
