import { readdirSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { createSetupMemory } from '../../../electron/engine/memory/index.ts';
import { JOURNAL_MIGRATIONS } from '../../../electron/engine/open-databases.ts';
import { backupsOf, type Database, keepBackup, openDatabase } from '../../../electron/engine/platform/index.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';
import { bytesOf, DAY, projection, reading, vector } from './support.ts';

/** The schema before setups said whether they are in sample. */
const OLD = JOURNAL_MIGRATIONS.filter(({ id }) => id < 24 || id === 30);

function openOld(dataDir: string): Database {
  return openDatabase({ file: path.join(dataDir, 'journal.db'), migrations: OLD, synchronous: 'FULL' });
}

/** A decision and its setup as that version stored them. */
function storeOld(
  database: Database,
  sampleStatus: 'training' | 'out',
  seed: number,
  convnext = projection.network,
): string {
  const { provenance } = storedDecision();
  const decision = storedDecision({ sampleStatus, provenance: { ...provenance, modelHashes: { convnext } } });
  createJournal(database).add(decision);
  const { lastInsertRowid } = database
    .prepare(
      `INSERT INTO setups (decision_id, symbol, source, interval, regime, side, horizon, cost, known_at, window_from, origin, reading, near)
       VALUES (?, 'AAPL', 'samples', '1d', 'trending', 'long', 16, 0.001, ?, ?, 'live', ?, ?)`,
    )
    .run(decision.id, (100 + seed) * DAY, 36 * DAY, JSON.stringify(reading), bytesOf(projection.project(vector(seed))));
  database
    .prepare('INSERT INTO setup_features (id, embedding) VALUES (?, ?)')
    .run(lastInsertRowid, bytesOf(vector(seed)));
  return decision.id;
}

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

async function opened(dataDir: string): Promise<Engine> {
  const engine = await testEngine({ dataDir });
  engines.push(engine);
  return engine;
}

describe('a journal of the schema before 24', () => {
  it('marks the setups of decisions in sample, so that none of them is recalled', async () => {
    const dataDir = temporaryFolder('old-journal');
    const old = openOld(dataDir);
    const [trained, out] = [storeOld(old, 'training', 1), storeOld(old, 'out', 2)];
    old.close();
    const database = openJournalDatabase(dataDir);
    const marks = database.prepare('SELECT decision_id, in_sample FROM setups ORDER BY id').raw().all();
    expect(marks).toEqual([
      [trained, 1],
      [out, 0],
    ]);
    const memory = createSetupMemory(database, () => projection);
    const query = { embedding: vector(1), k: 5, asOf: 1000 * DAY, resolved: false, origin: 'live' } as const;
    expect((await memory.nearest(query)).map(({ decisionId }) => decisionId)).toEqual([out]);
    database.close();
  });

  it('knows which network made each feature, and compares none with those of another', async () => {
    const dataDir = temporaryFolder('old-journal');
    const old = openOld(dataDir);
    const [earlier, own] = [storeOld(old, 'out', 1, 'e'.repeat(64)), storeOld(old, 'out', 2)];
    old.close();
    const database = openJournalDatabase(dataDir);
    const memory = createSetupMemory(database, () => projection);
    const query = { embedding: vector(1), k: 5, asOf: 1000 * DAY, resolved: false, origin: 'live' } as const;
    expect((await memory.nearest(query)).map(({ decisionId }) => decisionId)).toEqual([own]);
    expect(memory.picture(earlier)?.network).toBe('e'.repeat(64));
    database.close();
  });

  it('keeps its decisions where the table of setups is gone, and makes that anew', async () => {
    const dataDir = temporaryFolder('old-journal');
    const old = openOld(dataDir);
    const id = storeOld(old, 'out', 1);
    old.exec('DROP TABLE setups');
    old.close();
    const engine = await opened(dataDir);
    expect((await engine.client.decisions.get({ id })).id).toBe(id);
    expect(await engine.client.memory.state()).toMatchObject({ setups: 0 });
  });

  it('is set aside unchanged where its tables are not those of its schema, and the newest backup is offered', async () => {
    const dataDir = temporaryFolder('old-journal');
    const old = openOld(dataDir);
    const id = storeOld(old, 'out', 1);
    old.close();
    await keepBackup(dataDir, Date.parse('2026-01-02T00:00:00Z'));
    const [backup] = backupsOf(dataDir);
    const broken = openOld(dataDir);
    broken.exec('DROP TABLE decisions');
    broken.close();
    const engine = await opened(dataDir);
    expect(engine.notices.join(' ')).toMatch(
      /journal\.db is damaged; it was set aside as .* The newest backup is of .*brainnet restore/,
    );
    const aside = readdirSync(dataDir).find((name) => /^journal\.db\.damaged-[^.]+$/.test(name));
    const kept = new BetterSqlite3(path.join(dataDir, aside!), { readonly: true });
    expect(kept.prepare('SELECT decision_id FROM setups').pluck().all()).toEqual([id]);
    kept.close();
    expect(backupsOf(dataDir, 'earlier')).toMatchObject([{ group: 'earlier', at: backup!.at }]);
  });
});
