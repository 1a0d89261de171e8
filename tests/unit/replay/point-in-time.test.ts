import { cpSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { forgetLater, importBars, randomWalkCsv, replayRecords, replayToEnd, workingDays } from './support.ts';

const SYMBOLS = ['ONE', 'TWO', 'THREE'];
const BARS = 200;
const RUNS = Number(process.env.REPLAY_HISTORIES ?? 3);

let engine: Engine;
let dataDir: string;

beforeAll(async () => {
  dataDir = temporaryFolder('replay-point-in-time');
  engine = await testEngine({ dataDir });
});
afterAll(() => engine.close());

/** The decisions of a replay of these histories, cut after some bars; the replay is removed again. */
async function decisionsOn(seed: number, bars: number): Promise<Decision[]> {
  for (const [i, symbol] of SYMBOLS.entries()) {
    const [header, ...rows] = randomWalkCsv(BARS, seed + i).split('\n');
    await importBars(engine, symbol, [header, ...rows.slice(0, bars)].join('\n'));
  }
  const symbols = SYMBOLS.map((symbol) => ({ symbol, source: 'csv' as const }));
  const { id } = await replayToEnd(engine, { symbols, horizonBars: 4 });
  const decisions = replayRecords(dataDir).decisions as Decision[];
  await engine.client.replay.remove({ id });
  return decisions;
}

/** Other bars make another replay with other ids: they are replaced by what they stand for, and hashes over them left out. */
function comparable(decisions: readonly Decision[]): Map<string, string> {
  const names = new Map(decisions.map(({ id, symbol, asOf }) => [id, `${symbol} at ${asOf}`]));
  const named = (text: string) => text.replace(/d-[0-9a-f-]{36}/g, (id) => names.get(id) ?? 'a decision unknown here');
  return new Map(
    decisions.map(({ id, runId: _run, replayId: _replay, contentHash: _hash, ...decision }) => {
      const rounds = decision.rounds.map((round) => ({
        ...round,
        added: round.added.map((look) => (look.kind === 'memory' ? { ...look, windowHash: '' } : look)),
      }));
      return [names.get(id)!, named(JSON.stringify({ ...decision, rounds }))];
    }),
  );
}

describe('point in time', () => {
  it(`over ${RUNS} random histories: without any later bar, and without every record of later, each decision, neighbour and calibration figure is the same`, async () => {
    const days = workingDays(BARS);
    let [recalled, calibrated] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 165, max: 198 }),
        async (seed, bars) => {
          const whole = await decisionsOn(seed, BARS);
          const cut = await decisionsOn(seed, bars);
          const expected = comparable(whole);
          for (const [name, decision] of comparable(cut)) expect(decision).toBe(expected.get(name));
          expect(cut).toHaveLength(whole.filter(({ lastBarDate }) => lastBarDate <= days[bars - 1]!).length);
          recalled += cut.filter(({ rounds }) =>
            rounds.some(({ added }) => added.some(({ kind }) => kind === 'memory')),
          ).length;
          calibrated += cut.filter(({ pCorrect }) => pCorrect.state === 'calibrated').length;
        },
      ),
      { numRuns: RUNS, seed: 7 },
    );
    expect(recalled).toBeGreaterThan(0);
    expect(calibrated).toBeGreaterThan(0);
  }, 300_000);
});

describe('a live decision of an earlier day', () => {
  it('is the same, byte for byte, where bars and records of later are deleted, over random days', async () => {
    const symbols = SYMBOLS.map((symbol) => ({ symbol, source: 'csv' as const }));
    for (const [i, symbol] of SYMBOLS.entries()) await importBars(engine, symbol, randomWalkCsv(BARS, 40 + i));
    await replayToEnd(engine, { symbols, horizonBars: 4 });
    const days = workingDays(BARS);
    let calibrated = 0;
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 150, max: 195 }), async (bars) => {
        const asOf = days[bars - 1]!;
        const folder = temporaryFolder('replay-forgetful');
        const knowing = await decide(engine, { symbols, horizonBars: 4, asOf });
        await engine.close();
        cpSync(dataDir, folder, { recursive: true });
        engine = await testEngine({ dataDir });
        expect(forgetLater(folder, Date.parse(knowing[0]!.asOf))).toBeGreaterThan(0);
        const other = await testEngine({ dataDir: folder });
        for (const [i, symbol] of SYMBOLS.entries()) {
          const rows = randomWalkCsv(BARS, 40 + i).split('\n');
          await importBars(other, symbol, rows.slice(0, bars + 1).join('\n'));
        }
        const forgetful = await decide(other, { symbols, horizonBars: 4, asOf });
        await other.close();
        expect(forgetful.map(({ contentHash }) => contentHash)).toEqual(knowing.map(({ contentHash }) => contentHash));
        calibrated += knowing.filter(({ pCorrect }) => pCorrect.state === 'calibrated').length;
      }),
      { numRuns: RUNS, seed: 11 },
    );
    expect(calibrated).toBeGreaterThan(0);
  }, 300_000);
});
