import { describe, expect, it } from 'vitest';
import { createEventLog } from '../../../electron/engine/orchestrator/index.ts';
import type { RunState } from '../../../shared/domain/index.ts';
import type { EngineEvent } from '../../../shared/events.ts';

const run = (id: string, done: number): RunState => ({
  ...{
    id,
    title: 't',
    status: 'running',
    startedAt: '2020-01-01T00:00:00.000Z',
    endedAt: null,
    request: {},
    items: [],
  },
  ...{ done, failed: 0, total: 9, ratePerSecond: null, leftMs: null },
});

/** The first `count` events that a reader gets. */
async function take(events: AsyncGenerator<EngineEvent>, count: number): Promise<EngineEvent[]> {
  const taken: EngineEvent[] = [];
  for await (const event of events) {
    taken.push(event);
    if (taken.length === count) break;
  }
  return taken;
}

describe('the event log', () => {
  it('numbers events by one and gives a late reader what came after its number', async () => {
    const log = createEventLog(100);
    for (const _ of [1, 2, 3]) log.publish({ type: 'settings' });
    expect(log.seq).toBe(103);
    expect((await take(log.follow(101), 2)).map(({ seq }) => seq)).toEqual([102, 103]);
  });

  it('gives of a run only the newest state, and every other event', async () => {
    const log = createEventLog(0);
    for (let done = 1; done <= 50; done++) log.publish({ type: 'run', run: run('r-1', done) });
    log.publish({ type: 'watchlists' });
    log.publish({ type: 'run', run: run('r-2', 1) });
    const events = await take(log.follow(0), 3);
    expect(events.map(({ type }) => type)).toEqual(['run', 'watchlists', 'run']);
    expect(events[0]).toMatchObject({ seq: 50, run: { id: 'r-1', done: 50 } });
  });

  it('tells a reader who is too far behind, or of another engine, to start again', async () => {
    const log = createEventLog(0);
    for (let i = 0; i < 1500; i++) log.publish({ type: 'settings' });
    expect(await take(log.follow(10), 1)).toEqual([{ seq: 1500, type: 'reset' }]);
    expect(await take(log.follow(9999), 1)).toEqual([{ seq: 1500, type: 'reset' }]);
  });

  it('sends at most ten batches a second, so that a burst costs a page few messages', async () => {
    const log = createEventLog(0);
    const abort = new AbortController();
    const seen: EngineEvent[] = [];
    const reader = (async () => {
      for await (const event of log.follow(0, abort.signal)) seen.push(event);
    })();
    for (let done = 1; done <= 300; done++) {
      log.publish({ type: 'run', run: run('r-1', done) });
      if (done % 10 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
    abort.abort();
    await reader;
    expect(seen.length).toBeLessThan(30);
    expect(seen.at(-1)).toMatchObject({ run: { done: 300 } });
  });

  it('ends a reader on abort and on close, and holds nobody', async () => {
    const log = createEventLog(0);
    const abort = new AbortController();
    const readers = [take(log.follow(0, abort.signal), 5), take(log.follow(0), 5)];
    abort.abort();
    log.close();
    expect(await Promise.all(readers)).toEqual([[], []]);
  });
});
