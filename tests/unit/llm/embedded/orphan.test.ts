import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { loadLimitMs } from '../../../../electron/engine/llm/embedded/load-limit.ts';
import { endlessModelFile } from '../../../support/tiny-model/index.ts';
import { openModel } from './models.ts';

let pid = 0;
afterEach(() => {
  if (pid && isAlive()) process.kill(pid, 'SIGKILL');
});

const isAlive = () => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** Whole seconds that a process has computed, as `ps` writes them: [[dd-]hh:]mm:ss. */
const computed = () =>
  execFileSync('ps', ['-o', 'time=', '-p', String(pid)], { encoding: 'utf8' })
    .trim()
    .split(/[-:]/)
    .reduce((sum, part) => 60 * sum + Number(part), 0);

test.skipIf(process.platform === 'win32')(
  'the process of llama.cpp ends with its parent, also in the midst of a chat template that does not end',
  async () => {
    const script = path.join(import.meta.dirname, 'parent.ts');
    const parent = spawn(process.execPath, [script, endlessModelFile()], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [said] = (await once(parent.stdout, 'data')) as [Buffer];
    pid = Number(said.toString());
    // loading takes less than a second of it, so it is in the template by then
    await expect.poll(computed, { timeout: 60_000, interval: 200 }).toBeGreaterThanOrEqual(3);
    parent.kill('SIGKILL');
    await expect.poll(isAlive, { timeout: 20_000 }).toBe(false);
  },
  90_000,
);

test('a load that does not end is given up at its limit, and said', async () => {
  await expect(openModel(endlessModelFile(), { loadLimitMs: 3000 })).rejects.toThrow(
    'The language model tiny-phi3.gguf cannot be loaded (it was not ready within 3 seconds); name another',
  );
});

test('a load has a minute, and another for each 600 MB', () => {
  expect(loadLimitMs(600e6)).toBe(120_000);
  expect(loadLimitMs(2_400e6)).toBe(300_000);
});
