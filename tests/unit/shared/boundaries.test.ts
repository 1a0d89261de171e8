import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const cruiser = path.resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const leaf = 'export const a = 1;\n';

/** Runs the project's own rules over a small tree; packages are stand-ins that export one constant. */
function cruise(files: Record<string, string>, packages: readonly string[] = []) {
  const dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-boundaries-'));
  cpSync('.dependency-cruiser.cjs', path.join(dir, '.dependency-cruiser.cjs'));
  mkdirSync(path.join(dir, 'node_modules'));
  symlinkSync(path.resolve('node_modules/@swc'), path.join(dir, 'node_modules', '@swc'), 'junction');
  const standIns = packages.flatMap((name) => [
    [`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.0.0', main: 'index.js' })],
    [`node_modules/${name}/index.js`, leaf],
  ]);
  for (const [file, text] of [...Object.entries(files), ...standIns] as [string, string][]) {
    mkdirSync(path.dirname(path.join(dir, file)), { recursive: true });
    writeFileSync(path.join(dir, file), text);
  }
  const tops = [...new Set(Object.keys(files).map((file) => file.split('/')[0]!))];
  const { status, stdout } = spawnSync(process.execPath, [cruiser, '--config', '.dependency-cruiser.cjs', ...tops], {
    cwd: dir,
    encoding: 'utf8',
  });
  return { status, stdout, rules: [...new Set(stdout.match(/(?<=error )[\w-]+/g) ?? [])] };
}

const importing = (specifier: string) => `import * as a from '${specifier}';\nexport const b = a;\n`;

/** A tree where `from` imports `to`, a file of ours, a package or a module of Node. */
function planted(from: string, to: string) {
  const ours = /^(shared|electron|renderer|examples|tests|models)\//.test(to);
  if (!ours) return cruise({ [from]: importing(to) }, to.startsWith('node:') ? [] : [to]);
  const specifier = path.posix.relative(path.posix.dirname(from), to);
  return cruise({ [from]: importing(specifier.startsWith('.') ? specifier : `./${specifier}`), [to]: leaf });
}

describe('the import boundaries', () => {
  it('pass a tree that keeps them', () => {
    const { stdout, status } = cruise(
      {
        'renderer/Panel.tsx': `${importing('../shared/errors.ts')}export const Panel = () => <b title="x">1</b>;\n`,
        'shared/errors.ts': importing('zod'),
        'electron/engine/market/index.ts': leaf,
        'electron/engine/vision/index.ts': importing('../market/index.ts'),
        'electron/engine/create-engine.ts': importing('./vision/index.ts'),
        'electron/engine/index.ts': importing('./create-engine.ts'),
        'electron/hosts/serve.ts': importing('./server/auth.ts'),
        'electron/hosts/server/auth.ts': importing('node:crypto'),
        'electron/hosts/cli/run.ts':
          importing('../serve.ts') + importing('../../engine/index.ts').replaceAll(/\b[ab]\b/g, '$&2'),
        'electron/hosts/page-files.ts': leaf,
        'electron/desktop/app.ts': importing('../hosts/page-files.ts'),
        'electron/main.ts': importing('./desktop/app.ts'),
        'examples/use.ts': importing('../electron/engine/index.ts'),
      },
      ['zod'],
    );
    expect(stdout).toContain('no dependency violations found');
    expect(status).toBe(0);
  });

  it.each([
    [
      'a room importing one below it',
      'electron/engine/market/x.ts',
      'electron/engine/vision/index.ts',
      'market-imports-only-rooms-above-it',
    ],
    [
      'a way round a door',
      'electron/engine/vision/x.ts',
      'electron/engine/market/csv.ts',
      'market-is-entered-by-its-door',
    ],
    [
      'a room importing the wiring',
      'electron/engine/market/x.ts',
      'electron/engine/create-engine.ts',
      'rooms-do-not-import-the-wiring',
    ],
    ['a room that no one listed', 'electron/engine/rumours/x.ts', 'shared/errors.ts', 'rooms-are-listed'],
    [
      'the wiring importing a room that no one listed',
      'electron/engine/router.ts',
      'electron/engine/rumours/index.ts',
      'rooms-are-listed',
    ],
    [
      'the engine importing a host',
      'electron/engine/market/x.ts',
      'electron/hosts/server.ts',
      'engine-imports-shared-only',
    ],
    ['the engine importing the page', 'electron/engine/views.ts', 'renderer/x.ts', 'engine-imports-shared-only'],
    ['the engine importing react', 'electron/engine/views.ts', 'react', 'engine-imports-shared-only'],
    ['the engine importing electron', 'electron/engine/market/x.ts', 'electron', 'only-desktop-knows-electron'],
    [
      'a host importing the wiring',
      'electron/hosts/x.ts',
      'electron/engine/router.ts',
      'engine-is-entered-by-its-door',
    ],
    [
      'a host importing inside a room',
      'electron/hosts/cli/x.ts',
      'electron/engine/market/csv.ts',
      'engine-is-entered-by-its-door',
    ],
    [
      'a host importing the desktop',
      'electron/hosts/x.ts',
      'electron/desktop/app.ts',
      'hosts-import-shared-and-the-engine-only',
    ],
    [
      'a host importing a test',
      'electron/hosts/cli/x.ts',
      'tests/bench/index.ts',
      'hosts-import-shared-and-the-engine-only',
    ],
    ['a host importing the page', 'electron/hosts/x.ts', 'renderer/x.ts', 'hosts-import-shared-and-the-engine-only'],
    ['a host importing electron', 'electron/hosts/x.ts', 'electron', 'only-desktop-knows-electron'],
    [
      'the server importing the command line',
      'electron/hosts/server/x.ts',
      'electron/hosts/cli/main.ts',
      'host-parts-are-not-sideways',
    ],
    [
      'the command line importing inside the server',
      'electron/hosts/cli/x.ts',
      'electron/hosts/server/auth.ts',
      'host-parts-are-not-sideways',
    ],
    [
      'the desktop importing the command line',
      'electron/desktop/x.ts',
      'electron/hosts/cli/main.ts',
      'desktop-shares-little-with-the-hosts',
    ],
    [
      'the desktop importing inside the server',
      'electron/desktop/x.ts',
      'electron/hosts/server/auth.ts',
      'desktop-shares-little-with-the-hosts',
    ],
    ['an entry importing a host', 'electron/main.ts', 'electron/hosts/serve.ts', 'entries-import-the-desktop-only'],
    ['the page importing the engine', 'renderer/x.ts', 'electron/engine/index.ts', 'renderer-imports-shared-only'],
    ['the page importing the models', 'renderer/x.ts', 'models/card.ts', 'renderer-imports-shared-only'],
    ['the page importing Node', 'renderer/x.ts', 'node:fs', 'page-has-no-node'],
    ['the page importing electron', 'renderer/x.ts', 'electron', 'only-desktop-knows-electron'],
    ['shared importing Node', 'shared/x.ts', 'node:fs', 'shared-stands-alone'],
    ['shared importing a package', 'shared/x.ts', 'papaparse', 'shared-stands-alone'],
    [
      'an example importing a room',
      'examples/x.ts',
      'electron/engine/market/index.ts',
      'examples-import-the-engine-only',
    ],
  ])('find %s', (_what, from, to, rule) => {
    const { status, rules } = planted(from, to);
    expect(rules).toContain(rule);
    expect(status).not.toBe(0);
  });

  it('find a type-only import of a room below', () => {
    const text = "import type { a } from '../decision/index.ts';\nexport type B = typeof a;\n";
    const { rules } = cruise({ 'electron/engine/platform/x.ts': text, 'electron/engine/decision/index.ts': leaf });
    expect(rules).toEqual(['platform-imports-only-rooms-above-it']);
  });

  it('find a circle, and a room that no one listed even where nothing imports it', () => {
    const circle = cruise({ 'shared/x.ts': importing('./y.ts'), 'shared/y.ts': importing('./x.ts') });
    expect(circle.rules).toEqual(['no-circular']);
    expect(cruise({ 'electron/engine/rumours/index.ts': leaf }).rules).toEqual(['rooms-are-listed']);
  });
});
