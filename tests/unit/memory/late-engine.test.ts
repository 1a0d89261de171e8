import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, workingDays } from '../replay/support.ts';

const BARS = 200;
const days = workingDays(BARS);

let engine: Engine | null = null;
afterEach(() => engine?.close());

it('decisions on bars whose outcome is known already count in no live figure of the memory, as in the scorecard', async () => {
  engine = await testEngine({ dataDir: temporaryFolder('late'), clock: { now: () => Date.parse('2030-01-01') } });
  const { client } = engine;
  await client.settings.set({ name: 'HORIZON_BARS', value: 4 });
  await importBars(engine, 'ONE', randomWalkCsv(BARS, 9));
  await client.memory.knowledge.addPattern({ name: 'P', description: 'Walks go on', symbol: 'ONE' });
  for (const bar of [100, 120, 140])
    await decide(engine, { symbols: [{ symbol: 'ONE', source: 'csv' }], asOf: days[bar]!, allowStale: true });
  expect(await client.decisions.settle({ symbol: 'ONE' })).toMatchObject({ pending: 0, lost: 0 });
  const card = await client.decisions.scorecard({ origin: 'live' });
  expect([card.settled, card.late]).toEqual([3, 3]);
  const [pattern] = await client.memory.knowledge.patterns({});
  expect(pattern!.live.n).toBe(0);
});
