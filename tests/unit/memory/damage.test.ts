import { describe, expect, it } from 'vitest';
import { createFaults, createSetupMemory } from '../../../electron/engine/memory/index.ts';
import { DAY, openJournal, openSetups, projection, setup, vector } from './support.ts';

const query = { embedding: vector(1), k: 5, asOf: 1000 * DAY, resolved: false, origin: 'live' } as const;

describe('a memory that is damaged or gone', () => {
  it('is made anew where its table is gone, and says so', async () => {
    const database = openJournal();
    openSetups(database).addSetups([setup()]);
    database.exec('DROP TABLE setups');
    const faults = createFaults(() => {});
    const memory = createSetupMemory(database, () => projection, faults);
    expect(await memory.nearest(query)).toEqual([]);
    memory.addSetups([setup()]);
    expect(await memory.nearest(query)).toHaveLength(1);
    expect(faults.problem()).toMatch(/no table setups/);
  });

  it('loses no decision of the same transaction when a setup cannot be stored', () => {
    const database = openJournal();
    database.exec('CREATE TABLE decisions (id TEXT)');
    const faults = createFaults(() => {});
    const memory = createSetupMemory(database, () => projection, faults);
    database.transaction(() => {
      database.exec("INSERT INTO decisions VALUES ('d-1')");
      memory.addSetups([setup({ decisionId: 'd-0', knownAt: 50 * DAY }), setup({ embedding: new Float32Array(3) })]);
    })();
    expect(database.prepare('SELECT id FROM decisions').pluck().all()).toEqual(['d-1']);
    expect(memory.count()).toEqual({ setups: 0, settled: 0 });
    expect(faults.problem()).toMatch(/decisions and outcomes are stored all the same/);
  });

  it('answers without neighbours when it cannot be read, and goes on', async () => {
    const database = openJournal();
    const faults = createFaults(() => {});
    const memory = createSetupMemory(database, () => projection, faults);
    memory.addSetups([setup()]);
    expect(await memory.nearest({ ...query, embedding: new Float32Array(3) })).toEqual([]);
    expect(faults.problem()).not.toBeNull();
    expect(await memory.nearest(query)).toHaveLength(1);
  });
});
