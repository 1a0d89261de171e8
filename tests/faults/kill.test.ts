import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';
import { openJournalReader } from '../../electron/engine/index.ts';
import { seeded, temporaryFolder, testEngine } from '../support/engine.ts';

/** `npm run test:faults` kills 50 times; `npm test` takes a sample. */
const KILLS = Number(process.env.FAULT_KILLS ?? 6);

interface Killed {
  reported: string[];
  ended: boolean;
}

/** Runs a watchlist in a process of its own and kills it once it has reported `after` decisions (and a random moment more). */
function analyzeAndKill(dataDir: string, after: number, moreMs: number): Promise<Killed> {
  const args = [
    'electron/hosts/cli/brainnet.js',
    'analyze',
    '--watchlist',
    'sp500-20',
    '--no-llm',
    '--json',
    '--data-dir',
    dataDir,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  const killed: Killed = { reported: [], ended: false };
  createInterface({ input: child.stdout }).on('line', (line) => {
    const event = JSON.parse(line);
    if (event.type === 'decision') killed.reported.push(event.decision.id);
    if (event.type === 'end') killed.ended = true;
    if (event.type === 'progress' && killed.reported.length >= after) setTimeout(() => child.kill('SIGKILL'), moreMs);
  });
  return new Promise((resolve) => child.on('close', () => resolve(killed)));
}

describe('kill -9 during a watchlist run', () => {
  it(`${KILLS} times: every reported decision is in the journal, and the next start is clean`, async () => {
    const dataDir = temporaryFolder('kill');
    const random = seeded(9);
    const reported: string[] = [];
    let cutShort = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const { reported: now, ended } = await analyzeAndKill(dataDir, Math.floor(random() * 8), random() * 40);
      reported.push(...now);
      if (!ended) cutShort += 1;
    }
    expect(cutShort).toBeGreaterThan(KILLS / 2);
    const reader = openJournalReader(dataDir);
    for (const id of reported) expect(reader.get(id).id).toBe(id);
    expect(reader.count()).toBeGreaterThanOrEqual(reported.length);
    reader.close();
    const engine = await testEngine({ dataDir });
    expect(engine.notices).toEqual([]);
    const runs = await engine.client.analysis.runs();
    expect(runs.filter(({ status }) => status === 'running')).toEqual([]);
    expect(runs.filter(({ status }) => status === 'interrupted').length).toBeGreaterThanOrEqual(
      Math.min(cutShort, 50) - 1,
    );
    for (const run of runs) expect(run.items.filter(({ status }) => status === 'done')).toHaveLength(run.done);
    await engine.close();
  }, 600_000);
});
