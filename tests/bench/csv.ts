import { execFile } from 'node:child_process';
import { createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { seeded } from '../support/engine.ts';
import { machine, median, rounded } from './machine.ts';

const ROWS = 1_000_000;
const ROUNDS = 3;

/** One million one-minute bars in New York's local time, streamed from the disk, understood, checked and stored. */
export async function csv(): Promise<object> {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-bench-csv-'));
  try {
    const file = path.join(dir, 'million.csv');
    await pipeline(Readable.from(rows()), createWriteStream(file));
    const runs: Run[] = [];
    for (let round = 0; round < ROUNDS; round++) runs.push(await importOnce(file, path.join(dir, `imports-${round}`)));
    const of = (name: keyof Run) => rounded(median(runs.map((run) => run[name])), 4);
    return {
      what: `${ROWS} one-minute bars (${Math.round(statSync(file).size / 1024 / 1024)} MiB) through the market's import, stored`,
      bars: runs[0]!.bars,
      wallMs: of('wallMs'),
      cpuMs: of('cpuMs'),
      memoryAboveStartMB: of('memoryAboveStartMB'),
      longestTurnCpuMs: of('longestTurnCpuMs'),
      goal: { cpuMs: 3000, memoryAboveStartMB: 200, longestTurnCpuMs: 50 },
      method: `median of ${ROUNDS} processes; cpuMs counts every thread, so it holds on one core`,
      machine: machine(),
    };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

type Run = Record<'bars' | 'wallMs' | 'cpuMs' | 'memoryAboveStartMB' | 'longestTurnCpuMs', number>;

async function importOnce(file: string, dir: string): Promise<Run> {
  const child = path.join(packageRoot(), 'tests', 'bench', 'csv-child.ts');
  const { stdout } = await promisify(execFile)(process.execPath, [child, file, dir]);
  return JSON.parse(stdout);
}

/** Round the clock from 2022 on; local times that New York's clocks skip are left out, those they show twice stand twice. */
function* rows(): Generator<string> {
  const random = seeded(1);
  const zone = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'America/New_York',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  yield 'Date,Open,High,Low,Close,Volume\n';
  let close = 100;
  for (let row = 0, block: string[] = []; row < ROWS; row++) {
    const open = close;
    close *= 1 + 0.001 * (random() - 0.5);
    const high = Math.max(open, close) * 1.0002;
    const low = Math.min(open, close) * 0.9998;
    const prices = [open, high, low, close].map((price) => price.toFixed(4));
    block.push(
      `${zone.format(Date.UTC(2022, 0, 3) + row * 60_000)},${prices.join(',')},${Math.round(random() * 1e5)}\n`,
    );
    if (block.length < 1000 && row < ROWS - 1) continue;
    yield block.join('');
    block = [];
  }
}
