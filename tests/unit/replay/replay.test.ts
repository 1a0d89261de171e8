import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision, ReplayRequest, ReplayState } from '../../../shared/domain/index.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { importBars, randomWalkCsv, replayRecords, replayToEnd } from './support.ts';

const SYMBOLS = ['ONE', 'TWO', 'THREE'];
const BARS = 170;
const request = (symbols: readonly string[], more: Partial<ReplayRequest> = {}): ReplayRequest => ({
  symbols: symbols.map((symbol) => ({ symbol, source: 'csv' as const })),
  horizonBars: 4,
  ...more,
});

async function openWithBars(): Promise<{ engine: Engine; dataDir: string }> {
  const dataDir = temporaryFolder('replay');
  const engine = await testEngine({ dataDir });
  for (const [i, symbol] of SYMBOLS.entries()) await importBars(engine, symbol, randomWalkCsv(BARS, i + 1));
  return { engine, dataDir };
}

let engine: Engine;
let dataDir: string;
let done: ReplayState;
let whole: Record<string, unknown[]>;

beforeAll(async () => {
  ({ engine, dataDir } = await openWithBars());
  done = await replayToEnd(engine, request(SYMBOLS));
  whole = replayRecords(dataDir);
}, 120_000);
afterAll(() => engine.close());

describe('a replay', () => {
  it('decides every fourth bar of each symbol from its first whole window on, and settles what the bars tell', () => {
    const windows = SYMBOLS.length * (Math.floor((BARS - 64) / 4) + 1);
    expect(done).toMatchObject({ status: 'done', total: windows, done: windows, decided: windows, refused: 0 });
    // the window that ends at bar 167 of 0..169 leaves four bars to none of the three symbols
    expect(done.settled).toBe(windows - SYMBOLS.length);
    expect(whole.decisions).toHaveLength(windows);
    expect(whole.outcomes).toHaveLength(windows - SYMBOLS.length);
  });

  it('marks its decisions, knows only its own outcomes, and is left out of the history unless asked for', async () => {
    for (const decision of whole.decisions as Decision[]) {
      expect(decision).toMatchObject({ origin: 'replay', replayId: done.id });
      const n = (whole.outcomes as { knownAt: string }[]).filter(({ knownAt }) => knownAt <= decision.asOf).length;
      expect(decision.pCorrect.n).toBe(n - (n % 20));
    }
    expect((await engine.client.decisions.list({})).total).toBe(0);
    expect((await engine.client.decisions.list({ origin: 'replay', replayId: done.id })).total).toBe(done.decided);
    expect((await engine.client.decisions.scorecard({})).settled).toBe(0);
    expect((await engine.client.decisions.scorecard({ origin: 'replay' })).settled).toBe(done.settled);
  });

  it('is there already when it is asked for again, and decides nothing twice', async () => {
    const again = await replayToEnd(engine, request(SYMBOLS.toReversed(), { parallel: 1 }));
    expect(again.id).toBe(done.id);
    expect(replayRecords(dataDir)).toEqual(whole);
    expect(await engine.client.replay.estimate(request(SYMBOLS))).toMatchObject({ windows: 0, replayId: done.id });
  });

  it('gives the same whatever the order of symbols, how many run at once, and however often it is cut short', async () => {
    const other = await openWithBars();
    const cut = (after: number) => {
      let cancelled = false;
      return replayToEnd(other.engine, request(SYMBOLS.toReversed(), { parallel: 1 }), ({ id, done }) => {
        if (done >= after && !cancelled) cancelled = true;
        if (cancelled) void other.engine.client.replay.cancel({ id });
      });
    };
    const first = await cut(10);
    expect(first.status).toBe('cancelled');
    expect((await cut(40)).status).toBe('cancelled');
    const end = await replayToEnd(other.engine, { resume: first.id, parallel: 8 });
    expect(end).toMatchObject({ id: done.id, status: 'done', settled: done.settled });
    await other.engine.close();
    expect(replayRecords(other.dataDir)).toEqual(whole);
  });

  it('is refused while another runs, and says so', async () => {
    const other = request(['ONE'], { stepBars: 8 });
    const running = replayToEnd(engine, other);
    await expect(replayToEnd(engine, request(['TWO']))).rejects.toMatchObject({ code: 'REPLAY_RUNNING' });
    const { id } = await running;
    expect((await engine.client.replay.list()).map((replay) => replay.id).sort()).toEqual([id, done.id].sort());
  });

  it('is removed with all it left, and another stays', async () => {
    const [other] = (await engine.client.replay.list()).filter(({ id }) => id !== done.id);
    expect(await engine.client.replay.remove({ id: other!.id })).toEqual({ decisions: other!.decided });
    expect(await engine.client.replay.list()).toHaveLength(1);
    expect(replayRecords(dataDir)).toMatchObject({ decisions: whole.decisions, setups: whole.setups });
    await expect(engine.client.replay.remove({ id: other!.id })).rejects.toMatchObject({ code: 'UNKNOWN_REPLAY' });
  });

  it('cannot go on over other bars than it began on', async () => {
    const other = await openWithBars();
    const begun = await replayToEnd(other.engine, request(['ONE']), ({ id, done }) => {
      if (done > 0) void other.engine.client.replay.cancel({ id });
    });
    await importBars(other.engine, 'ONE', randomWalkCsv(BARS, 99));
    await expect(replayToEnd(other.engine, { resume: begun.id })).rejects.toMatchObject({ code: 'REPLAY_CHANGED' });
    await other.engine.close();
  });

  it('leaves out by itself what the network was trained on, and decides and marks it where the dates ask for it', async () => {
    const bundled = [{ symbol: 'AAPL', source: 'samples' as const }];
    const own = await engine.client.replay.estimate({ symbols: bundled, stepBars: 100 });
    const asked = await engine.client.replay.estimate({ symbols: bundled, stepBars: 100, from: '2000-01-01' });
    // trained through 2011-12-31; bars 2000-03-01 to 2013-03-01
    expect(own.windows).toBeLessThanOrEqual(4);
    expect(asked.windows).toBe(Math.floor((3270 - 64) / 100) + 1);
    const marked = await replayToEnd(engine, { symbols: bundled, stepBars: 1000, from: '2000-01-01' });
    expect(marked.inSample).toBeGreaterThan(0);
    const card = await engine.client.decisions.scorecard({ origin: 'replay', replayId: marked.id });
    expect(card).toMatchObject({ settled: marked.settled, inSample: marked.inSample });
  });
});
