import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  canonicalJson,
  openDatabase,
  openSettings,
  readDatabase,
  requireNode24,
  sha256,
  takeDataFolder,
  writeFileAtomic,
} from '../../../electron/engine/platform/index.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(os.tmpdir(), 'brainnet-platform-'));
});

const migrations = [{ id: 1, name: 'one', sql: 'CREATE TABLE t (a INTEGER) STRICT;' }];
const open = (file: string, steps = migrations) => openDatabase({ file, migrations: steps, synchronous: 'FULL' });

describe('canonical JSON', () => {
  it('does not depend on the order of keys and leaves undefined out', () => {
    expect(canonicalJson({ b: [1, { z: 1, y: undefined }], a: 'x' })).toBe('{"a":"x","b":[1,{"z":1}]}');
  });
  it('refuses numbers that JSON cannot carry', () => {
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(TypeError);
  });
  it('hashes as FIPS 180-2 does', () => {
    expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});

describe('the database', () => {
  it('backs a file up before it migrates it, and refuses one from a newer version', () => {
    const file = path.join(dir, 'j.db');
    const first = open(file);
    first.exec('INSERT INTO t VALUES (7)');
    first.close();
    const second = open(file, [...migrations, { id: 2, name: 'two', sql: 'ALTER TABLE t ADD COLUMN b INTEGER;' }]);
    expect(second.prepare('SELECT a, b FROM t').get()).toEqual({ a: 7, b: null });
    second.close();
    expect(open(`${file}.before-2`).prepare('SELECT a FROM t').get()).toEqual({ a: 7 });
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'DATABASE_NEWER' }));
  });

  it('runs a step that a room adds below the newest one of another room', () => {
    const file = path.join(dir, 'j.db');
    const high = { id: 200, name: 'high', sql: 'CREATE TABLE high (a INTEGER) STRICT;' };
    open(file, [...migrations, high]).close();
    const between = { id: 101, name: 'between', sql: 'CREATE TABLE between_them (a INTEGER) STRICT;' };
    const reopened = open(file, [...migrations, high, between]);
    expect(reopened.prepare('SELECT count(*) FROM between_them').pluck().get()).toBe(0);
    reopened.close();
  });

  it('sets a damaged file aside unchanged', () => {
    const file = path.join(dir, 'j.db');
    writeFileSync(file, "this is no database, but it may be somebody's only copy");
    expect(() => open(file)).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }));
    const aside = readdirSync(dir).find((name) => name.startsWith('j.db.damaged-'))!;
    expect(readFileSync(path.join(dir, aside), 'utf8')).toContain('only copy');
    expect(existsSync(file)).toBe(false);
  });

  it('says that there is none yet when it is only to be read', () => {
    expect(() => readDatabase({ file: path.join(dir, 'none.db'), steps: [1] })).toThrow(
      expect.objectContaining({ code: 'DATABASE_MISSING' }),
    );
  });
});

describe('the data folder', () => {
  it('has one owner at a time and is free again when released', () => {
    const owner = takeDataFolder(dir);
    expect(() => takeDataFolder(dir)).toThrow(new RegExp(`process ${process.pid}`));
    owner.release();
    takeDataFolder(dir).release();
  });

  it('is free again after its owner was killed', () => {
    const script = `const { takeDataFolder } = await import('./electron/engine/platform/index.ts');
      takeDataFolder(${JSON.stringify(dir)}); process.kill(process.pid, 'SIGKILL');`;
    const { signal } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
    expect(signal).toBe('SIGKILL');
    takeDataFolder(dir).release();
  });

  it('says in a sentence that it cannot be written', () => {
    const file = path.join(dir, 'a-file');
    writeFileSync(file, '');
    expect(() => takeDataFolder(path.join(file, 'below'))).toThrow(
      expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }),
    );
    if (process.getuid?.() === 0) return;
    chmodSync(dir, 0o500);
    expect(() => takeDataFolder(path.join(dir, 'x'))).toThrow(expect.objectContaining({ code: 'DATA_DIR_UNWRITABLE' }));
  });
});

