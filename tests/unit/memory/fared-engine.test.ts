import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, workingDays } from '../replay/support.ts';

const BARS = 200;
const AT = 150;
const days = workingDays(BARS);
const ONE = { symbol: 'ONE', source: 'csv' as const };

let now = 0;
let engine: Engine | null = null;
afterEach(() => engine?.close());

/** An engine that stands at the end of bar AT and holds no later bar. */
async function begun(dataDir: string): Promise<Engine> {
  now = Date.parse(days[0]!);
  engine = await testEngine({ dataDir, clock: { now: () => now } });
  await engine.client.settings.set({ name: 'CONFIDENCE_THRESHOLD', value: 1 });
  await engine.client.settings.set({ name: 'HORIZON_BARS', value: 4 });
  return engine;
}

/** The bars up to one of them have come, and the day after has begun in New York. */
async function barsUpTo(bar: number): Promise<void> {
  now = Date.parse(days[bar]!) + 30 * 3_600_000;
  const [header, ...rows] = randomWalkCsv(BARS, 9).split('\n');
  await importBars(engine!, 'ONE', [header, ...rows.slice(0, bar + 1)].join('\n'));
}

it('a pattern that a decision met is named by it, and has fared as it did once its outcome is known', async () => {
  const { client } = await begun(temporaryFolder('fared'));
  const { id } = await client.memory.knowledge.addPattern({ name: 'P', description: 'Walks go on', symbol: 'ONE' });
  await barsUpTo(AT);
  const [decision] = await decide(engine!, { symbols: [ONE] });
  expect(decision!.provenance.memoryIds).toContain(id);
  const found = async (asOf?: string) => (await client.memory.search({ text: 'walks', asOf }))[0]!.memory;
  expect(await found()).toMatchObject({ recalled: 1, fared: null, settled: 0 });
  await barsUpTo(AT + 10);
  await client.decisions.settle({ symbol: 'ONE' });
  const state = await client.decisions.outcome({ id: decision!.id });
  const results = state.state === 'settled' ? [state.outcome.long.result, state.outcome.short.result] : [];
  const { fared, settled } = await found();
  expect(settled).toBe(1);
  expect(results[fared === 0 ? 0 : results.indexOf(fared === 1 ? 'win' : 'loss')]).toBe(
    fared === 0 ? 'flat' : fared === 1 ? 'win' : 'loss',
  );
  expect(await found(decision!.asOf)).toMatchObject({ fared: null, settled: 0 });
  expect(await client.replay.decision({ id: decision!.id })).toMatchObject({ identical: true });
});

it('a note that the loop showed before a decision has fared as that did', async () => {
  const { client, orchestrator } = await begun(temporaryFolder('fared'));
  const { id } = await client.memory.add({ kind: 'note', text: 'Seen by the loop', symbol: 'ONE' });
  await barsUpTo(AT);
  for await (const event of orchestrator.loop({ symbols: [ONE], delayMs: 1, iterations: 1 })) {
    if (event.type === 'memory') expect(event.ids).toEqual([id]);
  }
  await barsUpTo(AT + 10);
  await client.decisions.settle({ symbol: 'ONE' });
  expect((await client.memory.search({ text: 'loop' }))[0]!.memory).toMatchObject({ recalled: 1, settled: 1 });
});
