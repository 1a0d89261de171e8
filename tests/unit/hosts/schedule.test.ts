import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { createScheduleStore } from '../../../electron/engine/orchestrator/index.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase } from '../../support/journal.ts';
import { randomWalkCsv } from '../replay/support.ts';

const quiet = { BRAINNET_LOG: 'silent' };
let dataDir = '';
const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir], quiet);

beforeEach(() => {
  dataDir = path.join(temporaryFolder('schedule'), 'data');
});

/** As if it had been switched on long ago and nothing had kept it since. */
function missedLongSince(): void {
  const database = openJournalDatabase(dataDir);
  const store = createScheduleStore(database);
  store.put({ ...store.get(), since: Date.parse('2026-01-05T00:00:00Z') });
  database.close();
}

describe('schedule', () => {
  it('is off at first; add switches it on, list says what it does, and remove switches it off', async () => {
    expect((await cli('schedule', 'list')).stdout).toBe('The schedule is off.\n');
    const added = await cli('schedule', 'add', 'samples', '--every', '15', '--interval', '1h');
    expect([added.code, added.stdout]).toEqual([
      0,
      'Watchlist samples, bars of 1h, every 15 minutes, only while a market is open.\n' +
        'It is kept by the app, by brainnet server and by brainnet schedule run, while one of them is open.\n',
    ]);
    const other = await cli('schedule', 'add', 'sp500-20', '--any-time');
    expect(other.stdout).toContain('It stands in place of: Watchlist samples, bars of 1h, every 15 minutes');
    expect((await cli('schedule', 'list', '--json')).lines()).toMatchObject([
      { type: 'schedule', on: true, watchlist: 'sp500-20', interval: '1d', every: 'bar-close', onlyOpen: false },
    ]);
    expect((await cli('schedule', 'remove')).stdout).toBe('The schedule is off.\n');
  });

  it('run makes up once for what was missed, goes on past a symbol that fails, and says when it runs next', async () => {
    await cli('watchlist', 'add', 'mine', 'AAPL', '--source', 'samples');
    const file = path.join(temporaryFolder('schedule'), 'GONE.csv');
    writeFileSync(file, randomWalkCsv(100, 1));
    await cli('import', file, '--symbol', 'GONE');
    await cli('watchlist', 'add', 'mine', 'GONE', '--source', 'csv');
    rmSync(path.join(dataDir, 'imports'), { recursive: true });
    await cli('schedule', 'add', 'mine');
    missedLongSince();
    const kept = await cli('schedule', 'run', '--runs', '1', '--json');
    expect([kept.code, kept.lines().map(({ type }) => type)]).toEqual([
      0,
      ['schedule', 'decision', 'scheduled-run', 'end'],
    ]);
    const [first, , run, end] = kept.lines();
    expect(first).toMatchObject({ on: true, nextRun: expect.any(String), lastRun: null });
    expect(run).toMatchObject({ sentence: expect.stringMatching(/^1 decided, 1 failed\. GONE: /) });
    expect(Date.parse(String(run!.nextRun))).toBeGreaterThan(Date.parse(String(run!.at)));
    expect(end).toEqual({ type: 'end', status: 'done', runs: 1 });
    expect((await cli('schedule', 'list')).stdout).toMatch(/Run of \d{4}-.* UTC: 1 decided, 1 failed\./);
  });

  it('run ends cleanly at Ctrl+C', async () => {
    await cli('schedule', 'add', 'samples');
    const kept = await runCli(['schedule', 'run', '--json', '--data-dir', dataDir], quiet, (line, kill) => {
      if (line.includes('"type":"schedule"')) kill();
    });
    expect([kept.code, kept.stderr, kept.lines().at(-1)]).toEqual([
      130,
      '',
      { type: 'end', status: 'cancelled', runs: 0 },
    ]);
  });

  it.each([
    ['a list that is none', ['schedule', 'add', 'nothing'], 1, /no watchlist named nothing/],
    ['minutes that no clock shows alike', ['schedule', 'add', 'samples', '--every', '7'], 2, /bar-close, or one of/],
    ['to run while it is off', ['schedule', 'run'], 1, /the schedule is off; schedule add switches it on/],
  ])('refuses %s, in a sentence', async (_, args, code, sentence) => {
    const refused = await cli(...args);
    expect([refused.code, refused.stderr]).toEqual([code, expect.stringMatching(sentence)]);
  });
});
