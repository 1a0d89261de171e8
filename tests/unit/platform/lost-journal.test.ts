import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { beforeEach, describe, expect, it } from 'vitest';
import { createJournal } from '../../../electron/engine/decision/index.ts';
import { runDoctor } from '../../../electron/engine/doctor.ts';
import { openJournalReader, restoreJournal } from '../../../electron/engine/index.ts';
import { JOURNAL_TABLES } from '../../../electron/engine/journal-tables.ts';
import { openJournal } from '../../../electron/engine/open-databases.ts';
import { keepBackup } from '../../../electron/engine/platform/index.ts';
import { declineBackups } from '../../../electron/engine/restore-journal.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase, storeDecisions, storedDecision } from '../../support/journal.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-03-01T08:00:00Z');
let dir: string;
let first: ReturnType<typeof storedDecision>;
const file = () => path.join(dir, 'journal.db');
const doctorsWord = async (check: string) =>
  (await runDoctor({ dataDir: dir, env: {} })).find(({ name }) => name === check)!;

/** A start of the engine, as far as its journal goes: what it tells, then the daily backup. */
async function start(day: number, decisions = 0): Promise<string[]> {
  const notices: string[] = [];
  const database = openJournal(file(), dir, notices);
  for (let n = 0; n < decisions; n++) createJournal(database).add(storedDecision({ symbol: `S${day}` }));
  await keepBackup(dir, START + day * DAY);
  database.close();
  return notices;
}

const decisionsOf = () => {
  const reader = openJournalReader(dir);
  try {
    return reader.count();
  } finally {
    reader.close();
  }
};

beforeEach(async () => {
  dir = temporaryFolder('lost-journal');
  first = storedDecision();
  storeDecisions(dir, [first, ...Array.from({ length: 6 }, (_, i) => storedDecision({ symbol: `A${i}` }))]);
  expect(await start(0)).toEqual([]);
});

describe('a journal that became empty', () => {
  it('is said to be lost by what reads it and by doctor, each with the way out', async () => {
    writeFileSync(file(), '');
    expect(() => openJournalReader(dir)).toThrow(
      expect.objectContaining({ code: 'JOURNAL_LOST', message: expect.stringMatching(/is empty.*brainnet restore/) }),
    );
    expect(await doctorsWord('journal')).toMatchObject({
      state: 'problem',
      sentence: expect.stringContaining('empty'),
    });
    rmSync(file());
    expect(await doctorsWord('journal')).toMatchObject({ state: 'problem', sentence: expect.stringContaining('gone') });
  });

  it.each(['empty', 'gone', 'without a schema'])(
    'is told at the start where it is %s, and its backup outlives those of the new one',
    async (how) => {
      for (const suffix of ['', '-wal', '-shm']) rmSync(file() + suffix, { force: true });
      if (how === 'empty') writeFileSync(file(), '');
      if (how === 'without a schema') {
        const blank = new BetterSqlite3(file());
        blank.exec('CREATE TABLE schema_steps (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT');
        blank.close();
      }
      expect((await start(1, 1)).join(' ')).toMatch(/journal\.db is (empty|gone).*brainnet restore/);
      for (let day = 2; day < 8; day++) expect(await start(day, 1)).toEqual([]);
      expect(await doctorsWord('set aside')).toMatchObject({
        state: 'warning',
        sentence: expect.stringMatching(/earlier.*brainnet restore/),
      });
      expect(decisionsOf()).toBe(7);
      restoreJournal(dir);
      const reader = openJournalReader(dir);
      expect(reader.get(first.id)).toEqual(first);
      reader.close();
      expect(decisionsOf()).toBe(7);
      expect((await doctorsWord('set aside')).sentence).not.toMatch(/earlier/);
      expect(await start(9)).toEqual([]);
    },
  );

  it('keeps the log beside an empty file, without a backup too', async () => {
    rmSync(path.join(dir, 'backups'), { recursive: true });
    writeFileSync(file(), '');
    writeFileSync(`${file()}-wal`, 'what a log held');
    expect((await start(1)).join(' ')).toMatch(/damaged.*set aside/);
    expect(readdirSync(dir).some((name) => /\.damaged-.*-wal$/.test(name))).toBe(true);
  });

  it('is none where nothing was ever stored', async () => {
    dir = temporaryFolder('lost-journal');
    writeFileSync(file(), '');
    expect(await start(0)).toEqual([]);
  });
});

