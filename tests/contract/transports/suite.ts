import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Client } from '../../../shared/contract/index.ts';
import type { RunEvent } from '../../../shared/domain/index.ts';
import type { EngineEvent } from '../../../shared/events.ts';
import { testEngine } from '../../support/engine.ts';

export interface Connected {
  client: Client;
  close(): Promise<void>;
}

const AS_OF = '2010-06-30';

async function caught(call: Promise<unknown>): Promise<Record<string, unknown>> {
  const error = await call.then(
    () => null,
    (reason: unknown) => reason as Record<string, unknown>,
  );
  if (error === null) throw new Error('the call was expected to fail');
  return { code: error.code, message: error.message, data: error.data, defined: error.defined };
}

/** What every transport of the contract promises, against a real engine. */
export function contractSuite(name: string, connect: (engine: Engine) => Promise<Connected>): void {
  describe(`the contract over ${name}`, () => {
    let engine: Engine;
    let connected: Connected;
    let client: Client;

    beforeAll(async () => {
      engine = await testEngine();
      connected = await connect(engine);
      client = connected.client;
    });
    afterAll(async () => {
      await connected.close();
      await engine.close();
    });

    test('answers queries: snapshot, watchlists, a series up to its as-of', async () => {
      const snapshot = await client.system.snapshot();
      expect(snapshot).toMatchObject({ decisions: 0, runs: [] });
      const lists = await client.market.watchlists();
      expect(lists.map((list) => list.name)).toContain('samples');
      const series = await client.market.series({ symbol: 'aapl', asOf: AS_OF });
      expect(series.symbol).toBe('AAPL');
      expect(series.close.length).toBe(series.time.length);
      expect(new Date(series.time.at(-1)!).toISOString().slice(0, 10)).toBe(AS_OF);
    });

    test('carries fields whole: n * n values in [-1, 1]', async () => {
      const field = await client.analysis.field({ symbol: 'MSFT', asOf: AS_OF, windowBars: 32 });
      expect([field.bars, field.gasf.length, field.gadf.length, field.heat.length]).toEqual([32, 1024, 1024, 1024]);
      expect(Math.max(...field.gasf.map(Math.abs))).toBeLessThanOrEqual(1);
      expect(atob(field.networkPicture)).toHaveLength(3 * 1024);
    });

    test('streams a run to its end, and the decision can be read back', async () => {
      const events: RunEvent[] = [];
      const request = { symbols: [{ symbol: 'AAPL' }, { symbol: 'NOSUCH' }], asOf: AS_OF };
      for await (const event of await client.analysis.run(request)) events.push(event);
      const types = events.map((event) => event.type);
      expect(types.at(-1)).toBe('end');
      expect(types.filter((type) => type === 'decision')).toHaveLength(1);
      const failure = events.find((event) => event.type === 'failure');
      expect(failure).toMatchObject({ symbol: 'NOSUCH', error: { code: 'UNKNOWN_SYMBOL' } });
      expect(events.at(-1)).toMatchObject({ status: 'done', decided: 1, failed: 1, total: 2 });
      const decided = events.find((event) => event.type === 'decision')!;
      expect(await client.decisions.get({ id: decided.decision.id })).toEqual(decided.decision);
    });

    test('carries what became of a decision, and the scorecard as of a date, whole', async () => {
      const request = { symbols: [{ symbol: 'GOOG', source: 'samples' as const }], asOf: AS_OF };
      const ids: string[] = [];
      for await (const event of await client.analysis.run(request))
        if (event.type === 'decision') ids.push(event.decision.id);
      const report = await client.decisions.settle({ symbol: 'goog' });
      expect(report).toMatchObject({ pending: 0, lost: 0, failed: [] });
      const one = await client.decisions.outcome({ id: ids[0]! });
      if (one.state !== 'settled') throw new Error(one.state);
      expect(one.outcome.entryTime.slice(0, 10)).toBe('2010-07-01');
      expect(one.outcome.short.grossReturn).toBe(-one.outcome.long.grossReturn);
      const unknown = 'd-00000000-0000-4000-8000-000000000000';
      expect(await client.decisions.outcomes({ ids: [unknown, ids[0]!] })).toEqual([
        { state: 'pending', decisionId: unknown, barsLeft: null, expected: null },
        one,
      ]);
      const then = await client.decisions.scorecard({ asOf: AS_OF, by: ['action'] });
      expect([then.origin, then.settled, then.forecast]).toEqual(['live', 0, null]);
      const live = await client.decisions.scorecard({});
      expect([live.settled - live.inSample, live.late, live.groups]).toEqual([1, 1, []]);
      const now = await client.decisions.scorecard({ origin: 'both' });
      expect([now.settled - now.inSample, now.late]).toEqual([1, 0]);
      expect(now.groups.map(({ by }) => by)).toEqual(expect.arrayContaining(['action', 'regime', 'horizon', 'model']));
      expect(await caught(client.decisions.outcome({ id: unknown }))).toMatchObject({ code: 'UNKNOWN_DECISION' });
    });

    test('an error arrives as code, sentence and details', async () => {
      const error = await caught(client.market.series({ symbol: 'NOSUCH' }));
      expect(error).toMatchObject({ code: 'UNKNOWN_SYMBOL', defined: true, data: { symbol: 'NOSUCH' } });
      expect(error.message).toMatch(/^NOSUCH is not in /);
    });

    test('refused input names what is wrong with it', async () => {
      const error = await caught(client.analysis.field({ symbol: 'AAPL', windowBars: 8 }));
      expect(error).toMatchObject({ code: 'INVALID_INPUT', defined: true });
      expect(error.message).toMatch(/^The input is not valid: windowBars: /);
    });

    test('a run of the reader who leaves is cancelled', async () => {
      const leave = new AbortController();
      const stream = await client.analysis.run({ watchlist: 'sp500-20' }, { signal: leave.signal });
      const first = await stream.next();
      leave.abort();
      const id = (first.value as RunEvent).runId;
      await expect
        .poll(async () => (await client.analysis.runs()).find((run) => run.id === id)?.status)
        .toBe('cancelled');
    });

    test('a started run goes on alone and is followed by numbered events', async () => {
      const { seq } = await client.system.snapshot();
      const { runId } = await client.analysis.start({ symbols: [{ symbol: 'IBM' }], asOf: AS_OF });
      const seen: EngineEvent[] = [];
      for await (const event of await client.system.events({ after: seq })) {
        seen.push(event);
        if (event.type === 'run' && event.run.id === runId && event.run.status === 'done') break;
      }
      const numbers = [seq, ...seen.map((event) => event.seq)];
      expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
      expect(seen.some((event) => event.type === 'decision' && event.decision.symbol === 'IBM')).toBe(true);
    });
  });
}
