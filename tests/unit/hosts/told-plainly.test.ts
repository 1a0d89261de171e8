import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { storeDecisions, storedDecision } from '../../support/journal.ts';

let dataDir: string;
const cli = (...args: string[]) => runCli([...args, '--data-dir', dataDir], { BRAINNET_LOG: 'silent' });
const errorOf = ({ lines }: { lines(): Record<string, unknown>[] }) =>
  (lines().at(-1) as { error?: { code: string; sentence: string } } | undefined)?.error;
beforeAll(() => {
  dataDir = path.join(temporaryFolder('told'), 'data');
});

describe('a command that lacks its subcommand', () => {
  it.each([
    [['memory'], 'memory needs a command: add, search, remove,'],
    [['schedule'], 'schedule needs a command: '],
    [['models'], 'models needs a command: '],
    [['outcomes'], 'outcomes needs a command: settle'],
    [['watchlist'], 'watchlist needs a command: '],
    [[], 'brainnet needs a command: analyze, '],
  ])('is told in one sentence with --json: %j', async (args, said) => {
    const result = await cli(...args, '--json');
    expect([result.code, result.lines().length, result.stderr]).toEqual([2, 1, '']);
    expect(errorOf(result)).toMatchObject({ code: 'INVALID_INPUT', sentence: expect.stringContaining(said) });
    expect(errorOf(result)!.sentence).not.toContain('outputHelp');
  });

  it('is shown its help without --json, on stderr', async () => {
    const { code, stdout, stderr } = await cli('memory');
    expect([code, stdout, stderr]).toEqual([2, '', expect.stringMatching(/Usage: brainnet memory .*Commands:/s)]);
  });
});

describe('a trade', () => {
  const trade = ['--symbol', 'AAPL', '--side', 'long', '--entry', '100'];

  it.each([
    [['--exit', '110'], 'pnl: a closed trade has an exit and a result (pnl), an open one has neither.'],
    [['--pnl', '10'], 'exit: a closed trade has an exit and a result (pnl), an open one has neither.'],
  ])('that is half closed is told what is missing: %j', async (part, said) => {
    const { code, stderr } = await cli('knowledge', 'log-outcome', ...trade, ...part);
    expect([code, stderr]).toEqual([1, `INVALID_INPUT: The input is not valid: ${said}\n`]);
  });

  it('takes a bare date as every other date does, the end of that day in UTC', async () => {
    expect((await cli('knowledge', 'log-outcome', ...trade, '--at', '2012-01-01')).code).toBe(0);
    const { lines } = await cli('knowledge', 'trades', '--json');
    expect(lines()).toMatchObject([{ trade: { at: '2012-01-01T23:59:59.999Z' } }, { type: 'end', trades: 1 }]);
    const wrong = await cli('knowledge', 'log-outcome', ...trade, '--at', 'soon');
    expect(wrong.stderr).toBe(
      'INVALID_INPUT: The input is not valid: at: a date (2012-12-31) or an instant (2013-01-01T05:00:00Z).\n',
    );
  });

  it('of today is taken, one of tomorrow is not', async () => {
    const on = (at: number) =>
      cli('knowledge', 'log-outcome', ...trade, '--at', new Date(at).toISOString().slice(0, 10));
    expect((await on(Date.now())).code).toBe(0);
    expect((await on(Date.now() + 2 * 86_400_000)).stderr).toContain('a trade cannot lie in the future');
  });
});

describe('what there is none of', () => {
  it('is an end line with --json, and a sentence without', async () => {
    const empty = path.join(temporaryFolder('told'), 'none');
    const of = (...args: string[]) => runCli([...args, '--data-dir', empty], { BRAINNET_LOG: 'silent' });
    expect((await of('restore', '--list', '--json')).lines()).toEqual([{ type: 'end', backups: 0 }]);
    expect((await of('restore', '--list')).stdout).toBe('There is no backup yet.\n');
    expect((await of('replay', 'list', '--json')).lines()).toEqual([{ type: 'end', replays: 0 }]);
    expect((await of('replay', 'list')).stdout).toBe('No replay is stored.\n');
    expect((await of('knowledge', 'trades', '--json')).lines()).toEqual([{ type: 'end', trades: 0 }]);
  });

  it('is no empty record of a replay whose id was mistyped', async () => {
    const folder = temporaryFolder('told');
    storeDecisions(folder, [storedDecision()]);
    const result = await runCli(['scorecard', '--replay', 'p-0', '--json', '--data-dir', folder]);
    expect([result.code, errorOf(result)]).toMatchObject([
      1,
      { code: 'UNKNOWN_REPLAY', sentence: 'There is no replay p-0.' },
    ]);
  });
});

describe('too little', () => {
  it('for a fine-tuning that ends before it begins is told by its dates', async () => {
    const result = await cli('finetune', '--symbol', 'AAPL', '--from', '2012-01-01', '--to', '2010-01-01', '--json');
    expect([result.code, errorOf(result)?.sentence]).toEqual([
      1,
      'The input is not valid: from: 2012-01-01 lies after to, 2010-01-01.',
    ]);
  });

  it('for a window is told by what a window needs, also where there is no bar yet', async () => {
    const analyzed = await cli('analyze', 'FB', '--as-of', '2005-01-01', '--no-llm', '--json');
    const drawn = await cli(
      ...['gaf', '--csv', 'resources/samples/ohlcv/AAPL.csv', '--as-of', '1980-01-01', '--window', '100', '--json'],
    );
    const needs = [analyzed, drawn].map((result) => JSON.stringify(result.lines()));
    expect(needs).toEqual([
      expect.stringContaining('but 64 are needed'),
      expect.stringContaining('but 100 are needed'),
    ]);
  });
});

it('the state of the memory says as of when, and settles nothing that the scorecard calls pending', async () => {
  const folder = path.join(temporaryFolder('told'), 'data');
  const of = (...args: string[]) => runCli([...args, '--data-dir', folder], { BRAINNET_LOG: 'silent' });
  await of('analyze', 'AAPL', '--as-of', '2012-01-03', '--no-llm');
  const [card] = (await of('scorecard', '--json')).lines();
  const [state] = (await of('memory', 'state', '--json')).lines();
  expect([card!.pending, card!.settled, state]).toMatchObject([
    1,
    0,
    { setups: 1, settledSetups: 0, asOf: expect.stringMatching(/^20\d\d-\d\d-\d\dT.*Z$/) },
  ]);
  expect((await of('memory', 'state')).stdout).toMatch(
    /^1 setup, 0 of them settled as of 20\d\d-\d\d-\d\d \d\d:\d\d UTC\.\n/,
  );
});
