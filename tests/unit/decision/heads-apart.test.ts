import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import {
  createFigures,
  createJournal,
  createOutcomeStore,
  DECISION_MIGRATIONS,
  pCorrectOf,
} from '../../../electron/engine/decision/index.ts';
import { openDatabase } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { seededDecisions } from './support.ts';

const HEAD = 'd'.repeat(64);

test('P(correct) of one network is fitted on decisions that it read, and on none of another', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'brainnet-networks-'));
  const file = path.join(folder, 'journal.db');
  const database = openDatabase({ file, migrations: DECISION_MIGRATIONS, synchronous: 'FULL' });
  const [journal, outcomes, figures] = [createJournal(database), createOutcomeStore(database), createFigures(file)];
  const network = (i: number) => (i % 4 === 0 ? 'a' : 'b').repeat(64);
  seededDecisions(80, 12, 0.6).forEach(({ decision, outcome }, i) => {
    const read = { ...decision, provenance: { ...decision.provenance, modelHashes: { convnext: network(i) } } };
    journal.add(read);
    outcomes.add(outcome, read);
  });
  const counted = async (model: string) => (await figures.calibration({ origin: 'live', model }, Infinity)).n;
  expect([await counted(network(0)), await counted(network(1)), await counted('c'.repeat(64))]).toEqual([20, 60, 0]);
  await figures.close();
  database.close();
  rmSync(folder, { recursive: true });
});

test('P(correct) of decisions that a fine-tuned regime head read is fitted on such decisions alone, and the other way round', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'brainnet-heads-'));
  const file = path.join(folder, 'journal.db');
  const database = openDatabase({ file, migrations: DECISION_MIGRATIONS, synchronous: 'FULL' });
  const [journal, outcomes, figures] = [createJournal(database), createOutcomeStore(database), createFigures(file)];
  const read = (decision: Decision, i: number): Decision =>
    i % 3 === 0 ? { ...decision, provenance: { ...decision.provenance, modelHashes: { regimeHead: HEAD } } } : decision;
  seededDecisions(180, 11, 0.6).forEach(({ decision, outcome }, i) => {
    journal.add(read(decision, i));
    outcomes.add(outcome, read(decision, i));
  });
  const calibrated = (regimeHead?: string) => figures.calibration({ origin: 'live', regimeHead }, Infinity);
  const [shipped, tuned, other, both] = [
    await calibrated(''),
    await calibrated(HEAD),
    await calibrated('e'.repeat(64)),
    await calibrated(),
  ];
  expect([shipped.n, tuned.n, other.n, both.n]).toEqual([120, 60, 0, 180]);
  const records = outcomes.records({ origin: 'live', regimeHead: HEAD });
  const share = records.filter(({ won }) => won.long).length / 60;
  expect(tuned.base.long).toBeCloseTo(share, 12);
  expect(pCorrectOf(other, { side: 'long', rule: 'trend' }, 0.5, true).sentence).toBe(
    'P(correct) is uncalibrated (n = 0, read with these fine-tuned heads): 50 settled decisions are needed, and late ones do not count.',
  );
  const by = (await figures.scorecard({ origin: 'live', judge: 'numeric', by: ['model'] })).groups;
  expect(by.filter(({ name }) => name.includes('regime head dddddddd')).map(({ settled }) => settled)).toEqual([60]);
  await figures.close();
  database.close();
  rmSync(folder, { recursive: true });
});
