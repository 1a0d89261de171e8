import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash, contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, replayRecords, replayToEnd } from './support.ts';

const SYMBOLS = ['ONE', 'TWO', 'THREE'];
let engine: Engine;
let dataDir: string;
let replayed: Decision[];
let live: Decision[];

beforeAll(async () => {
  dataDir = temporaryFolder('reproduce');
  engine = await testEngine({ dataDir });
  for (const [i, symbol] of SYMBOLS.entries()) await importBars(engine, symbol, randomWalkCsv(190, i + 1));
  const symbols = SYMBOLS.map((symbol) => ({ symbol, source: 'csv' as const }));
  await replayToEnd(engine, { symbols, horizonBars: 4 });
  replayed = replayRecords(dataDir).decisions as Decision[];
  live = await decide(engine, { symbols, horizonBars: 4 });
}, 120_000);
afterAll(() => engine.close());

const again = ({ id }: Pick<Decision, 'id'>) => engine.client.replay.decision({ id });
const kinds = ({ rounds }: Decision) => rounds.flatMap(({ added }) => added.map(({ kind }) => kind));

/** The last replayed decision that drew on memory and on a calibration, and the newest live one. */
const rich = () =>
  replayed.findLast((decision) => kinds(decision).includes('memory') && decision.pCorrect.state === 'calibrated')!;

/** Changes a stored decision behind the engine's back, with the hash of what it says then. */
function tamper(decision: Decision, change: (decision: Decision) => void, rehash = true): void {
  const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
  const body = database.prepare('SELECT body FROM decisions WHERE id = ?').pluck().get(decision.id) as string;
  const { createdAt } = JSON.parse(body) as Decision;
  const changed = { ...structuredClone(decision), createdAt };
  change(changed);
  if (rehash) changed.contentHash = contentHash(contentOf(changed));
  database.prepare('UPDATE decisions SET body = ? WHERE id = ?').run(JSON.stringify(changed), decision.id);
  database.close();
}

describe('replay-decision', () => {
  it('makes every replayed decision again, byte for byte: with memory, without, calibrated or not', async () => {
    expect(rich()).toBeDefined();
    for (const decision of [...replayed.filter((_, i) => i % 9 === 0), rich()])
      expect(await again(decision)).toMatchObject({ identical: true, differs: null, notes: [] });
  });

  it('makes a live decision again, also when outcomes and setups have come since that it did not know', async () => {
    expect(live.some((decision) => decision.pCorrect.state === 'calibrated')).toBe(true);
    for (const decision of live) expect(await again(decision)).toMatchObject({ identical: true });
    const more = { symbols: [{ symbol: 'ONE', source: 'csv' as const }], horizonBars: 4, stepBars: 3 };
    const { id } = await replayToEnd(engine, more);
    for (const decision of live) expect(await again(decision)).toMatchObject({ identical: true });
    await engine.client.replay.remove({ id });
  });

  it('is not made impossible unasked: a replay that live decisions recalled is removed only by force', async () => {
    const own = replayed[0]!.replayId!;
    const ids = new Set(replayed.map(({ id }) => id));
    const resting = live.filter(({ provenance }) => provenance.memoryIds.some((id) => ids.has(id))).length;
    expect(resting).toBeGreaterThan(0);
    await expect(engine.client.replay.remove({ id: own })).rejects.toMatchObject({
      code: 'REPLAY_NEEDED',
      message: expect.stringContaining(`${own}: ${resting}`),
    });
    for (const decision of live) expect(await again(decision)).toMatchObject({ identical: true });
  });

  const cases: [string, string, number | null, (decision: Decision) => void][] = [
    ['bars', 'bars', null, (decision) => (decision.lastClose += 1)],
    ['window hash', 'window hash', null, (decision) => (decision.window.hash = 'b'.repeat(64))],
    ['model', 'model', null, (decision) => (decision.provenance.modelHashes.convnext = 'b'.repeat(64))],
    ['settings', 'settings', null, (decision) => (decision.provenance.settingsHash = 'b'.repeat(64))],
    ['reading', 'reading', null, (decision) => (decision.provenance.rawAnswers[0]!.values[0]! += 1e-6)],
    ['round', 'round', 1, (decision) => (decision.rounds[1]!.confidence.value = 0.5)],
    ['memory', 'memory', null, (decision) => decision.provenance.memoryIds.pop()],
    ['calibration', 'calibration', null, (decision) => (decision.pCorrect.n += 1)],
    ['action', 'action', null, (decision) => decision.holdReasons.reverse().push(decision.holdReasons[0]!)],
    ['other', 'other', null, (decision) => (decision.features.entropy += 0.1)],
  ];
  it.each(cases)('names the %s where it differs', async (_name, part, round, change) => {
    tamper(rich(), change);
    const result = await again(rich());
    expect(result).toMatchObject({ identical: false, differs: { part, round } });
    expect(result.differs!.stored).not.toBe(result.differs!.now);
    tamper(rich(), () => {});
  });

  it('says where the stored record itself was changed', async () => {
    tamper(rich(), (decision) => (decision.action = 'long'), false);
    expect((await again(rich())).sentence).toContain('was changed');
    tamper(rich(), () => {});
  });

  it('names the bars where they were changed or are gone', async () => {
    const one = live.find(({ symbol }) => symbol === 'ONE')!;
    await importBars(engine, 'ONE', randomWalkCsv(190, 50));
    expect(await again(one)).toMatchObject({ identical: false, differs: { part: 'bars' } });
    await importBars(engine, 'ONE', randomWalkCsv(70, 1));
    expect(await again(one)).toMatchObject({ identical: false, differs: { part: 'bars' } });
    await importBars(engine, 'ONE', randomWalkCsv(190, 1));
    expect(await again(one)).toMatchObject({ identical: true });
  });

  it('ends with 0 where identical, 1 where not or where there is no model to ask again', async () => {
    await engine.close();
    const cli = (...args: string[]) => runCli(['replay-decision', ...args, '--json', '--data-dir', dataDir]);
    const same = await cli(rich().id);
    expect([same.code, same.lines()[0]]).toMatchObject([0, { type: 'reproduction', identical: true }]);
    tamper(rich(), (decision) => (decision.lastClose += 1));
    expect((await cli(rich().id)).code).toBe(1);
    const unasked = await cli(rich().id, '--regenerate');
    expect([unasked.code, unasked.lines()[0]]).toMatchObject([1, { error: { code: 'INVALID_INPUT' } }]);
    expect((await cli('d-00000000-0000-4000-8000-000000000000')).lines()[0]).toMatchObject({
      error: { code: 'UNKNOWN_DECISION' },
    });
    engine = await testEngine({ dataDir });
  });
});
