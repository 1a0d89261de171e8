import { describe, expect, it } from 'vitest';
import { type CliResult, runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';

const dataDir = temporaryFolder('replay-cli');
const cli = (args: readonly string[], onLine?: Parameters<typeof runCli>[2]): Promise<CliResult> =>
  runCli(['replay', ...args, '--json', '--data-dir', dataDir], {}, onLine);
const ARGS = ['--symbol', 'GOOG', '--source', 'samples', '--step', '40'];

describe('replay on the command line', () => {
  it('stops at Ctrl+C with 130 and goes on with --resume; then it is listed and removed', async () => {
    let interrupted = false;
    const stopped = await cli(ARGS, (line, kill) => {
      if (interrupted || !line.includes('"type":"progress"')) return;
      interrupted = true;
      kill();
    });
    const cut = stopped.lines().at(-1) as { replay: { id: string; done: number; total: number } };
    expect([stopped.code, cut]).toMatchObject([130, { type: 'end', replay: { status: 'cancelled' }, scorecard: null }]);
    expect(cut.replay.done).toBeLessThan(cut.replay.total);

    const { id } = cut.replay;
    const resumed = await cli(['--resume', id]);
    // GOOG has 2,148 bars: one window every 40 from the 64th on, the last of which has its outcome
    const windows = Math.floor((2148 - 64) / 40) + 1;
    expect([resumed.code, resumed.lines().at(-1)]).toMatchObject([
      0,
      {
        type: 'end',
        replay: { id, status: 'done', total: windows, decided: windows },
        scorecard: { origin: 'replay' },
      },
    ]);

    const listed = await cli(['list']);
    expect(listed.lines()).toMatchObject([
      { type: 'replay', id, status: 'done' },
      { type: 'end', replays: 1 },
    ]);
    const removed = await cli(['remove', id]);
    expect(removed.lines()).toEqual([{ type: 'removed', id, decisions: windows }]);
    expect((await cli(['list'])).lines()).toEqual([{ type: 'end', replays: 0 }]);
    const gone = await cli(['remove', id]);
    expect([gone.code, gone.lines()[0]]).toMatchObject([1, { error: { code: 'UNKNOWN_REPLAY' } }]);
  });

  it('is wrong usage without anything to walk, and says what is not there', async () => {
    expect((await cli([])).code).toBe(2);
    expect((await cli(['--resume', 'p-0123456789abcdef', '--symbol', 'GOOG'])).code).toBe(2);
    const unknown = await cli(['--symbol', 'NOSUCH']);
    expect([unknown.code, unknown.lines()[0]]).toMatchObject([1, { error: { code: 'UNKNOWN_SYMBOL' } }]);
    const empty = await cli(['--symbol', 'GOOG', '--to', '2004-09-30']);
    expect([empty.code, empty.lines()[0]]).toMatchObject([1, { error: { code: 'INVALID_INPUT' } }]);
  });
});
