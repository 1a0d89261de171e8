import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { BUNDLED_WATCHLISTS } from '../../../electron/engine/market/index.ts';
import { temporaryFolder } from '../../support/engine.ts';

test('examples/basic-usage.ts decides every symbol of the samples and leaves no data folder behind', () => {
  const folder = temporaryFolder('example');
  const { status, stdout, stderr } = spawnSync(process.execPath, ['examples/basic-usage.ts'], {
    encoding: 'utf8',
    env: { ...process.env, TMPDIR: folder, TEMP: folder, TMP: folder, BRAINNET_LOG: 'silent' },
  });
  expect([status, stderr]).toEqual([0, '']);
  const lines = stdout.trimEnd().split('\n');
  const { items } = BUNDLED_WATCHLISTS.find(({ name }) => name === 'samples')!;
  expect(lines.slice(0, -1).map((line) => line.split(' ', 1)[0])).toEqual(items.map(({ symbol }) => symbol));
  for (const line of lines.slice(0, -1)) {
    expect(line).toMatch(/^\S+ +\d{4}-\d\d-\d\d {2}(long|short|hold ) +\S+ +[01]\.\d\d$/);
  }
  expect(lines.at(-1)).toMatch(new RegExp(`^${items.length} decided, \\d+ of them holds$`));
  expect(readdirSync(folder).filter((name) => name.startsWith('brainnet-'))).toEqual([]);
});
