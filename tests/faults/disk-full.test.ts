import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openJournalReader } from '../../electron/engine/index.ts';
import type { RunEvent } from '../../shared/domain/index.ts';
import { decide, testEngine } from '../support/engine.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

type Of<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;
const only = <T extends RunEvent['type']>(events: readonly RunEvent[], type: T) =>
  events.filter((event): event is Of<T> => event.type === type);

let disk: SmallDisk;

describe('a disk that fills up during a run (skipped where nothing can be mounted)', { skip: !canMount() }, () => {
  beforeEach(() => {
    disk = mountSmallDisk('16m')!;
  });
  afterEach(() => disk.unmount());

  it('fails each decision it cannot store by name, keeps those before, and the next start is clean', async () => {
    const dataDir = path.join(disk.dir, 'data');
    const engine = await testEngine({ dataDir });
    const events: RunEvent[] = [];
    for await (const event of await engine.client.analysis.run({ watchlist: 'sp500-20' })) {
      if (event.type === 'decision' && only(events, 'decision').length === 2) disk.fill(0);
      events.push(event);
    }
    const stored = only(events, 'decision').map(({ decision }) => decision);
    const failures = only(events, 'failure');
    expect(stored.length).toBeGreaterThanOrEqual(3);
    expect(failures.length).toBeGreaterThan(0);
    for (const { symbol, error } of failures) {
      expect(error).toMatchObject({ code: 'DISK_FULL', details: { what: `the decision on ${symbol}` } });
    }
    expect(events.at(-1)).toMatchObject({ type: 'end', decided: stored.length, failed: failures.length, total: 20 });
    await expect(decide(engine, { symbols: [{ symbol: 'AAPL' }] })).rejects.toThrow(
      /^The disk is full: .+ was not stored/,
    );
    await engine.close();

    const reader = openJournalReader(dataDir);
    for (const decision of stored) expect(reader.get(decision.id)).toEqual(decision);
    expect(reader.count()).toBe(stored.length);
    reader.close();

    disk.drain();
    const next = await testEngine({ dataDir });
    expect(next.notices).toEqual([]);
    expect((await next.client.analysis.runs()).map(({ status }) => status)).not.toContain('running');
    const [again] = await decide(next, { symbols: [{ symbol: 'AAPL' }] });
    expect((await next.client.decisions.get({ id: again!.id })).id).toBe(again!.id);
    await next.close();
  }, 120_000);
});
