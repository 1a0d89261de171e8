import { copyFileSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runDoctor } from '../../electron/engine/doctor.ts';
import { openJournalReader } from '../../electron/engine/index.ts';
import { openDatabase } from '../../electron/engine/platform/index.ts';
import { BrainnetError, errorSentence } from '../../shared/errors.ts';
import { decide, testEngine } from '../support/engine.ts';
import { canMount, mountSmallDisk, type SmallDisk } from '../support/small-disk.ts';

const STEP = { id: 1, name: 'one', sql: 'CREATE TABLE t (a INTEGER) STRICT;' };
const mountable = canMount();
let disk: SmallDisk;
let dataDir: string;

/** Starts an engine and ends it; the code of the error, or 'started'. */
async function start(): Promise<string> {
  try {
    await (await testEngine({ dataDir })).close();
    return 'started';
  } catch (error) {
    return error instanceof BrainnetError ? error.code : `not a sentence: ${error}`;
  }
}

const options = { skip: !mountable, timeout: 120_000 };

describe('on a disk of its own (skipped where nothing can be mounted)', options, () => {
  beforeEach(() => {
    disk = mountSmallDisk('2m')!;
    dataDir = path.join(disk.dir, 'data');
  });
  afterEach(() => disk.unmount());

  it('the first start on a full disk says that it is full, however little is left, and the next start is clean', async () => {
    const seen = new Map<string, number>();
    for (let freeKb = 0; freeKb <= 320; freeKb += 8) {
      disk.fill(freeKb);
      const answer = await start();
      expect(['DISK_FULL', 'started'], `${freeKb} kB free: ${answer}`).toContain(answer);
      seen.set(answer, (seen.get(answer) ?? 0) + 1);
      disk.drain();
      expect(await start(), `after ${freeKb} kB`).toBe('started');
      rmSync(dataDir, { recursive: true });
    }
    expect(seen.get('DISK_FULL')).toBeGreaterThan(0);
  });

  it('a later start on a full disk says so too, and keeps the decisions', async () => {
    disk.unmount();
    disk = mountSmallDisk('8m')!;
    dataDir = path.join(disk.dir, 'data');
    mkdirSync(dataDir);
    const engine = await testEngine({ dataDir });
    const [decision] = await decide(engine, { symbols: [{ symbol: 'AAPL' }] });
    await engine.close();
    for (const freeKb of [0, 4, 16, 40, 64, 140]) {
      disk.fill(freeKb);
      const answer = await start();
      expect(['DISK_FULL', 'started'], `${freeKb} kB free: ${answer}`).toContain(answer);
      disk.drain();
      const reader = openJournalReader(dataDir);
      expect(reader.get(decision!.id)).toEqual(decision);
      reader.close();
    }
  });

  it('a journal on a disk that is now read-only can still be read', async () => {
    disk.unmount();
    disk = mountSmallDisk('8m')!;
    dataDir = path.join(disk.dir, 'data');
    const engine = await testEngine({ dataDir });
    const [decision] = await decide(engine, { symbols: [{ symbol: 'AAPL' }] });
    await engine.close();
    const unclean = path.join(disk.dir, 'unclean');
    mkdirSync(unclean);
    const writer = openDatabase({ file: path.join(unclean, 'journal.db'), migrations: [STEP], synchronous: 'FULL' });
    for (const name of ['journal.db', 'journal.db-wal'])
      copyFileSync(path.join(unclean, name), path.join(unclean, `copy-${name}`));
    writer.close();
    for (const name of ['journal.db', 'journal.db-wal'])
      renameSync(path.join(unclean, `copy-${name}`), path.join(unclean, name));
    disk.readOnly();
    expect(() => openJournalReader(unclean)).toThrow(/cannot be read: it is read-only and was not closed cleanly/);
    const reader = openJournalReader(dataDir);
    expect(reader.count()).toBe(1);
    expect(reader.get(decision!.id)).toEqual(decision);
    reader.close();
    expect(await start()).toBe('DATA_DIR_UNWRITABLE');
    const checks = await runDoctor({ dataDir, env: {} });
    expect(checks.filter(({ sentence }) => sentence === errorSentence('INTERNAL'))).toEqual([]);
  });
});
