import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { decide, sampleCsv, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, replayRecords, replayToEnd } from './support.ts';

const DAY = 86_400_000;
const WEEKS = 110;
let engine: Engine;
let dataDir: string;

beforeAll(async () => {
  dataDir = temporaryFolder('reproduce-coarser');
  engine = await testEngine({ dataDir });
}, 60_000);
afterAll(() => engine.close());

const again = ({ id }: Pick<Decision, 'id'>) => engine.client.replay.decision({ id });
const weekly = (symbol: string, source: 'samples' | 'csv') => ({ symbol, source, interval: '1wk' as const });

describe('decisions on weeks and months made of days', () => {
  const samples = ['AAPL', 'MSFT', 'IBM', 'GOOG'];

  it('of the bundled samples come out again, byte for byte, as of the newest bar', async () => {
    const decisions = await decide(engine, { symbols: samples.map((symbol) => weekly(symbol, 'samples')) });
    expect(decisions.map(({ interval }) => interval)).toEqual(samples.map(() => '1wk'));
    for (const decision of decisions)
      expect(await again(decision), decision.symbol).toMatchObject({ identical: true, differs: null });
  });

  it.each([
    ['AAPL', '1wk', '2005-03-01', '2005-02-25', '2005-02-26T05:00:00.000Z'],
    ['IBM', '1mo', '2011-06-15', '2011-05-31', '2011-06-01T04:00:00.000Z'],
  ] as const)('%s %s as of %s is in prices of %s, its last day', async (symbol, interval, asOf, last, end) => {
    const row = sampleCsv(symbol)
      .split('\n')
      .find((line) => line.startsWith(last))!;
    const symbols = [{ symbol, source: 'samples' as const, interval }];
    const [decision] = await decide(engine, { symbols, asOf });
    expect([decision!.lastClose, decision!.asOf]).toEqual([Number(row.split(',')[4]), end]);
    expect(await again(decision!)).toMatchObject({ identical: true });
  });

  it('of a replay come out again, and settle on the week of their horizon, whichever Fridays are holidays', async () => {
    const [title, ...rows] = randomWalkCsv(WEEKS * 5, 3).split('\n');
    const kept = rows.filter((_, i) => i % 5 !== 4 || i % 15 === 14);
    await importBars(engine, 'HOLIDAYS', [title, ...kept].join('\n'));
    await replayToEnd(engine, { symbols: [weekly('HOLIDAYS', 'csv')], horizonBars: 4, stepBars: 5 });
    const { decisions, outcomes } = replayRecords(dataDir) as { decisions: Decision[]; outcomes: Outcome[] };
    expect(decisions).toHaveLength(Math.ceil((WEEKS - 64) / 5));
    for (const decision of decisions) expect(await again(decision)).toMatchObject({ identical: true });
    expect(outcomes.length).toBeGreaterThanOrEqual(decisions.length - 1);
    for (const { decisionId, entryTime, exitTime } of outcomes) {
      const decided = Date.parse(decisions.find(({ id }) => id === decisionId)!.window.end);
      expect([entryTime, exitTime].map((time) => (Date.parse(time) - decided) / (7 * DAY))).toEqual([1, 4]);
    }
  }, 60_000);
});
