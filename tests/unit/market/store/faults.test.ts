import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  BUNDLED_WATCHLISTS,
  createWatchlistStore,
  WATCHLIST_MIGRATIONS,
} from '../../../../electron/engine/market/index.ts';
import { createRemoteStore, type RemoteStore } from '../../../../electron/engine/market/store/index.ts';
import { type Database, openDatabase, sha256 } from '../../../../electron/engine/platform/index.ts';
import { openCache, temporaryFolder } from '../support.ts';
import { fetched, KEY, manyBars } from './support.ts';

const OTHER = { ...KEY, symbol: 'MSFT' };
let dir: string;
let journal: Database;
let journalBefore: string;

const journalBytes = () => sha256(readFileSync(path.join(dir, 'journal.db')));

/** A real journal beside cache.db, whose bytes no fault of the cache may change. */
beforeEach(() => {
  dir = temporaryFolder();
  const file = path.join(dir, 'journal.db');
  journal = openDatabase({ file, migrations: WATCHLIST_MIGRATIONS, synchronous: 'FULL' });
  createWatchlistStore(journal, BUNDLED_WATCHLISTS);
  journal.pragma('wal_checkpoint(TRUNCATE)');
  journalBefore = journalBytes();
});

afterEach(() => {
  expect(createWatchlistStore(journal, BUNDLED_WATCHLISTS).list()).toHaveLength(BUNDLED_WATCHLISTS.length);
  expect(journal.pragma('integrity_check', { simple: true })).toBe('ok');
  journal.close();
  expect(journalBytes()).toBe(journalBefore);
});

/** What a user of the store sees: memory answers for both series, and the sentence of what could not be stored. */
function worksOn(store: RemoteStore): { code: string; sentence: string } {
  const { problem } = store.merge(OTHER, fetched(manyBars(3)));
  expect(store.read(OTHER)!.raw).toEqual(manyBars(3));
  expect(store.merge(OTHER, fetched(manyBars(5))).added).toBe(2);
  expect(store.read(OTHER)!.raw).toEqual(manyBars(5));
  expect(store.fetchFrom(OTHER, Date.UTC(2000, 0, 1))).toBe(Date.UTC(2000, 0, 1));
  store.list();
  store.corrections(OTHER);
  return { code: problem?.code ?? 'none', sentence: problem?.message ?? '' };
}

function storeWithBars(cache: Database): RemoteStore {
  const store = createRemoteStore(cache);
  expect(store.merge(KEY, fetched(manyBars(3000))).problem).toBeNull();
  return store;
}