describe('settings', () => {
  const file = () => path.join(dir, 'settings.json');

  it('follow flag > environment > file > default', () => {
    openSettings(file(), {}).set('CONFIDENCE_THRESHOLD', 0.5);
    const at = (env: Record<string, string>, flags = {}) =>
      openSettings(file(), env, flags).values().CONFIDENCE_THRESHOLD;
    expect(at({})).toBe(0.5);
    expect(at({ CONFIDENCE_THRESHOLD: '0.6' })).toBe(0.6);
    expect(at({ CONFIDENCE_THRESHOLD: '0.6' }, { CONFIDENCE_THRESHOLD: '0.7' })).toBe(0.7);
    expect(openSettings(path.join(dir, 'other.json'), {}).values().CONFIDENCE_THRESHOLD).toBe(0.78);
  });

  it.each([
    ['CONFIDENCE_THRESHOLD', '1.5'],
    ['CONFIDENCE_THRESHOLD', 'high'],
    ['CONFIDENCE_THRESHOLD', 'NaN'],
    ['MAX_REFINEMENTS', '2.5'],
    ['MEMORY_DB', 'postgresql'],
    ['LLM_BACKEND', 'gpt'],
    ['WINDOW_BARS', '0x40g'],
    ['USE_VISION', 'perhaps'],
    ['USE_VISION', '2'],
  ])('refuse %s=%s, naming the variable, its value and what it may be', (name, value) => {
    expect(() => openSettings(file(), { [name]: value })).toThrow(
      new RegExp(`^${name} is ${value}, but it may be .+\\.$`),
    );
  });

  it.each([
    [['true', '1', 'yes', 'on', 'TRUE'], 'true'],
    [['false', '0', 'no', 'off', 'Off'], 'false'],
  ])('take %j as %s', (words, meant) => {
    for (const USE_VISION of words) expect(openSettings(file(), { USE_VISION }).values().USE_VISION).toBe(meant);
    writeFileSync(file(), JSON.stringify({ USE_VISION: meant === 'true' }));
    expect(openSettings(file(), {}).values().USE_VISION).toBe(meant);
  });

  it('name a server by the file, the environment or a flag, with its capitals, and its version of the protocol', () => {
    const store = openSettings(file(), {});
    store.set('OLLAMA_MODEL', 'Org/Phi-3.5-Vision');
    store.set('OLLAMA_BASE_URL', 'https://Mine.azure.com/Phi?api-version=2024-10-21');
    expect(store.values()).toMatchObject({
      OLLAMA_MODEL: 'Org/Phi-3.5-Vision',
      OLLAMA_BASE_URL: 'https://Mine.azure.com/Phi?api-version=2024-10-21',
    });
    const env = { OLLAMA_MODEL: 'of-the-environment' };
    expect(openSettings(file(), env).values().OLLAMA_MODEL).toBe('of-the-environment');
    expect(openSettings(file(), env, { OLLAMA_MODEL: 'of-a-flag' }).values().OLLAMA_MODEL).toBe('of-a-flag');
    store.set('OLLAMA_MODEL', '');
    expect(store.view().find(({ name }) => name === 'OLLAMA_MODEL')).toMatchObject({ value: '', origin: 'default' });
  });

  it.each([
    'https://me:SECRET@mine.com',
    'https://SECRET@mine.com/v1',
    'https://mine.com/v1?api-key=SECRET',
    'https://mine.com/v1?api-version=v1&code=SECRET',
    'https://mine.com/v1?api-version=SECRET',
    'https://mine.com/v1#SECRET',
    'me:SECRET@mine.com',
    'mine.com?key=SECRET',
  ])('refuse the address %s in one sentence, wherever it stands, and do not repeat it', (address) => {
    const sentence =
      'OLLAMA_BASE_URL is an address with a user, a password or a query, but it may be an http or https address such as http://localhost:1234, without a user, a password or a query (a key goes into LLM_API_KEY).';
    const store = openSettings(file(), {});
    expect(() => store.set('OLLAMA_BASE_URL', address)).toThrow(sentence);
    expect(() => openSettings(file(), { OLLAMA_BASE_URL: address })).toThrow(sentence);
    expect(() => openSettings(file(), {}, { OLLAMA_BASE_URL: address })).toThrow(sentence);
    expect(existsSync(file()) ? readFileSync(file(), 'utf8') : '').not.toContain('SECRET');
  });

  it('keep the file as it was when a value is refused, and refuse a file that is no object of settings', () => {
    openSettings(file(), {}).set('MAX_REFINEMENTS', 2);
    const before = readFileSync(file(), 'utf8');
    expect(() => openSettings(file(), {}).set('MAX_REFINEMENTS', 9)).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING' }),
    );
    expect(() => openSettings(file(), {}).set('__proto__', 9)).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING' }),
    );
    expect(readFileSync(file(), 'utf8')).toBe(before);
    writeFileSync(file(), '[1');
    expect(() => openSettings(file(), {})).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }));
  });

  it.each([
    ['a value nested 100,000 deep', `{"MAX_REFINEMENTS": ${'['.repeat(1e5)}${']'.repeat(1e5)}}`],
    ['a value that cannot be written out', '{"MAX_REFINEMENTS": {"toString": 1}}'],
    ['a file nested 100,000 deep', '['.repeat(1e5) + ']'.repeat(1e5)],
    ['a file nested without an end', '{"MAX_REFINEMENTS":'.repeat(1e5)],
    ['a value of null', '{"MAX_REFINEMENTS": null}'],
  ])('refuse %s in one short sentence', (_, content) => {
    writeFileSync(file(), content);
    expect(() => openSettings(file(), {})).toThrow(
      expect.objectContaining({ code: 'BAD_SETTING', message: expect.stringMatching(/^.{1,400}$/) }),
    );
  });

  it('can be written again where a folder lies in their place only by a sentence', () => {
    const store = openSettings(file(), {});
    mkdirSync(file());
    expect(() => store.set('MAX_REFINEMENTS', 2)).toThrow(expect.objectContaining({ code: 'FILE_UNWRITABLE' }));
    expect(readdirSync(dir)).toEqual(['settings.json']);
  });

  it('say which variable of the original has no effect', () => {
    expect(openSettings(file(), { CHROMA_PERSIST_DIR: 'x' }).notices()).toEqual([
      expect.stringContaining('CHROMA_PERSIST_DIR'),
    ]);
  });
});

describe('files and versions', () => {
  it('replace a file whole and leave nothing beside it', () => {
    const file = path.join(dir, 'a.txt');
    writeFileAtomic(file, 'one');
    writeFileAtomic(file, 'two');
    expect(readFileSync(file, 'utf8')).toBe('two');
    expect(readdirSync(dir)).toEqual(['a.txt']);
  });
  it('refuse Node 20 in one sentence', () => {
    expect(() => requireNode24('20.20.2')).toThrow(/^Brainnet needs Node 24 or newer, and this is Node 20.20.2;.*\.$/s);
    expect(() => requireNode24('24.1.0')).not.toThrow();
  });
});
