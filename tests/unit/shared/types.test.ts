import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

const compiler = path.resolve('node_modules/typescript/bin/tsc');

it('the types of shared/ know nothing of Node and of a page', () => {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-types-'));
  for (const file of ['tsconfig.json', 'tsconfig.shared.json', 'package.json', 'shared']) {
    cpSync(file, path.join(dir, file), { recursive: true });
  }
  symlinkSync(path.resolve('node_modules'), path.join(dir, 'node_modules'), 'junction');
  const names = ['process', 'Buffer', 'document', 'window', 'fetch'];
  writeFileSync(
    path.join(dir, 'shared', 'planted.ts'),
    names.map((name, i) => `export const x${i} = ${name};\n`).join(''),
  );
  const { stdout } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.shared.json'], {
    cwd: dir,
    encoding: 'utf8',
  });
  const unknown = [...stdout.matchAll(/planted\.ts\(.*Cannot find name '(\w+)'/g)].map((match) => match[1]);
  expect(unknown).toEqual(names);
});
