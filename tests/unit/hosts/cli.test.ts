import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { errorSentence } from '../../../shared/errors.ts';
import { runCli } from '../../support/cli.ts';
import { sampleCsv, temporaryFolder } from '../../support/engine.ts';
import { storeDecisions, storedDecision } from '../../support/journal.ts';

const AAPL = path.join('resources', 'samples', 'ohlcv', 'AAPL.csv');
const empty = (folder: string) => !existsSync(folder) || readdirSync(folder).length === 0;
const sentenceOf = (line: Record<string, unknown> | undefined) =>
  (line?.error as { code: string; sentence: string })?.sentence;
const codeOf = (line: Record<string, unknown> | undefined) => (line?.error as { code: string })?.code;

describe('bad input: one sentence with a code, exit 1 (2 for usage), nothing stored', () => {
  const folder = temporaryFolder();
  const binary = path.join(folder, 'binary.csv');
  writeFileSync(binary, Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe]));
  const nonsense = path.join(folder, 'nonsense.csv');
  writeFileSync(nonsense, 'a,b\n1,2\n');
  mkdirSync(path.join(folder, 'dir.csv'));

  const cases: [string, string[], string, number, NodeJS.ProcessEnv?][] = [
    ['a bad date', ['analyze', 'AAPL', '--as-of', '2012-13-45'], 'BAD_DATE', 1],
    ['a window of 8', ['analyze', 'AAPL', '--window', '8'], 'BAD_WINDOW_SIZE', 1],
    ['a missing file', ['analyze', '--csv', path.join(folder, 'none.csv')], 'FILE_NOT_FOUND', 1],
    ['a folder as a file', ['gaf', '--csv', path.join(folder, 'dir.csv')], 'FILE_UNREADABLE', 1],
    ['a binary file', ['gaf', '--csv', binary], 'BAD_CSV', 1],
    ['a binary file to import', ['import', binary, '--symbol', 'X'], 'BAD_CSV', 1],
    ['a CSV without prices', ['gaf', '--csv', nonsense], 'BAD_CSV', 1],
    ['a symbol that cannot be one', ['import', AAPL, '--symbol', 'A B'], 'INVALID_INPUT', 1],
    ['too short a history', ['gaf', '--csv', AAPL, '--as-of', '1984-10-01'], 'TOO_FEW_BARS', 1],
    ['no journal', ['decisions'], 'DATABASE_MISSING', 1],
    ['no symbol', ['analyze'], 'INVALID_INPUT', 2],
    ['two symbols for one file', ['analyze', 'A', 'B', '--csv', AAPL], 'INVALID_INPUT', 2],
    ['an unknown command', ['analyse'], 'INVALID_INPUT', 2],
    ['an unknown option', ['analyze', 'AAPL', '--windows', '64'], 'INVALID_INPUT', 2],
    ['a window that is no number', ['analyze', 'AAPL', '--window', 'many'], 'INVALID_INPUT', 2],
    ['a window of half a bar', ['gaf', '--csv', AAPL, '--window', '64.5'], 'INVALID_INPUT', 2],
    ['a window of none', ['gaf', '--csv', AAPL, '--window', '0'], 'BAD_WINDOW_SIZE', 1],
    ['a port that is none', ['server', '--port', '99999'], 'INVALID_INPUT', 2],
  ];
  test.each(cases)('%s', async (_name, args, code, exit, env) => {
    const dataDir = path.join(folder, 'state');
    const result = await runCli([...args, '--json', '--data-dir', dataDir], env);
    const lines = result.lines();
    expect([result.code, lines.length, lines[0]?.type, codeOf(lines[0])]).toEqual([exit, 1, 'error', code]);
    expect(sentenceOf(lines[0])).toMatch(/^[A-Z0-9].*[.]$/s);
    expect(empty(dataDir)).toBe(true);
  });

  test('without --json the sentence stands on stderr behind its code, and stdout is empty', async () => {
    const result = await runCli(['analyze', 'AAPL', '--as-of', 'soon', '--data-dir', path.join(folder, 'state')]);
    expect([result.code, result.stdout]).toEqual([1, '']);
    expect(result.stderr).toBe(`BAD_DATE: ${errorSentence('BAD_DATE', { value: 'soon' })}\n`);
  });

  test('a window that is no number is told which there are', async () => {
    const result = await runCli(['analyze', 'AAPL', '--window', 'abc', '--json']);
    expect(sentenceOf(result.lines()[0])).toMatch(/'abc' is invalid.+It may be a whole number from 32 to 256\.$/);
  });

  test('an impossible setting of the environment is named, with what it was and may be', async () => {
    const dataDir = path.join(folder, 'setting');
    const result = await runCli(['analyze', 'AAPL', '--no-llm', '--json', '--data-dir', dataDir], {
      CONFIDENCE_THRESHOLD: '7',
    });
    expect([result.code, codeOf(result.lines()[0])]).toEqual([1, 'BAD_SETTING']);
    expect(sentenceOf(result.lines()[0])).toBe('CONFIDENCE_THRESHOLD is 7, but it may be a number from 0 to 1.');
    const after = await runCli(['decisions', '--json', '--data-dir', dataDir]);
    expect(after.lines().filter((line) => line.type === 'decision')).toEqual([]);
  });
});

