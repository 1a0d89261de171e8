import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { createJournal } from '../../../electron/engine/decision/index.ts';
import { openJournalReader, restoreJournal } from '../../../electron/engine/index.ts';
import { backupsOf, keepBackup } from '../../../electron/engine/platform/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';

const HOUR = 3_600_000;

test('a damaged journal is set aside, the newest backup is offered, and restore brings it back', async () => {
  const dataDir = temporaryFolder('backup');
  const first = await testEngine({ dataDir });
  const [decision] = await decide(first, { symbols: [{ symbol: 'AAPL' }], language: 'off' });
  await first.close();
  const second = await testEngine({ dataDir });
  await second.close();
  expect(backupsOf(dataDir)).toHaveLength(1);

  writeFileSync(path.join(dataDir, 'journal.db'), Buffer.alloc(40_000, 7));
  const third = await testEngine({ dataDir });
  expect(third.notices.join(' ')).toMatch(
    /is damaged.*The newest backup is of \d{4}-\d\d-\d\d; brainnet restore brings it back\./,
  );
  expect(() => restoreJournal(dataDir)).toThrow(expect.objectContaining({ code: 'DATA_DIR_BUSY' }));
  await third.close();

  const { aside } = restoreJournal(dataDir);
  expect(existsSync(aside!)).toBe(true);
  const reader = openJournalReader(dataDir);
  expect(reader.get(decision!.id)).toEqual(decision);
  reader.close();
}, 120_000);

test('one backup a day, the newest three are kept, and an empty journal is not copied', async () => {
  const dataDir = temporaryFolder('backup');
  const journal = openJournalDatabase(dataDir);
  const start = Date.now();
  await keepBackup(dataDir, start);
  expect(backupsOf(dataDir)).toEqual([]);
  createJournal(journal).add(storedDecision());
  for (const day of [0, 0, 1, 2, 3, 4]) await keepBackup(dataDir, start + day * 24 * HOUR);
  journal.close();
  expect(readdirSync(path.join(dataDir, 'backups'))).toHaveLength(3);
});

test('a backup that a fast clock dated a year ahead stops no later one, and is not what restore brings back', async () => {
  const dataDir = temporaryFolder('backup');
  const journal = openJournalDatabase(dataDir);
  const start = Date.now();
  createJournal(journal).add(storedDecision());
  await keepBackup(dataDir, start + 365 * 24 * HOUR);
  const later = storedDecision({ symbol: 'MSFT' });
  createJournal(journal).add(later);
  await keepBackup(dataDir, start);
  journal.close();
  restoreJournal(dataDir, start + HOUR);
  const reader = openJournalReader(dataDir);
  expect(reader.get(later.id)).toEqual(later);
  reader.close();
});

test('without a backup restore says so and touches nothing', () => {
  const dataDir = temporaryFolder('backup');
  expect(() => restoreJournal(dataDir)).toThrow(expect.objectContaining({ code: 'NO_BACKUP' }));
});
