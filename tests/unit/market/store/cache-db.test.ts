import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { MARKET_CACHE_MIGRATIONS } from '../../../../electron/engine/market/index.ts';
import { createRemoteStore } from '../../../../electron/engine/market/store/index.ts';
import { openDatabase } from '../../../../electron/engine/platform/index.ts';
import { openCache, temporaryFolder } from '../support.ts';
import { fetched, KEY, LATER, manyBars } from './support.ts';

const chunksOf = (cache: ReturnType<typeof openCache>) =>
  cache.prepare('SELECT rowid FROM remote_chunks ORDER BY chunk').pluck().all();

describe('bars of remote sources in cache.db', () => {
  test.each([1, 1023, 1024, 1025, 5040])('%i bars come back to the last bit in another start', (count) => {
    const dir = temporaryFolder();
    createRemoteStore(openCache(dir)).merge(KEY, fetched(manyBars(count)));
    const again = createRemoteStore(openCache(dir)).read(KEY)!;
    expect(again.raw).toEqual(manyBars(count));
    expect(again.contentHash).toMatch(/^[0-9a-f]{64}$/);
  });

  test('columns that the source does not have stay absent, missing values stay missing', () => {
    const dir = temporaryFolder();
    const raw = { ...manyBars(3), open: null, high: null, low: null, adjClose: null, volume: null };
    raw.close[1] = Number.NaN;
    createRemoteStore(openCache(dir)).merge(KEY, fetched(raw));
    expect(createRemoteStore(openCache(dir)).read(KEY)!.raw).toEqual(raw);
  });

  test('a new bar writes one chunk of twenty years, not the others', () => {
    const cache = openCache(temporaryFolder());
    const store = createRemoteStore(cache);
    store.merge(KEY, fetched(manyBars(5040)));
    const before = chunksOf(cache);
    store.merge(KEY, fetched(manyBars(6, 5035)));
    const after = chunksOf(cache);
    expect([before.length, after.length]).toEqual([5, 5]);
    expect(after.slice(0, 4)).toEqual(before.slice(0, 4));
    expect(after[4]).not.toBe(before[4]);
    expect(store.read(KEY)!.raw).toEqual(manyBars(5041));
  });

  test('corrections and their order outlive a start, and go with the series', () => {
    const dir = temporaryFolder();
    const store = createRemoteStore(openCache(dir));
    store.merge(KEY, fetched(manyBars(10)));
    const raw = manyBars(10);
    raw.volume![4] = 7;
    raw.volume![5] = 8;
    store.merge(KEY, fetched(raw, LATER + 1));
    const again = createRemoteStore(openCache(dir));
    expect(again.corrections(KEY).map(({ column, before, after }) => [column, before, after])).toEqual([
      ['volume', 1_000_005, 8],
      ['volume', 1_000_004, 7],
    ]);
    again.drop(KEY);
    expect([again.read(KEY), again.corrections(KEY)]).toEqual([null, []]);
    expect(createRemoteStore(openCache(dir)).read(KEY)).toBeNull();
  });

  test('are listed without being read, and do not mix', () => {
    const dir = temporaryFolder();
    const store = createRemoteStore(openCache(dir));
    const keys = ['A', 'B', 'C'].map((symbol) => ({ ...KEY, symbol }));
    for (const [index, key] of keys.entries()) store.merge(key, fetched(manyBars(index + 1)));
    store.merge({ ...KEY, symbol: 'A', interval: '1wk' }, fetched(manyBars(9)));
    const lines = createRemoteStore(openCache(dir)).list();
    expect(lines.map(({ key, bars }) => [key.symbol, key.interval, bars])).toEqual([
      ['A', '1d', 1],
      ['A', '1wk', 9],
      ['B', '1d', 2],
      ['C', '1d', 3],
    ]);
    expect(lines[2]).toMatchObject({ first: Date.UTC(2000, 0, 1), last: Date.UTC(2000, 0, 2), fetchedAt: LATER });
  });

  test('come into a cache.db whose schema number had already passed theirs', () => {
    const dir = temporaryFolder();
    const newer = [{ id: 200, name: 'another room', sql: 'CREATE TABLE other (x)' }];
    const file = path.join(dir, 'cache.db');
    const options = { file, synchronous: 'NORMAL' } as const;
    openDatabase({ ...options, migrations: newer }).close();
    const cache = openDatabase({ ...options, migrations: [...MARKET_CACHE_MIGRATIONS, ...newer] });
    expect(createRemoteStore(cache).merge(KEY, fetched(manyBars(3))).problem).toBeNull();
    cache.close();
    const again = new BetterSqlite3(file);
    expect(createRemoteStore(again).read(KEY)!.raw).toEqual(manyBars(3));
    again.close();
  });

  test('stay within the memory limit without being lost', () => {
    const store = createRemoteStore(openCache(temporaryFolder()), 2000);
    const keys = ['A', 'B', 'C'].map((symbol) => ({ ...KEY, symbol }));
    for (const key of keys) store.merge(key, fetched(manyBars(20)));
    for (const key of keys) expect(store.read(key)!.raw).toEqual(manyBars(20));
  });
});
