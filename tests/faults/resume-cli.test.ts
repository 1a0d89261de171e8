import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import type { Decision, RunState } from '../../shared/domain/index.ts';
import { runCli } from '../support/cli.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';

const quiet = { BRAINNET_LOG: 'silent' };

function rows(dataDir: string, file: string, sql: string): unknown[] {
  if (!existsSync(path.join(dataDir, file))) return [];
  const database = new BetterSqlite3(path.join(dataDir, file), { readonly: true });
  try {
    return database.prepare(sql).pluck().all();
  } catch {
    return [];
  } finally {
    database.close();
  }
}
const decisions = (dataDir: string): Decision[] =>
  (rows(dataDir, 'journal.db', 'SELECT body FROM decisions ORDER BY rowid') as string[]).map((body) =>
    JSON.parse(body),
  );
const threads = (dataDir: string) => rows(dataDir, 'checkpoints.db', 'SELECT DISTINCT thread_id FROM checkpoints');

/** A run over the samples (threshold 1, so that every symbol is looked at again), killed in the midst of an analysis behind its first. */
async function killed(dataDir: string): Promise<void> {
  const child = spawn(process.execPath, ['tests/faults/resume-child.ts', dataDir], { stdio: 'ignore' });
  const closed = new Promise((resolve) => child.once('close', resolve));
  while (decisions(dataDir).length === 0 || threads(dataDir).length === 0)
    await new Promise((resolve) => setTimeout(resolve, 5));
  child.kill('SIGKILL');
  await closed;
}

describe('analyze --resume', () => {
  it('goes on with the run that was cut short, as it was begun, whatever its list and the settings have become', async () => {
    const dataDir = temporaryFolder('resume-cli');
    await killed(dataDir);
    const before = decisions(dataDir);
    const engine = await testEngine({ dataDir });
    const [run] = await engine.client.analysis.runs();
    expect(run).toMatchObject({ status: 'interrupted', done: before.length });
    await engine.client.settings.set({ name: 'COST', value: 0.05 });
    await engine.client.market.removeWatchlist({ name: 'samples' });
    await engine.close();

    const result = await runCli(['analyze', '--resume', '--json', '--data-dir', dataDir], quiet);
    expect(result.code).toBe(0);
    const after = decisions(dataDir);
    const symbols = (run as RunState).items.map(({ symbol }) => symbol);
    expect(after.map(({ symbol }) => symbol)).toEqual(symbols);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(after.map(({ runId }) => runId))).toEqual(new Set([run!.id]));
    expect(new Set(after.map(({ threshold, costFraction }) => `${threshold} ${costFraction}`))).toEqual(
      new Set(['1 0.001']),
    );
    expect(result.lines().at(-1)).toMatchObject({ type: 'end', status: 'done', decided: symbols.length, failed: 0 });
    expect(threads(dataDir)).toEqual([]);
  });

  it('finds what was kept of the analysis that was cut short after other commands have run, and says where there is nothing', async () => {
    const dataDir = temporaryFolder('resume-cli');
    await killed(dataDir);
    const kept = threads(dataDir);
    await runCli(['analyze', 'AAPL', '--json', '--data-dir', dataDir], quiet);
    expect(threads(dataDir)).toEqual(kept);
    expect((await runCli(['analyze', '--resume', '--json', '--data-dir', dataDir], quiet)).code).toBe(0);
    const nothing = await runCli(['analyze', '--resume', '--json', '--data-dir', dataDir], quiet);
    expect([nothing.code, nothing.lines()[0]]).toMatchObject([1, { type: 'error', error: { code: 'UNKNOWN_RUN' } }]);
  });

  it('lets go of checkpoints that belong to no run', async () => {
    const dataDir = temporaryFolder('resume-cli');
    await killed(dataDir);
    const journal = new BetterSqlite3(path.join(dataDir, 'journal.db'));
    journal.exec('DELETE FROM runs');
    journal.close();
    await (await testEngine({ dataDir })).close();
    expect(threads(dataDir)).toEqual([]);
  });
});
