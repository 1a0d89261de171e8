import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const cruiser = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Runs the project's own rules over a small tree that holds one planted import. */
function cruise(files: Record<string, string>) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-boundaries-'));
  cpSync('.dependency-cruiser.cjs', path.join(dir, '.dependency-cruiser.cjs'));
  symlinkSync(path.resolve('node_modules'), path.join(dir, 'node_modules'), 'junction');
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
  const tops = [...new Set(Object.keys(files).map((file) => file.split('/')[0]!))];
  const { status, stdout } = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.cjs', ...tops], {
    cwd: dir,
    encoding: 'utf8',
  });
  return { status, stdout };
}

const leaf = 'export const a = 1;\n';

describe('the import boundaries', () => {
  it('pass a tree that keeps them', () => {
    const { status } = cruise({
      'renderer/Panel.tsx': 'export const Panel = () => <b title="x">1</b>;\n',
      'electron/engine/market/index.ts': leaf,
      'electron/engine/vision/index.ts': "import { a } from '../market/index.ts';\nexport const b = a;\n",
    });
    expect(status).toBe(0);
  });

  it.each([
    [
      'a room importing one below it',
      'electron/engine/market/x.ts',
      '../vision/index.ts',
      'electron/engine/vision/index.ts',
      'market-imports-only-rooms-above-it',
    ],
    [
      'a way round a door',
      'electron/engine/vision/x.ts',
      '../market/csv.ts',
      'electron/engine/market/csv.ts',
      'market-is-entered-by-its-door',
    ],
    [
      'the engine importing a host',
      'electron/engine/market/x.ts',
      '../../hosts/server.ts',
      'electron/hosts/server.ts',
      'engine-imports-shared-only',
    ],
    [
      'the page importing the engine',
      'renderer/x.ts',
      '../electron/engine/index.ts',
      'electron/engine/index.ts',
      'renderer-imports-shared-only',
    ],
    ['shared importing Node', 'shared/x.ts', 'node:fs', null, 'shared-stands-alone'],
    ['the page importing Node', 'renderer/x.ts', 'node:fs', null, 'page-has-no-node'],
    [
      'a room importing the wiring',
      'electron/engine/market/x.ts',
      '../create-engine.ts',
      'electron/engine/create-engine.ts',
      'rooms-do-not-import-the-wiring',
    ],
    [
      'a type-only import of a room below',
      'electron/engine/platform/x.ts',
      '../decision/index.ts',
      'electron/engine/decision/index.ts',
      'platform-imports-only-rooms-above-it',
    ],
  ])('find %s', (what, from, specifier, target, rule) => {
    const text = what.startsWith('a type-only')
      ? `import type { a } from '${specifier}';\nexport type B = typeof a;\n`
      : `import * as a from '${specifier}';\nexport const b = a;\n`;
    const { status, stdout } = cruise({ [from]: text, ...(target ? { [target]: leaf } : {}) });
    expect(stdout).toContain(rule);
    expect(status).not.toBe(0);
  });
});
