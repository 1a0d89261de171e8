import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { type LoopEvent, type LoopOptions, loop } from '../../../electron/engine/orchestrator/index.ts';
import { testEngine } from '../../support/engine.ts';
import { fakeTiming } from '../../support/fake-timing.ts';
import { fakeYahoo } from '../../support/fake-yahoo.ts';

let engine: Engine | null = null;
afterEach(async () => {
  await engine?.close();
  engine = null;
});

const told = async (options: Partial<LoopOptions>): Promise<LoopEvent[]> => {
  const events: LoopEvent[] = [];
  for await (const event of engine!.orchestrator.loop({ symbols: [], delayMs: 1, iterations: 1, ...options }))
    events.push(event);
  return events;
};
const types = (events: readonly LoopEvent[]) => events.map(({ type }) => type);
const stored = async () => (await engine!.client.decisions.list({})).total;

describe('the trading loop', () => {
  it('tells the five steps of an iteration, and its decision is stored', async () => {
    engine = await testEngine();
    const events = await told({ symbols: [{ symbol: 'MSFT' }] });
    expect(types(events)).toEqual(['iteration', 'fetched', 'memory', 'gaf', 'confidence', 'decision']);
    expect(events[1]).toMatchObject({ bars: 3229, price: 26.7097, source: 'samples', interval: '1d' });
    const end = events.at(-1)!;
    const decision = end.type === 'decision' ? end.decision : null;
    expect(await engine.client.decisions.get({ id: decision!.id })).toEqual(decision);
    expect(events[3]).toMatchObject({ scores: decision!.scores });
    expect(events[4]).toMatchObject({ rounds: decision!.rounds.map(({ round }) => ({ round })) });
  });

  it('decides nothing twice on the same bar, in this process or the next, until a setting has changed', async () => {
    engine = await testEngine();
    const symbols = [{ symbol: 'AAPL' }];
    expect(types(await told({ symbols, iterations: 3 })).filter((type) => type === 'decision')).toHaveLength(1);
    const again = await told({ symbols });
    expect(again.at(-1)).toMatchObject({
      type: 'nothing-new',
      sentence: expect.stringMatching(/2012-12-31, nothing new/),
    });
    expect(await stored()).toBe(1);
    await engine.client.settings.set({ name: 'CONFIDENCE_THRESHOLD', value: 0.99 });
    expect((await told({ symbols })).at(-1)!.type).toBe('decision');
  });

  it('tells what fails in a sentence, and goes on with the next symbol and the next iteration', async () => {
    engine = await testEngine();
    const events = await told({ symbols: [{ symbol: 'NOPE' }, { symbol: 'AAPL' }], iterations: 2 });
    const failures = events.filter((event) => event.type === 'failure');
    expect(failures.map(({ iteration, symbol, error }) => [iteration, symbol, error.code])).toEqual([
      [1, 'NOPE', 'UNKNOWN_SYMBOL'],
      [2, 'NOPE', 'UNKNOWN_SYMBOL'],
    ]);
    expect(events.filter(({ symbol }) => symbol === 'AAPL').map(({ iteration }) => iteration)).toContain(2);
  });

  it('rests over a closed market, says so, and decides when a bar has closed', async () => {
    let now = Date.parse('2026-03-07T15:00:00Z');
    const yahoo = fakeYahoo({ symbol: 'TEST', name: 'Test', exchange: 'NMS', lastDay: Date.parse('2026-03-12') });
    engine = await testEngine({ clock: { now: () => now }, fetch: yahoo.fetch });
    const symbols = [{ symbol: 'TEST', source: 'yahoo' as const }];
    const lastBar = (events: readonly LoopEvent[]) => {
      const end = events.at(-1)!;
      return end.type === 'decision' ? end.decision.lastBarDate : end.type === 'nothing-new' ? end.sentence : end;
    };
    expect(lastBar(await told({ symbols }))).toBe('2026-03-06');
    now = Date.parse('2026-03-08T15:00:00Z');
    expect(lastBar(await told({ symbols }))).toMatch(/^Market closed: last bar of 2026-03-06, nothing new; /);
    now = Date.parse('2026-03-09T15:00:00Z');
    expect(lastBar(await told({ symbols }))).toMatch(/^Market open: last bar of 2026-03-06, nothing new; /);
    now = Date.parse('2026-03-10T04:30:00Z');
    expect(lastBar(await told({ symbols }))).toBe('2026-03-09');
    expect(await stored()).toBe(2);
  });

  it('ends where it is stopped, in the midst of an analysis too, and stores nothing more', async () => {
    engine = await testEngine();
    const stop = new AbortController();
    const events: LoopEvent[] = [];
    const options = { symbols: [{ symbol: 'MSFT' }, { symbol: 'AAPL' }], delayMs: 1, signal: stop.signal };
    for await (const event of engine.orchestrator.loop(options)) {
      events.push(event);
      if (event.type === 'memory') setImmediate(() => stop.abort());
    }
    expect(types(events)).toEqual(['iteration', 'fetched', 'memory']);
    expect(await stored()).toBe(0);
  });

  it('tells once how many iterations fell out while the machine slept', async () => {
    engine = await testEngine();
    const night = 9 * 3_600_000;
    const failing = async () => Promise.reject(new Error('no bars'));
    const timing = fakeTiming('2026-03-02T20:00:00Z', (sleep) => (sleep === 2 ? night : 0));
    const deps = { timing, series: failing } as unknown as Parameters<typeof loop>[0];
    const missed: number[] = [];
    for await (const event of loop(deps, { symbols: [{ symbol: 'A' }], delayMs: 300_000, iterations: 3 }))
      if (event.type === 'iteration') missed.push(event.missed);
    expect(missed).toEqual([0, 107, 0]);
  });
});