describe('the journal is untouched and work goes on when cache.db', () => {
  test('is deleted while it is open', () => {
    const store = storeWithBars(openCache(dir));
    for (const name of readdirSync(dir).filter((entry) => entry.startsWith('cache.db'))) rmSync(path.join(dir, name));
    expect(store.read(KEY)!.raw).toEqual(manyBars(3000));
    expect(['none', 'FILE_UNWRITABLE']).toContain(worksOn(store).code);
    const fresh = createRemoteStore(openCache(dir));
    expect(fresh.read(KEY)).toBeNull();
    expect(fresh.merge(KEY, fetched(manyBars(4))).problem).toBeNull();
  });

  test('has damaged pages: nothing torn is read, the source is asked, one sentence says what to do', () => {
    const cache = openCache(dir);
    storeWithBars(cache);
    cache.pragma('wal_checkpoint(TRUNCATE)');
    cache.close();
    const file = path.join(dir, 'cache.db');
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.fill(0x5a, 4096));
    const torn = new BetterSqlite3(file);
    const store = createRemoteStore(torn);
    expect([store.read(KEY), store.list()]).toEqual([null, []]);
    expect(worksOn(store)).toEqual({
      code: 'FILE_UNWRITABLE',
      sentence: 'The file cache.db cannot be written: it is damaged; close Brainnet and delete it, it is built anew.',
    });
    torn.close();
  });

  test('any single page of it is damaged: a read gives the bars as stored or nothing', () => {
    const cache = openCache(dir);
    const store = createRemoteStore(cache);
    store.merge(KEY, fetched(manyBars(1100)));
    cache.pragma('wal_checkpoint(TRUNCATE)');
    cache.close();
    const file = path.join(dir, 'cache.db');
    const whole = readFileSync(file);
    const answers = new Set<string>();
    for (let page = 0; page < whole.length / 4096; page++) {
      const bytes = Buffer.from(whole);
      bytes.fill(0xa5, page * 4096 + 200, page * 4096 + 300);
      writeFileSync(file, bytes);
      const torn = new BetterSqlite3(file, { readonly: true });
      const kept = createRemoteStore(torn).read(KEY);
      if (kept) expect(kept.raw).toEqual(manyBars(1100));
      answers.add(kept ? 'bars' : 'nothing');
      torn.close();
    }
    expect(answers).toEqual(new Set(['bars', 'nothing']));
  });

  test.each([
    ['a value was changed', `UPDATE remote_chunks SET close = CAST(x'00' || substr(close, 2) AS BLOB)`],
    ['a chunk is gone', 'DELETE FROM remote_chunks WHERE chunk = 1'],
    ['a column is gone', 'UPDATE remote_chunks SET open = NULL WHERE chunk = 1'],
    [
      'chunks changed places',
      'UPDATE remote_chunks SET chunk = 2 - chunk + 10; UPDATE remote_chunks SET chunk = chunk - 10',
    ],
    ['its description is no JSON', `UPDATE remote_series SET meta = '{'`],
    ['its count is wrong', 'UPDATE remote_series SET bars = bars + 1'],
    ['its tables are gone', 'DROP TABLE remote_series; DROP TABLE remote_chunks'],
  ])('%s: the series reads as not there, and the next fetch mends it', (_, damage) => {
    const cache = openCache(dir);
    storeWithBars(cache);
    cache.exec(damage);
    const store = createRemoteStore(cache);
    expect(store.read(KEY)).toBeNull();
    expect(store.merge(KEY, fetched(manyBars(3000))).problem).toBeNull();
    expect(createRemoteStore(cache).read(KEY)!.raw).toEqual(manyBars(3000));
  });

  test('is full: the sentence says so, memory answers, and what was stored before is whole', () => {
    const cache = openCache(dir);
    const store = storeWithBars(cache);
    const pages = cache.pragma('page_count', { simple: true }) as number;
    cache.pragma(`max_page_count = ${pages}`);
    const { problem } = store.merge(OTHER, fetched(manyBars(5000)));
    expect([problem?.code, problem?.message]).toEqual([
      'DISK_FULL',
      'The disk is full: the price history of MSFT was not stored, and everything stored before is kept.',
    ]);
    expect(store.read(OTHER)!.raw).toEqual(manyBars(5000));
    const again = createRemoteStore(cache);
    expect([again.read(KEY)!.raw, again.read(OTHER)]).toEqual([manyBars(3000), null]);
    cache.pragma('max_page_count = 1000000');
    expect(store.merge(OTHER, fetched(manyBars(5001))).problem).toBeNull();
    expect(createRemoteStore(cache).read(OTHER)!.raw).toEqual(manyBars(5001));
  });

  test('is full half-way through a series: the old bars and their hash stand', () => {
    const cache = openCache(dir);
    const before = storeWithBars(cache).read(KEY)!;
    cache.pragma(`max_page_count = ${cache.pragma('page_count', { simple: true })}`);
    const store = createRemoteStore(cache);
    expect(store.merge(KEY, fetched(manyBars(9000))).problem?.code).toBe('DISK_FULL');
    expect(createRemoteStore(cache).read(KEY)).toEqual(before);
  });

  test('is locked by another program: reads answer, a write says who is in the way', () => {
    storeWithBars(openCache(dir));
    const locked = new BetterSqlite3(path.join(dir, 'cache.db'), { timeout: 0 });
    const other = new BetterSqlite3(path.join(dir, 'cache.db'));
    other.exec('BEGIN IMMEDIATE');
    const store = createRemoteStore(locked);
    expect(store.read(KEY)!.raw).toEqual(manyBars(3000));
    expect(worksOn(store).sentence).toBe('The file cache.db cannot be written: another program is using it.');
    other.exec('COMMIT');
    expect(store.merge(OTHER, fetched(manyBars(6))).problem).toBeNull();
    expect(createRemoteStore(locked).read(OTHER)!.raw).toEqual(manyBars(6));
    for (const database of [other, locked]) database.close();
  });

  test('is read-only or closed', () => {
    const cache = openCache(dir);
    storeWithBars(cache);
    const readOnly = new BetterSqlite3(path.join(dir, 'cache.db'), { readonly: true });
    const store = createRemoteStore(readOnly);
    expect(store.read(KEY)!.raw).toEqual(manyBars(3000));
    expect(worksOn(store).sentence).toBe('The file cache.db cannot be written: it is read-only.');
    readOnly.close();
    cache.close();
    expect(worksOn(createRemoteStore(cache)).sentence).toBe('The file cache.db cannot be written: it is not open.');
  });

  const asRoot = process.getuid?.() === 0;
  test.skipIf(asRoot)('lies in a folder that became read-only (not run as root, who may write anywhere)', () => {
    const cache = openCache(dir);
    storeWithBars(cache).read(KEY);
    cache.close();
    chmodSync(path.join(dir, 'cache.db'), 0o400);
    chmodSync(dir, 0o500);
    try {
      const readOnly = new BetterSqlite3(path.join(dir, 'cache.db'));
      expect(worksOn(createRemoteStore(readOnly)).code).toBe('FILE_UNWRITABLE');
      readOnly.close();
    } finally {
      chmodSync(dir, 0o700);
    }
  });
});
