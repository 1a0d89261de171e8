import { spawn } from 'node:child_process';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Decision } from '../../shared/domain/index.ts';
import { seeded, temporaryFolder } from '../support/engine.ts';

/** `npm run test:faults` kills 200 times; `npm test` takes a sample. */
const KILLS = Number(process.env.RESUME_KILLS ?? 6);

/** Runs the process until it ends, or kills it `afterMs` after it has begun; true = it ended by itself. */
function runAndKill(dataDir: string, afterMs: number | null): Promise<boolean> {
  const child = spawn(process.execPath, ['tests/faults/resume-child.ts', dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let ended = false;
  child.stdout.on('data', (data: Buffer) => {
    const said = data.toString();
    if (said.includes('begun') && afterMs !== null) setTimeout(() => child.kill('SIGKILL'), afterMs);
    if (said.includes('ended')) ended = true;
  });
  return new Promise((resolve) => child.on('close', () => resolve(ended)));
}

function stored(dataDir: string): { decisions: Decision[]; setups: number; checkpoints: number } {
  const journal = new BetterSqlite3(path.join(dataDir, 'journal.db'), { readonly: true });
  const bodies = journal.prepare('SELECT body FROM decisions ORDER BY rowid').pluck().all() as string[];
  const setups = journal.prepare('SELECT count(*) FROM setups').pluck().get() as number;
  journal.close();
  const kept = new BetterSqlite3(path.join(dataDir, 'checkpoints.db'), { readonly: true });
  const checkpoints = kept.prepare('SELECT count(*) FROM checkpoints').pluck().get() as number;
  kept.close();
  return { decisions: bodies.map((body) => JSON.parse(body)), setups, checkpoints };
}

const contents = (decisions: readonly Decision[]) =>
  decisions.map(({ symbol, contentHash }) => `${symbol} ${contentHash}`).sort();

describe('kill -9 during a run that is taken up again', () => {
  let whole: ReturnType<typeof stored>;
  beforeAll(async () => {
    const dataDir = temporaryFolder('whole');
    expect(await runAndKill(dataDir, null)).toBe(true);
    whole = stored(dataDir);
  }, 120_000);

  it(`${KILLS} times: each symbol is decided once, as in a run that nobody killed, and its setup is kept with it`, async () => {
    const random = seeded(77);
    let kills = 0;
    while (kills < KILLS) {
      const dataDir = temporaryFolder('resume');
      let ended = false;
      while (!ended) {
        ended = await runAndKill(dataDir, kills < KILLS ? 20 + random() * 900 : null);
        if (!ended) kills += 1;
      }
      const { decisions, setups, checkpoints } = stored(dataDir);
      expect(contents(decisions)).toEqual(contents(whole.decisions));
      expect(setups).toBe(decisions.length);
      expect(new Set(decisions.map(({ runId }) => runId)).size).toBe(1);
      expect(checkpoints).toBe(0);
    }
  }, 3_600_000);
});
