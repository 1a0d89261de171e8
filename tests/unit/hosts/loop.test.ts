import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';

const quiet = { BRAINNET_LOG: 'silent' };
const kinds = (lines: readonly Record<string, unknown>[]) => lines.map(({ type }) => type);

describe('loop', () => {
  it("prints the original's five steps with number and time, and each refinement with its confidence", async () => {
    const dataDir = temporaryFolder();
    const neverSure = { ...quiet, CONFIDENCE_THRESHOLD: '1' };
    const { code, stdout } = await runCli(['loop', '--symbol', 'MSFT', '--single', '--data-dir', dataDir], neverSure);
    expect(code).toBe(0);
    const steps = stdout.split('\n').filter((line) => /^(---|\[|\s+Ref|Done)/.test(line));
    expect(steps[0]).toMatch(/^--- Iteration 1, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC, MSFT ---$/);
    expect(steps[1]).toBe('[1/5] Fetching: 3229 bars of 1d from samples, latest price 26.7097 USD');
    expect(steps[2]).toBe('[2/5] Memory context: 0 setups remembered, 0 settled; 0 notes on it');
    expect(steps[3]).toMatch(/^\[3\/5\] GAF analysis: TREND \d+\/10, CYCLE \d+\/10, BURST \d+\/10$/);
    expect(steps[4]).toMatch(/^\[4\/5\] Confidence: [01]\.\d\d \(threshold 1\)$/);
    expect(steps[5]).toMatch(/^ {6}Refinement 1: [01]\.\d\d\. /);
    expect(steps.at(-2)).toMatch(
      /^\[5\/5\] Decision: HOLD with confidence [01]\.\d\d; stored in memory as d-[0-9a-f-]{36}\. /,
    );
    expect(steps.at(-1)).toBe('Done: 1 decided, 0 without a new bar, 0 failed.');
  });

  it('gives one JSON object a line, goes on after a failure, and fails where the last try of a symbol did', async () => {
    const args = ['loop', '--symbol', 'NOPE', '--symbol', 'AAPL', '--iterations', '2', '--delay', '1', '--json'];
    const result = await runCli([...args, '--data-dir', temporaryFolder()], quiet);
    expect(result.code).toBe(1);
    const lines = result.lines();
    const first = ['iteration', 'failure', 'iteration', 'fetched', 'memory', 'gaf', 'confidence', 'decision'];
    const second = ['iteration', 'failure', 'iteration', 'fetched', 'nothing-new', 'end'];
    expect(kinds(lines).filter((kind) => kind !== 'settled')).toEqual([...first, ...second]);
    const alone = ['loop', '--symbol', 'NOPE', '--single', '--json', '--data-dir', temporaryFolder()];
    expect((await runCli(alone, quiet)).code).toBe(1);
  });

  it('ends cleanly at Ctrl+C in the midst of a wait', async () => {
    const dataDir = temporaryFolder();
    const args = ['loop', '--symbol', 'AAPL', '--delay', '300', '--json', '--data-dir', dataDir];
    const result = await runCli(args, quiet, (line, kill) => {
      if (line.includes('"type":"decision"')) kill();
    });
    expect([result.code, result.stderr, result.lines().at(-1)]).toMatchObject([
      130,
      '',
      { type: 'end', status: 'cancelled', decided: 1 },
    ]);
    const again = await runCli(['decisions', '--json', '--data-dir', dataDir], quiet);
    expect(again.lines().filter(({ type }) => type === 'decision')).toHaveLength(1);
  });

  it('refuses a delay of none and a symbol that cannot be one, and makes no folder', async () => {
    const dataDir = `${temporaryFolder()}/state`;
    const usage = await runCli(['loop', '--symbol', 'AAPL', '--delay', '0', '--json', '--data-dir', dataDir]);
    const symbol = await runCli(['loop', '--symbol', 'A B', '--json', '--data-dir', dataDir]);
    expect([usage.code, symbol.code, existsSync(dataDir)]).toEqual([2, 1, false]);
  });
});

describe('convnext-loop', () => {
  it('reads again and again, says where nothing is new, and stores nothing', async () => {
    const dataDir = temporaryFolder();
    const args = ['convnext-loop', '--symbol', 'AAPL', '--delay', '1', '--iterations', '2', '--json'];
    const result = await runCli([...args, '--data-dir', dataDir], quiet);
    expect(result.code).toBe(0);
    expect(result.lines()).toMatchObject([
      { type: 'reading', iteration: 1, same: false, symbol: 'AAPL', embeddingLength: 768 },
      { type: 'reading', iteration: 2, same: true },
    ]);
    const stored = await runCli(['decisions', '--json', '--data-dir', dataDir], quiet);
    expect(stored.lines().filter(({ type }) => type === 'decision')).toEqual([]);
  });
});

describe('adapt', () => {
  it('says what feedback changed on a symbol and on a decision', async () => {
    const dataDir = temporaryFolder();
    const ask = (...args: string[]) => runCli(['adapt', ...args, '--json', '--data-dir', dataDir], quiet);
    const first = await ask('AAPL', 'I would rather wait.');
    expect([first.code, first.lines()[0]]).toMatchObject([0, { type: 'adaptation', before: null, changed: [] }]);
    const { id } = first.lines()[0]!.after as { id: string };
    const second = await ask(id, '--outcome', 'win');
    expect([second.code, second.lines()[0]]).toMatchObject([0, { before: { id }, changed: [] }]);
    expect((await ask('AAPL')).code).toBe(2);
    expect((await ask('not a symbol', 'words')).code).toBe(1);
  });
});
