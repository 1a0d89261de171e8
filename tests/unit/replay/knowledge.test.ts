import { expect, it } from 'vitest';
import type { Decision } from '../../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, replayRecords, replayToEnd, workingDays } from './support.ts';

const BARS = 180;
const days = workingDays(BARS);
const ONE = { symbol: 'ONE', source: 'csv' as const };
const NEVER_SURE = { CONFIDENCE_THRESHOLD: '1' };

/** What the numeric judge and the figures make of a setup; the evidence that stands beside it left out. */
const figuresOf = ({
  action,
  proposed,
  holdReasons,
  regime,
  confidence,
  rounds,
  pCorrect,
  trackRecord,
  edge,
}: Decision) => ({
  ...{ action, proposed, holdReasons, regime, confidence, rounds, pCorrect, trackRecord, edge },
});
const notesOf = ({ evidenceFor }: Decision) => evidenceFor.filter(({ code }) => code === 'pattern');

/** An engine that has known patterns on everything since before the first bar, or knows none. */
async function begun(knowing: boolean) {
  const dataDir = temporaryFolder('replay-knowledge');
  let now = Date.parse(days[0]!) - 86_400_000;
  const engine = await testEngine({ dataDir, flags: NEVER_SURE, clock: { now: () => now } });
  const { memory } = engine.client;
  if (knowing) {
    await memory.knowledge.addPattern({ name: 'Always short', description: 'It falls', successRate: 1, symbol: 'ONE' });
    await memory.knowledge.addPattern({
      name: 'Daily',
      description: 'Bars of days fall',
      successRate: 1,
      interval: '1d',
    });
    await memory.add({ kind: 'feedback', text: 'Every long on it was wrong', symbol: 'ONE' });
  }
  now = Date.parse('2005-01-01');
  await importBars(engine, 'ONE', randomWalkCsv(BARS, 3));
  return { engine, dataDir };
}

it('what is written moves no figure and no action of the numeric judge, so that a replay loses nothing by knowing none of it', async () => {
  const told: { live: Decision[]; replayed: Decision[] }[] = [];
  for (const knowing of [false, true]) {
    const { engine, dataDir } = await begun(knowing);
    const live: Decision[] = [];
    for (const asOf of [days[120]!, days[150]!]) live.push(...(await decide(engine, { symbols: [ONE], asOf })));
    await replayToEnd(engine, { symbols: [ONE], horizonBars: 4 });
    await engine.close();
    told.push({ live, replayed: replayRecords(dataDir).decisions as Decision[] });
  }
  const [without, knowing] = [told[0]!, told[1]!];
  expect(knowing.live.map(figuresOf)).toEqual(without.live.map(figuresOf));
  expect(knowing.live.every((decision) => notesOf(decision).length === 2)).toBe(true);
  expect(knowing.replayed.length).toBeGreaterThan(20);
  expect(knowing.replayed.map(({ contentHash }) => contentHash)).toEqual(
    without.replayed.map(({ contentHash }) => contentHash),
  );
  expect(knowing.replayed.flatMap(notesOf)).toEqual([]);
}, 120_000);
