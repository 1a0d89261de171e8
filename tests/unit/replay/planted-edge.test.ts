import { expect, it } from 'vitest';
import type { Decision } from '../../../shared/domain/index.ts';
import { seeded, temporaryFolder, testEngine } from '../../support/engine.ts';
import { barsCsv, importBars, replayRecords, replayToEnd } from './support.ts';

const WINDOW = 64;
const HORIZON = 16;
const CYCLE = WINDOW + HORIZON;
const SYMBOLS = 11;
const CYCLES = 55;

/** Cycles of a visible trend over a window, which the next 16 bars follow with 70 %, and go against with 30 %. */
function plantedCsv(seed: number): string {
  const random = seeded(seed);
  let [trend, follows] = [1, true];
  return barsCsv(CYCLES * CYCLE, (i) => {
    if (i % CYCLE === 0) [trend, follows] = [random() < 0.5 ? 1 : -1, random() < 0.7];
    const direction = i % CYCLE < WINDOW || follows ? trend : -trend;
    return direction * 0.005 + (random() - 0.5) * 0.008;
  });
}

it('a planted edge of 70 : 30 is found end to end: the mean P(correct) after 500 outcomes is 0.70 within 0.05', async () => {
  const dataDir = temporaryFolder('replay-planted');
  const engine = await testEngine({ dataDir });
  const names = Array.from({ length: SYMBOLS }, (_, i) => `EDGE${i + 1}`);
  for (const [i, symbol] of names.entries()) await importBars(engine, symbol, plantedCsv(100 + i));
  const symbols = names.map((symbol) => ({ symbol, source: 'csv' as const }));
  const state = await replayToEnd(engine, { symbols, stepBars: CYCLE });
  const { forecast } = await engine.client.decisions.scorecard({ origin: 'replay' });
  await engine.close();
  expect(state).toMatchObject({ status: 'done', decided: SYMBOLS * CYCLES, settled: SYMBOLS * CYCLES });
  const known = (replayRecords(dataDir).decisions as Decision[]).flatMap(({ pCorrect }) =>
    pCorrect.state === 'calibrated' && pCorrect.n >= 500 && pCorrect.rule === 'trend' ? pCorrect : [],
  );
  expect(known.length).toBeGreaterThan(50);
  const mean = known.reduce((sum, { value }) => sum + value, 0) / known.length;
  expect(mean).toBeGreaterThan(0.65);
  expect(mean).toBeLessThan(0.75);
  for (const { low, baseRate } of known) expect(low).toBeGreaterThan(baseRate);
  expect(forecast!.brierSkillInterval![0]).toBeGreaterThan(0);
}, 300_000);
