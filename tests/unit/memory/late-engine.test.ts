import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, workingDays } from '../replay/support.ts';

const BARS = 200;
const days = workingDays(BARS);
const ONE = { symbol: 'ONE', source: 'csv' } as const;

let engine: Engine | null = null;
afterEach(() => engine?.close());

/** Decisions of three days, made years later. */
async function decidedLate(): Promise<Engine> {
  engine = await testEngine({ dataDir: temporaryFolder('late'), clock: { now: () => Date.parse('2030-01-01') } });
  await engine.client.settings.set({ name: 'HORIZON_BARS', value: 4 });
  await importBars(engine, 'ONE', randomWalkCsv(BARS, 9));
  await engine.client.memory.knowledge.addPattern({ name: 'P', description: 'Walks go on', symbol: 'ONE' });
  for (const bar of [100, 120, 140]) await decide(engine, { symbols: [ONE], asOf: days[bar]!, allowStale: true });
  expect(await engine.client.decisions.settle({ symbol: 'ONE' })).toMatchObject({ pending: 0, lost: 0 });
  return engine;
}

it('decisions on bars whose outcome is known already count in no live figure of the memory, as in the scorecard', async () => {
  const { client } = await decidedLate();
  const card = await client.decisions.scorecard({ origin: 'live' });
  expect([card.settled, card.late]).toEqual([3, 3]);
  const [pattern] = await client.memory.knowledge.patterns({});
  expect(pattern!.live.n).toBe(0);
});

it('they steer no later decision, which says so', async () => {
  const own = await decidedLate();
  const [live] = await decide(own, { symbols: [ONE], asOf: days[199]!, allowStale: true });
  expect(live!.pCorrect).toMatchObject({ state: 'uncalibrated', n: 0 });
  expect(live!.pCorrect.sentence).toContain('late ones do not count');
  expect([live!.trackRecord, live!.edge?.n, live!.provenance.memoryIds]).toEqual([null, 0, []]);
  const regimes = await own.client.memory.knowledge.regimes({});
  expect(regimes.filter(({ long }) => long.n > 0)).toEqual([]);
}, 60_000);
