import { execFile } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../electron/engine/platform/index.ts';

/** 50 symbols of 3,000 daily bars, bars cached, no language model: CPU besides the network's, and peak memory. */
export async function benchAnalyze(): Promise<object> {
  const child = path.join(packageRoot(), 'tests', 'bench', 'analyze-child.ts');
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-bench-'));
  const run = (mode: string) => promisify(execFile)(process.execPath, [child, mode, dataDir], { maxBuffer: 1e7 });
  await run('fill');
  const { stdout } = await run('measure');
  const figures = JSON.parse(stdout);
  const goals = { otherCpuMsPerSymbol: '<= 10', peakMemoryMB: '< 600' };
  return { bench: 'analyze', ...figures, goals };
}