describe('analyze', () => {
  test('one bad symbol never spoils the others; each decision can be listed and read whole', async () => {
    const dataDir = temporaryFolder();
    const args = ['analyze', 'AAPL', 'NOSUCH', 'A B', '--as-of', '2010-06-30', '--no-llm'];
    const result = await runCli(['--json', '--data-dir', dataDir, ...args]);
    const lines = result.lines();
    expect(result.code).toBe(1);
    expect(result.stderr).toBe('');
    const failures = lines.filter((line) => line.type === 'failure').map((line) => [line.symbol, codeOf(line)]);
    expect(failures.sort()).toEqual([
      ['A B', 'INVALID_INPUT'],
      ['NOSUCH', 'UNKNOWN_SYMBOL'],
    ]);
    expect(lines.at(-1)).toMatchObject({ type: 'end', decided: 1, failed: 2, total: 3 });
    const { decision } = lines.find((line) => line.type === 'decision') as { decision: { id: string; symbol: string } };

    const listed = await runCli(['decisions', '--symbol', 'aapl', '--json', '--data-dir', dataDir]);
    expect(listed.lines()[0]).toMatchObject({ type: 'decision', decision: { id: decision.id } });
    const whole = await runCli(['decision', decision.id, '--json'], { BRAINNET_DATA_DIR: dataDir });
    expect(whole.lines()).toEqual([{ type: 'decision', decision, outcome: expect.anything() }]);
    const none = await runCli(['decision', 'd-00000000-0000-0000-0000-000000000000', '--json', '--data-dir', dataDir]);
    expect([none.code, codeOf(none.lines()[0])]).toEqual([1, 'UNKNOWN_DECISION']);
  });

  test('a CSV file is its own symbol, and a person reads a line a symbol', async () => {
    const file = path.join(temporaryFolder(), 'MINE.csv');
    writeFileSync(file, sampleCsv('AAPL'));
    const result = await runCli(['analyze', '--csv', file, '--as-of', '2010-06-30', '--data-dir', temporaryFolder()]);
    expect(result.code).toBe(0);
    expect(result.stdout).toMatch(/^MINE +2010-06-30 +(long|short|hold) /);
    expect(result.stdout).toMatch(/1 of 1 decided/);
    expect(result.stderr).toContain('get one with brainnet models download');
  });

  test('who has switched the language model off is not told of it with every analysis', async () => {
    const own = { LLM_BACKEND: 'none', BRAINNET_DATA_DIR: temporaryFolder() };
    const { code, stderr } = await runCli(['analyze', 'AAPL'], own);
    expect([code, stderr]).toEqual([0, expect.not.stringMatching(/language model/)]);
    const asked = await runCli(['replay', '--symbol', 'IBM', '--leakage-test', '--judge', 'language'], own);
    expect(asked.stderr).toContain('switched off (LLM_BACKEND is none)');
    expect(asked.stderr).not.toContain('download');
  });

  test('a CSV file that cannot be analyzed is refused with nothing stored, and an earlier import of the symbol stays', async () => {
    const folder = temporaryFolder();
    const dataDir = path.join(folder, 'state');
    const rows = sampleCsv('AAPL').split('\n');
    const files = { short: 'MINE.csv', whole: 'whole.csv' };
    writeFileSync(path.join(folder, files.short), rows.slice(0, 41).join('\n'));
    writeFileSync(path.join(folder, files.whole), rows.slice(0, 401).join('\n'));
    const analyze = (file: string, ...more: string[]) =>
      runCli([
        'analyze',
        'MINE',
        '--csv',
        path.join(folder, file),
        ...more,
        '--no-llm',
        '--json',
        '--data-dir',
        dataDir,
      ]);
    const imports = () => (existsSync(path.join(dataDir, 'imports')) ? readdirSync(path.join(dataDir, 'imports')) : []);

    const refused = await analyze(files.short);
    expect([refused.code, refused.lines().map(codeOf)]).toEqual([1, ['TOO_FEW_BARS']]);
    expect(imports()).toEqual([]);
    expect((await analyze(files.whole)).code).toBe(0);
    const before = imports();
    expect(codeOf((await analyze(files.short)).lines()[0])).toBe('TOO_FEW_BARS');
    expect(codeOf((await analyze(files.whole, '--window', '128')).lines()[0])).toBe('WINDOW_NOT_READ');
    expect(imports()).toEqual(before);

    writeFileSync(path.join(folder, files.whole), rows.slice(0, 301).join('\n'));
    const replaced = await analyze(files.whole);
    expect([replaced.code, replaced.stderr]).toEqual([
      0,
      expect.stringContaining('replace the 400 bars of MINE imported before'),
    ]);
  });

  test('Ctrl+C ends the run with its end line, exit 130, and what was reported is kept', async () => {
    const dataDir = temporaryFolder();
    const args = ['analyze', '--watchlist', 'sp500-20', '--no-llm', '--json', '--data-dir', dataDir];
    const result = await runCli(args, {}, (line, interrupt) => line.includes('"type":"decision"') && interrupt());
    const lines = result.lines();
    expect(result.code).toBe(130);
    expect(lines.at(-1)).toMatchObject({ type: 'end', status: 'cancelled' });
    const reported = lines.filter((line) => line.type === 'decision').length;
    const listed = await runCli(['decisions', '--json', '--data-dir', dataDir]);
    expect(listed.lines().at(-1)).toMatchObject({ type: 'end', total: reported });
  });

  test('a reader of stdout who leaves ends it cleanly', async () => {
    const args = ['electron/hosts/cli/brainnet.js', 'analyze', '--watchlist', 'sp500-20', '--no-llm', '--json'];
    const child = spawn(process.execPath, [...args, '--data-dir', temporaryFolder()]);
    let stderr = '';
    child.stderr.on('data', (data) => {
      stderr += data;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const code = await new Promise((resolve) => child.once('close', resolve));
    expect([code, stderr]).toEqual([0, '']);
  });
});

test('decisions of one interval, and only those', async () => {
  const dataDir = temporaryFolder();
  storeDecisions(dataDir, [storedDecision({ interval: '1wk' }), storedDecision(), storedDecision({ symbol: 'IBM' })]);
  const listed = async (...args: string[]) =>
    (await runCli(['decisions', ...args, '--json', '--data-dir', dataDir])).lines();
  expect((await listed('--interval', '1wk')).map(({ type }) => type)).toEqual(['decision', 'end']);
  expect((await listed('--interval', '1d')).at(-1)).toMatchObject({ total: 2, shown: 2 });
  expect((await listed('--interval', '1d', '--symbol', 'ibm')).at(-1)).toMatchObject({ total: 1 });
  expect(codeOf((await listed('--interval', '2d'))[0])).toBe('INVALID_INPUT');
  const table = (await runCli(['decisions', '--data-dir', dataDir])).stdout;
  expect(table).toMatch(/AAPL +1wk +2012-12-31/);
});

describe('gaf', () => {
  test('prints window, 13 features, scores and both fields, writes the picture, and opens no data folder', async () => {
    const folder = temporaryFolder();
    const image = path.join(folder, 'out.png');
    const dataDir = path.join(folder, 'state');
    const args = ['gaf', '--csv', AAPL, '--as-of', '2010-06-30', '--fields', '--image', image];
    const result = await runCli([...args, '--json', '--data-dir', dataDir]);
    const [line] = result.lines() as [{ [name: string]: unknown; gasf: number[][]; gadf: number[][] }];
    expect(result.code).toBe(0);
    expect(line.type).toBe('gaf');
    expect(line.window).toMatchObject({ bars: 64, end: expect.stringMatching(/^2010-06-30/) });
    expect(Object.keys(line.features as object)).toHaveLength(13);
    expect(Object.keys(line.scores as object)).toEqual(['trend', 'cycle', 'burst']);
    expect([line.gasf.length, line.gasf[0]!.length, line.gadf.length]).toEqual([64, 64, 64]);
    expect(line.gasf[3]![5]).toBe(line.gasf[5]![3]);
    expect(line.gadf[3]![5]! + line.gadf[5]![3]!).toBeCloseTo(0, 6);
    expect(readFileSync(image).subarray(1, 4).toString()).toBe('PNG');
    expect(existsSync(dataDir)).toBe(false);
  });
});

test('watchlists: add, export, import, remove', async () => {
  const folder = temporaryFolder();
  const cli = (...args: string[]) => runCli(['watchlist', ...args, '--json', '--data-dir', path.join(folder, 'state')]);
  const file = path.join(folder, 'list.csv');
  expect((await cli('add', 'mine', 'AAPL', 'XOM')).lines()[0]).toMatchObject({
    watchlist: {
      name: 'mine',
      items: [
        { symbol: 'AAPL', source: 'samples' },
        { symbol: 'XOM', source: 'samples-closes' },
      ],
    },
  });
  expect((await cli('export', 'mine', file)).code).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe('symbol,source\nAAPL,samples\nXOM,samples-closes\n');
  expect((await cli('import', 'copy', file)).code).toBe(0);
  expect((await cli('remove', 'mine', 'XOM')).lines()[0]).toMatchObject({ watchlist: { items: [{ symbol: 'AAPL' }] } });
  expect((await cli('remove', 'mine')).code).toBe(0);
  const names = (await cli('list')).lines().map((line) => (line.watchlist as { name: string }).name);
  expect(names).toContain('copy');
  expect(names).not.toContain('mine');
  expect(codeOf((await cli('add', 'mine', 'NOSUCH')).lines()[0])).toBe('UNKNOWN_SYMBOL');
});

describe('a Node that is too old', () => {
  const candidates = [
    '/usr/bin/node',
    '/usr/local/bin/node',
    ...(process.env.PATH ?? '').split(path.delimiter).map((dir) => path.join(dir, 'node')),
  ];
  const old = candidates.find((file) => existsSync(file) && version(file) < 24);

  test.skipIf(!old)('is told so in one sentence by every entry, exit 1 (needs a Node before 24)', () => {
    for (const entry of ['cli/brainnet.js', 'start.js', 'dev.js', 'build.js']) {
      const failure = failureOf(old!, path.join('electron', 'hosts', entry));
      const found = execFileSync(old!, ['-p', 'process.versions.node']).toString().trim();
      expect(failure).toEqual({
        status: 1,
        stdout: '',
        stderr: `WRONG_NODE: ${errorSentence('WRONG_NODE', { found })}\n`,
      });
    }
  });
});

function version(node: string): number {
  return Number.parseInt(execFileSync(node, ['-p', 'process.versions.node']).toString(), 10);
}

function failureOf(node: string, entry: string): { status?: number; stdout?: string; stderr?: string } {
  try {
    execFileSync(node, [entry], { stdio: 'pipe' });
    return {};
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: Buffer; stderr: Buffer };
    return { status, stdout: stdout.toString(), stderr: stderr.toString() };
  }
}
