import { copyFileSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { runDoctor } from '../../../electron/engine/doctor.ts';
import { JOURNAL_STEPS, openJournalReader } from '../../../electron/engine/journal-reader.ts';
import { JOURNAL_MIGRATIONS } from '../../../electron/engine/open-databases.ts';
import { openDatabase, sha256 } from '../../../electron/engine/platform/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { storeDecisions, storedDecision } from '../../support/journal.ts';

let dir: string;
const journal = () => path.join(dir, 'journal.db');
const open = () => openDatabase({ file: journal(), migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL' });
const hash = (file: string) => sha256(readFileSync(file));

beforeEach(() => {
  dir = temporaryFolder('damage');
});

/** A journal whose newest commits lie in its WAL alone, as after kill -9, with pages of the main file overwritten. */
function damagedWithWal(): void {
  const live = path.join(dir, 'live.db');
  const database = openDatabase({ file: live, migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL' });
  const insert = database.prepare("INSERT INTO runs (id, status, state) VALUES (?, 'done', ?)");
  for (let row = 0; row < 200; row++) insert.run(`a${row}`, 'x'.repeat(900));
  database.pragma('wal_checkpoint(TRUNCATE)');
  for (let row = 0; row < 5; row++) insert.run(`b${row}`, 'y'.repeat(900));
  for (const suffix of ['', '-wal']) copyFileSync(live + suffix, journal() + suffix);
  database.close();
  const bytes = readFileSync(journal());
  for (let page = 8; page < 20; page++) bytes.fill(0xa5, page * 4096, page * 4096 + 2000);
  writeFileSync(journal(), bytes);
}

function codeAndSentence(work: () => unknown): { code: string; sentence: string } {
  try {
    work();
  } catch (error) {
    return toErrorData(error);
  }
  return { code: 'none', sentence: '' };
}

describe('a damaged journal with a write-ahead log', () => {
  it('is set aside byte for byte, both files, and doctor names it', async () => {
    damagedWithWal();
    const before = { main: hash(journal()), wal: hash(`${journal()}-wal`) };
    const { code, sentence } = codeAndSentence(open);
    expect(code).toBe('DATABASE_DAMAGED');
    const names = readdirSync(dir).filter((name) => name.includes('.damaged-'));
    const main = names.find((name) => !/-(wal|shm)$/.test(name))!;
    expect(sentence).toContain(main);
    expect(hash(path.join(dir, main))).toBe(before.main);
    expect(hash(path.join(dir, `${main}-wal`))).toBe(before.wal);
    open().close();
    const checks = await runDoctor({ dataDir: dir, env: {} });
    const named = checks.filter((check) => check.sentence.includes(main));
    expect(named).toHaveLength(1);
    expect(named[0]!.state).toBe('warning');
  });
});

describe('a journal that is only read', () => {
  const read = () =>
    codeAndSentence(() => {
      const reader = openJournalReader(dir);
      try {
        reader.list({ limit: 10, offset: 0 });
        reader.count();
      } finally {
        reader.close();
      }
    });
  const doctorsWord = async () => (await runDoctor({ dataDir: dir, env: {} })).find(({ name }) => name === 'journal')!;

  it('says that it is damaged when it is garbage, and leaves it where it is', async () => {
    writeFileSync(journal(), 'no database at all, but long enough to be looked at as one'.repeat(40));
    const before = hash(journal());
    expect(read()).toEqual(expect.objectContaining({ code: 'DATABASE_DAMAGED' }));
    expect(read().sentence).toMatch(/journal\.db is damaged; the next start sets it aside/);
    expect((await doctorsWord()).sentence).toMatch(/is damaged/);
    expect(hash(journal())).toBe(before);
    expect(readdirSync(dir)).toEqual(['journal.db']);
  });

  it('says that it is damaged when pages inside it are', async () => {
    storeDecisions(dir, [storedDecision()]);
    const database = new BetterSqlite3(journal());
    const page = database
      .prepare("SELECT rootpage FROM sqlite_master WHERE name = 'decisions'")
      .pluck()
      .get() as number;
    database.close();
    const bytes = readFileSync(journal());
    bytes.fill(0xa5, (page - 1) * 4096, page * 4096);
    writeFileSync(journal(), bytes);
    expect(read().code).toBe('DATABASE_DAMAGED');
    expect((await doctorsWord()).sentence).toMatch(/is damaged/);
  });

  it('says that there is none yet when it is empty', async () => {
    writeFileSync(journal(), '');
    expect(read().code).toBe('DATABASE_MISSING');
    expect(await doctorsWord()).toMatchObject({ state: 'ok', sentence: expect.stringMatching(/^No journal yet/) });
  });

  it('says that it cannot be read when a folder lies in its place', async () => {
    mkdirSync(journal());
    expect(read()).toMatchObject({ code: 'FILE_UNREADABLE', sentence: expect.stringContaining('journal.db') });
    expect((await doctorsWord()).state).toBe('problem');
    expect(codeAndSentence(open).code).toBe('FILE_UNWRITABLE');
  });

  it('says that a newer Brainnet wrote it', () => {
    const later = { id: 999, name: 'later', sql: 'CREATE TABLE later (a INTEGER) STRICT;' };
    openDatabase({ file: journal(), migrations: [...JOURNAL_MIGRATIONS, later], synchronous: 'FULL' }).close();
    expect(read()).toMatchObject({ code: 'DATABASE_NEWER', sentence: expect.stringContaining('999') });
  });

  it('says that it waits for a newer schema when an older Brainnet wrote it', () => {
    open().close();
    const database = new BetterSqlite3(journal());
    database.exec("DELETE FROM schema_steps WHERE name = 'runs'");
    database.close();
    expect(read()).toMatchObject({ code: 'FILE_UNREADABLE', sentence: expect.stringMatching(/older Brainnet/) });
  });

  it('reads every schema that the engine writes', () => {
    expect(JOURNAL_STEPS).toEqual(JOURNAL_MIGRATIONS.map(({ id }) => id));
    open().close();
    expect(read().code).toBe('none');
  });

  it('reads a truncated journal as damaged', () => {
    damagedWithWal();
    truncateSync(journal(), 5000);
    truncateSync(`${journal()}-wal`, 0);
    expect(read().code).toBe('DATABASE_DAMAGED');
  });
});
