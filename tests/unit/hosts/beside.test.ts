import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { errorSentence } from '../../../shared/errors.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { type ServerProcess, startServerProcess } from '../../support/server.ts';

const AAPL = path.join('resources', 'samples', 'ohlcv', 'AAPL.csv');

describe('beside a running engine', () => {
  let server: ServerProcess;
  let decision: { id: string };
  const cli = (...args: string[]) => runCli([...args, '--json', '--data-dir', server.dataDir]);

  beforeAll(async () => {
    const dataDir = temporaryFolder('beside');
    const first = await runCli(['analyze', 'AAPL', '--no-llm', '--json', '--data-dir', dataDir]);
    decision = first.lines().find((line) => line.type === 'decision')!.decision as { id: string };
    server = await startServerProcess(dataDir);
  });
  afterAll(() => server.stop());

  test.each([
    ['analyze', ['analyze', 'MSFT', '--no-llm']],
    ['import', ['import', AAPL, '--symbol', 'MINE']],
    ['a list being changed', ['watchlist', 'remove', 'samples']],
    ['a second server', ['server', '--port', '0']],
  ])('%s is refused with the process to look for, and changes nothing', async (_what, args) => {
    const result = await cli(...args);
    const sentence = errorSentence('DATA_DIR_BUSY', { pid: server.child.pid!, dir: server.dataDir });
    const error = expect.objectContaining({ code: 'DATA_DIR_BUSY', sentence });
    expect([result.code, result.lines()]).toEqual([1, [{ type: 'error', error }]]);
    expect((await cli('decisions')).lines().at(-1)).toMatchObject({ type: 'end', total: 1 });
  });

  test('decisions and decision read the journal', async () => {
    const listed = await cli('decisions');
    expect([listed.code, listed.lines().length]).toEqual([0, 2]);
    expect(listed.lines()[0]).toMatchObject({ type: 'decision', decision: { id: decision.id, symbol: 'AAPL' } });
    const whole = await cli('decision', decision.id);
    expect([whole.code, whole.lines()]).toEqual([0, [{ type: 'decision', decision, outcome: expect.anything() }]]);
  });

  test('scorecard reads the journal, and settling is left to the engine that runs', async () => {
    const card = await cli('scorecard', '--by', 'action,regime');
    expect([card.code, card.lines().length]).toEqual([0, 1]);
    const line = card.lines()[0] as { settled: number; pending: number };
    expect(line).toMatchObject({ type: 'scorecard', origin: 'live', forecast: null });
    expect(line.settled + line.pending).toBe(1);
    const settle = await cli('outcomes', 'settle');
    expect([settle.code, settle.lines()]).toEqual([
      1,
      [{ type: 'error', error: expect.objectContaining({ code: 'DATA_DIR_BUSY' }) }],
    ]);
  });

  test('gaf reads its file', async () => {
    const result = await cli('gaf', '--csv', AAPL);
    expect([result.code, result.lines()[0]?.type]).toEqual([0, 'gaf']);
  });

  test('doctor finds the engine and nothing wrong', async () => {
    const result = await cli('doctor');
    const checks = result.lines() as { name: string; state: string; sentence: string }[];
    expect(checks.filter(({ state }) => state === 'problem')).toEqual([]);
    expect(result.code).toBe(0);
    expect(checks.find(({ name }) => name === 'engine')?.sentence).toContain(`process ${server.child.pid}`);
    expect(checks.find(({ name }) => name === 'journal')?.sentence).toBe('1 decisions can be read.');
  });
});
