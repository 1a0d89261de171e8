import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { dataFolderHolder, takeDataFolder } from '../../../electron/engine/platform/index.ts';
import { temporaryFolder } from '../../support/engine.ts';

let dir: string;
const file = (name: string) => path.join(dir, name);
beforeEach(() => {
  dir = temporaryFolder('folder');
});

describe('the hold on a data folder', () => {
  it('is not kept from anyone by a lock file of garbage', () => {
    writeFileSync(file('engine.lock'), 'garbage, as after a crash of the machine'.repeat(30));
    expect(dataFolderHolder(dir)).toBeNull();
    const owner = takeDataFolder(dir);
    expect(() => takeDataFolder(dir)).toThrow(expect.objectContaining({ code: 'DATA_DIR_BUSY' }));
    owner.release();
    takeDataFolder(dir).release();
  });

  it('is told by its process, and only while it lasts', () => {
    const owner = takeDataFolder(dir);
    expect(dataFolderHolder(dir)).toBe(String(process.pid));
    owner.release();
    expect(dataFolderHolder(dir)).toBeNull();
  });

  it('says what to do when a folder lies where the lock file belongs', () => {
    mkdirSync(file('engine.lock'));
    const refusal = expect.objectContaining({
      code: 'DATA_DIR_UNWRITABLE',
      message: expect.stringMatching(/engine\.lock.*delete it/),
    });
    expect(() => takeDataFolder(dir)).toThrow(refusal);
    expect(() => dataFolderHolder(dir)).toThrow(refusal);
  });

  it('does without the note of its process where that cannot be written', () => {
    mkdirSync(file('engine.pid'));
    const owner = takeDataFolder(dir);
    expect(() => takeDataFolder(dir)).toThrow(/process unknown/);
    owner.release();
  });
});

describe('files that a killed process left half written', () => {
  it('are swept away at the next start, and nothing else is', () => {
    mkdirSync(file('imports'));
    const left = ['settings.json.4711.tmp', 'journal.db.before-2.4711.tmp', 'imports/ABC.json.4711.tmp'];
    const kept = ['settings.json', 'notes.tmp', 'holiday.4711.tmp', 'imports/ABC.json', 'imports/ABC.tmp'];
    for (const name of [...left, ...kept]) writeFileSync(file(name), '{}');
    mkdirSync(file('settings.json.1.tmp'));
    takeDataFolder(dir).release();
    for (const name of left) expect(existsSync(file(name)), name).toBe(false);
    for (const name of kept) expect(existsSync(file(name)), name).toBe(true);
    expect(readdirSync(dir)).toContain('settings.json.1.tmp');
  });
});

describe('a data folder that does not exist yet', () => {
  it('is made with the folders above it, for its owner alone', () => {
    const below = path.join(dir, 'a', 'b');
    takeDataFolder(below).release();
    if (process.platform !== 'win32') expect(statSync(below).mode & 0o777).toBe(0o700);
  });

  it.skipIf(process.platform !== 'linux')('is refused in a sentence where the system lets nobody make one', () => {
    const script = `const { takeDataFolder } = await import('./electron/engine/platform/index.ts');
      try { takeDataFolder('/proc/brainnet/data') } catch (error) { console.log(error.code, error.message) }`;
    const options = { encoding: 'utf8', timeout: 20_000 } as const;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], options);
    expect(stdout).toMatch(/^DATA_DIR_UNWRITABLE The data folder \/proc\/brainnet\/data cannot be written: .+\.\n$/);
  });
});
