import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { createSchedule } from '../../../electron/engine/orchestrator/index.ts';
import type { ScheduleState } from '../../../shared/domain/index.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { fakeYahoo } from '../../support/fake-yahoo.ts';

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

let now = 0;
const yahoo = fakeYahoo({ symbol: 'TEST', name: 'Test', exchange: 'NMS', lastDay: Date.parse('2026-03-20') });

async function opened(dataDir: string, at: string, keeps = true): Promise<Engine> {
  now = Date.parse(at);
  const engine = await testEngine({ dataDir, clock: { now: () => now }, fetch: yahoo.fetch, resumeRuns: keeps });
  engines.push(engine);
  return engine;
}

const DAILY = { on: true, watchlist: 'mine', interval: '1d', every: 'bar-close', onlyOpen: true } as const;

async function scheduled(dataDir: string, at: string): Promise<Engine> {
  const engine = await opened(dataDir, at);
  const items = [{ symbol: 'TEST', source: 'yahoo' as const }];
  await engine.client.market.createWatchlist({ name: 'mine', items, defaultAsOf: null });
  await engine.client.market.series(items[0]!);
  await engine.client.schedule.set(DAILY);
  return engine;
}

/** The state after the run of that moment. */
async function ran(engine: Engine, at: string): Promise<ScheduleState> {
  for (;;) {
    const state = await engine.client.schedule.get();
    if (state.lastRun && Date.parse(state.lastRun.at) >= Date.parse(at)) return state;
    await sleep(20);
  }
}

describe('a schedule whose run cannot be noted', () => {
  it('waits a minute before it tries again', async () => {
    const settings = { on: true, watchlist: 'mine', interval: '1h', every: 1, onlyOpen: false } as const;
    const slept: number[] = [];
    let tries = 0;
    const put = () => {
      tries++;
      throw new Error('the disk is full');
    };
    const deps = {
      store: { get: () => ({ settings, lastRun: null, since: 0 }), put },
      timing: {
        now: () => Date.parse('2026-03-06T15:00:00Z'),
        async sleep(ms: number) {
          slept.push(ms);
          if (slept.length === 3) void schedule.close();
        },
      },
      market: { instruments: async () => [] },
      watchlists: { get: () => ({ name: 'mine', items: [], defaultAsOf: null }) },
      log: { warn: () => {} },
    };
    const schedule = createSchedule(deps as unknown as Parameters<typeof createSchedule>[0]);
    schedule.start();
    await expect.poll(() => slept.length).toBe(3);
    await schedule.close();
    expect(slept).toEqual([60_000, 60_000, 60_000]);
    expect(tries).toBe(3);
  });
});

describe('the schedule', () => {
  it('is off until it is switched on', async () => {
    const engine = await opened(temporaryFolder(), '2026-03-06T15:00:00Z');
    expect(await engine.client.schedule.get()).toMatchObject({ on: false, nextRun: null, lastRun: null });
  });

  it('runs when a bar has closed, and says when it will and what the last run came to', async () => {
    const engine = await scheduled(temporaryFolder(), '2026-03-06T15:00:00Z');
    expect((await engine.client.schedule.get()).nextRun).toBe('2026-03-07T05:00:10.000Z');
    now = Date.parse('2026-03-07T05:00:11Z');
    const first = await ran(engine, '2026-03-07T05:00:00Z');
    expect(first.lastRun).toMatchObject({ sentence: '1 decided.', runId: expect.stringMatching(/^r-/) });
    expect(first.nextRun).toBe('2026-03-08T05:00:10.000Z');
    const [decision] = (await engine.client.decisions.list({})).decisions;
    expect(decision).toMatchObject({ symbol: 'TEST', lastBarDate: '2026-03-06', runId: first.lastRun!.runId });
    now = Date.parse('2026-03-08T05:00:11Z');
    const second = await ran(engine, '2026-03-08T05:00:00Z');
    expect(second.lastRun).toMatchObject({ sentence: '0 decided, 1 without a new bar.', runId: null });
  });

  it('makes up once for what was missed while nothing ran, and is kept over a restart', async () => {
    const dataDir = temporaryFolder();
    await (await scheduled(dataDir, '2026-03-06T15:00:00Z')).close();
    engines.pop();
    const engine = await opened(dataDir, '2026-03-12T15:00:00Z');
    const { lastRun, nextRun, ...settings } = await ran(engine, '2026-03-12T15:00:00Z');
    expect(settings).toEqual(DAILY);
    expect([lastRun!.sentence, nextRun]).toEqual(['1 decided.', '2026-03-13T04:00:10.000Z']);
    expect((await engine.client.decisions.list({})).total).toBe(1);
  });

  it('is not run by a process that only passes by, such as the command line', async () => {
    const dataDir = temporaryFolder();
    await (await scheduled(dataDir, '2026-03-06T15:00:00Z')).close();
    engines.pop();
    const engine = await opened(dataDir, '2026-03-12T15:00:00Z', false);
    expect(await engine.client.schedule.get()).toMatchObject({ on: true, nextRun: null, lastRun: null });
  });

  it('names a list that is not there, and can be switched off all the same', async () => {
    const engine = await scheduled(temporaryFolder(), '2026-03-06T15:00:00Z');
    const unknown = engine.client.schedule.set({ ...DAILY, watchlist: 'none' });
    await expect(unknown).rejects.toMatchObject({ code: 'UNKNOWN_WATCHLIST' });
    await engine.client.market.removeWatchlist({ name: 'mine' });
    expect(await engine.client.schedule.set({ ...DAILY, on: false })).toMatchObject({ on: false, nextRun: null });
  });
});