it('keeps the backups of a damaged journal apart until the user gives them up, and then as files', async () => {
  writeFileSync(file(), Buffer.alloc(40_000, 7));
  expect((await start(1, 1)).join(' ')).toMatch(/damaged.*2026-|damaged.*newest backup/);
  for (let day = 2; day < 7; day++) await start(day, 1);
  expect((await doctorsWord('set aside')).sentence).toMatch(/earlier-20260301T080000Z\.db/);
  declineBackups(dir);
  expect((await doctorsWord('set aside')).sentence).not.toMatch(/earlier-/);
  expect(existsSync(path.join(dir, 'backups', 'replaced-20260301T080000Z.db'))).toBe(true);
  const before = decisionsOf();
  restoreJournal(dir);
  expect(decisionsOf()).toBe(before);
  restoreJournal(dir, Date.now(), 'replaced-20260301T080000Z.db');
  expect(decisionsOf()).toBe(7);
});

it('keeps the backups of a journal apart where another one was put in its place', async () => {
  const other = temporaryFolder('lost-journal');
  storeDecisions(other, [storedDecision({ symbol: 'OTHER' })]);
  rmSync(file());
  openJournalDatabase(other).close();
  writeFileSync(file(), readFileSync(path.join(other, 'journal.db')));
  for (let day = 1; day < 6; day++) await start(day);
  restoreJournal(dir);
  expect(decisionsOf()).toBe(7);
});

it('keeps the backups apart of a journal that lost the newest of its decisions', async () => {
  const older = readFileSync(file());
  await start(1, 3);
  writeFileSync(file(), older);
  for (let day = 2; day < 8; day++) await start(day, 1);
  restoreJournal(dir);
  expect(decisionsOf()).toBe(10);
});

describe('a journal that lost a table', () => {
  const drop = (table: string) => {
    const database = new BetterSqlite3(file());
    database.pragma('foreign_keys = OFF');
    database.exec(`DROP TABLE ${table}`);
    database.close();
  };

  it('is checked for every table that an engine makes, but those that are made anew', () => {
    const database = openJournalDatabase(temporaryFolder('lost-journal'));
    const made = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .pluck()
      .all() as string[];
    database.close();
    const anew = /^(setups|setup_features|memories|memory_words.*|memory_recalls|schema_steps)$/;
    expect(Object.keys(JOURNAL_TABLES).sort()).toEqual(made.filter((name) => !anew.test(name)).sort());
  });

  it.each(['decisions', 'outcomes', 'calibrations', 'replays', 'schema_steps'])(
    'is set aside and its backup offered where it is %s',
    async (table) => {
      drop(table);
      expect(() => openJournalReader(dir)).toThrow(
        expect.objectContaining({
          code: 'DATABASE_DAMAGED',
          message: expect.stringMatching(new RegExp(`lost the table ${table}.*brainnet restore`)),
        }),
      );
      expect((await doctorsWord('journal')).sentence).toMatch(/brainnet restore/);
      expect((await start(1)).join(' ')).toMatch(/damaged.*set aside.*brainnet restore/);
      restoreJournal(dir);
      expect(decisionsOf()).toBe(7);
    },
  );

  it('is named with the way out on the command line', async () => {
    drop('outcomes');
    for (const command of ['scorecard', 'decisions']) {
      const { code, stderr } = await runCli([command, '--data-dir', dir]);
      expect([code, stderr]).toEqual([1, expect.stringMatching(/^DATABASE_DAMAGED: .*brainnet restore/)]);
    }
  });
});
