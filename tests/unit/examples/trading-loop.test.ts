import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../support/engine.ts';

test('examples/trading-loop.ts decides each bar once, tells what feedback changed, and leaves no data folder behind', () => {
  const folder = temporaryFolder('example');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/trading-loop.ts'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, BRAINNET_LOG: 'silent' },
  });
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.map((line) => line.split(':', 1)[0]!.slice(0, 19))).toEqual([
    '1 AAPL',
    'It is remembered, a',
    '1 MSFT',
    'It is remembered, a',
    '2 AAPL',
    '2 MSFT',
  ]);
  for (const at of [0, 2]) expect(lines[at]).toMatch(/^1 \S+: (long|short|hold), C [01]\.\d\d after \d rounds$/);
  for (const at of [4, 5]) expect(lines[at]).toMatch(/last bar of 2012-12-31, nothing new; the decision on it stands/);
  expect(readdirSync(folder).filter((name) => name.startsWith('brainnet-'))).toEqual([]);
});
