import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../electron/engine/platform/index.ts';
import { machine } from './machine.ts';

const ROUNDS = 5;

/** 50 symbols of 3,000 daily bars, bars cached, no language model: CPU besides the network's, and peak memory. */
export async function benchAnalyze(): Promise<object> {
  const child = path.join(packageRoot(), 'tests', 'bench', 'analyze-child.ts');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'brainnet-bench-'));
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [child, ...args], { maxBuffer: 1e7 });
  const filled = path.join(folder, 'filled');
  await run('fill', filled);
  const rounds: { otherCpuMsPerSymbol: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const dataDir = path.join(folder, String(round));
    cpSync(filled, dataDir, { recursive: true });
    const { stdout } = await run('measure', dataDir);
    rounds.push(JSON.parse(stdout));
  }
  rmSync(folder, { recursive: true, force: true });
  const sorted = rounds.toSorted((a, b) => a.otherCpuMsPerSymbol - b.otherCpuMsPerSymbol);
  const each = sorted.map(({ otherCpuMsPerSymbol }) => otherCpuMsPerSymbol);
  const goal = { otherCpuMsPerSymbol: 10, peakMemoryMB: 600 };
  const method = `median of ${ROUNDS} processes by otherCpuMsPerSymbol; the network's CPU a reading is measured in the same process; onceCpuMs is what a process pays once, in idle after its start or with its first analysis: loading LangGraph and a thread for figures, and that analysis`;
  return { name: 'analyze', ...sorted[ROUNDS >> 1], eachOtherCpuMsPerSymbol: each, goal, method, machine: machine() };
}
