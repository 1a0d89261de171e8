import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import { createBarsCache } from '../../../electron/engine/market/bars-cache.ts';
import { createColumnsStore } from '../../../electron/engine/market/columns-store.ts';
import { createMarket } from '../../../electron/engine/market/index.ts';
import { keyOf, type SourceEntry } from '../../../electron/engine/market/source.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import { HEADER, NOW, openCache, openMarket, RESOURCES, rejectedBy, temporaryFolder } from './support.ts';

const REF = { symbol: 'AAPL', source: 'samples' } as const;
const AS_OF = '2012-12-31';

/** A market whose sample files are gone but for their index: what it reads comes from the cache. */
function openWithoutFiles(dir: string, cache: Database) {
  const resourcesDir = path.join(dir, 'resources');
  mkdirSync(path.join(resourcesDir, 'samples'), { recursive: true });
  copyFileSync(path.join(RESOURCES, 'samples', 'index.json'), path.join(resourcesDir, 'samples', 'index.json'));
  return createMarket({ cache, importsDir: path.join(dir, 'imports'), resourcesDir, clock: { now: () => NOW } });
}

describe('bars in cache.db', () => {
  test('are read back to the last bit, without the file', async () => {
    const dir = temporaryFolder();
    const cache = openCache(dir);
    const fresh = await openMarket(dir, cache).series(REF, AS_OF);
    const bare = openWithoutFiles(dir, cache);
    expect(await bare.series(REF, AS_OF)).toEqual(fresh);
    expect((await rejectedBy(bare.series({ symbol: 'IBM' }))).code).toBe('FILE_NOT_FOUND');
    expect(fresh).toEqual(await openMarket(dir, null).series(REF, AS_OF));
  });

  test.each([
    ['a bit of a price turned', `UPDATE bars SET close = CAST(x'00' || substr(close, 2) AS BLOB)`],
    ['a column cut short', 'UPDATE bars SET high = CAST(substr(high, 1, 80) AS BLOB)'],
    ['a column gone', 'UPDATE bars SET open = NULL'],
    ['two columns exchanged', 'UPDATE bars SET high = low, low = high'],
    ['a wrong count', 'UPDATE bars SET count = count + 1'],
    ['the table gone', 'DROP TABLE bars'],
    ['another table in its place', 'DROP TABLE bars; CREATE TABLE bars (word TEXT)'],
  ])('%s: the file is read instead', async (_, damage) => {
    const dir = temporaryFolder();
    const cache = openCache(dir);
    const fresh = await openMarket(dir, cache).series(REF, AS_OF);
    cache.exec(damage);
    expect(await openMarket(dir, cache).series(REF, AS_OF)).toEqual(fresh);
  });

  test('a closed database, a read-only one and one locked by another process fail no read and no import', async () => {
    const dir = temporaryFolder();
    const expected = await openMarket(dir, null).series(REF, AS_OF);
    const closed = openCache(dir);
    closed.close();
    const readOnly = new BetterSqlite3(path.join(dir, 'cache.db'), { readonly: true });
    const locked = new BetterSqlite3(path.join(dir, 'cache.db'), { timeout: 0 });
    const other = new BetterSqlite3(path.join(dir, 'cache.db'));
    other.exec('BEGIN IMMEDIATE');
    for (const [index, cache] of [closed, readOnly, locked].entries()) {
      const market = openMarket(dir, cache);
      expect(await market.series(REF, AS_OF)).toEqual(expected);
      await market.importCsv({
        symbol: `S${index}`,
        interval: '1d',
        fileName: 'x',
        content: `${HEADER}\n2020-01-02,1,1,1,1,1,1\n`,
      });
      expect((await market.series({ symbol: `S${index}` })).time.length).toBe(1);
    }
    for (const database of [other, locked, readOnly]) database.close();
  });

  test('a damaged file of the database loses no import', async () => {
    const dir = temporaryFolder();
    const cache = openCache(dir);
    const market = openMarket(dir, cache);
    await market.importCsv({
      symbol: 'TSLA',
      interval: '1d',
      fileName: 'x',
      content: `${HEADER}\n2020-01-02,1,1,1,1,1,1\n`,
    });
    await market.series({ symbol: 'TSLA' });
    cache.pragma('wal_checkpoint(TRUNCATE)');
    cache.close();
    const file = path.join(dir, 'cache.db');
    writeFileSync(file, readFileSync(file).fill(0x5a, 100));
    const torn = new BetterSqlite3(file);
    expect((await openMarket(dir, torn).series({ symbol: 'TSLA' })).time.length).toBe(1);
    torn.close();
  });
});

describe('bars in memory', () => {
  /** An entry of 10 bars (160 bytes) that counts how often its file is read. */
  function counted(symbol: string) {
    const raw = {
      time: new Float64Array(10),
      open: null,
      high: null,
      low: null,
      close: new Float64Array(10).fill(1),
      adjClose: null,
      volume: null,
    };
    const reads = { count: 0 };
    const instrument = { symbol, source: 'csv', interval: '1d' } as SourceEntry['instrument'];
    const entry: SourceEntry = {
      instrument,
      meta: { symbol, source: 'csv', interval: '1d', currency: 'USD', timezone: 'UTC', sourceNotices: [] },
      sha256: symbol,
      load: async () => {
        reads.count++;
        return [{ key: keyOf({ instrument, sha256: symbol }), raw }];
      },
    };
    return { entry, reads };
  }

  test('are read from the file once, also when many ask at the same time', async () => {
    const { entry, reads } = counted('A');
    const store = createColumnsStore(createBarsCache(null));
    await Promise.all([store.read(entry), store.read(entry), store.read(entry)]);
    await store.read(entry);
    expect(reads.count).toBe(1);
  });

  test('stay within the limit, those read longest ago go first', async () => {
    const [a, b, c] = [counted('A'), counted('B'), counted('C')];
    const store = createColumnsStore(createBarsCache(null), 2 * 160);
    for (const { entry } of [a, b, a, c, a, b]) await store.read(entry);
    expect([a.reads.count, b.reads.count, c.reads.count]).toEqual([1, 2, 1]);
  });

  test('a file that failed is tried again', async () => {
    const { entry, reads } = counted('A');
    const failing = { ...entry, load: async () => Promise.reject(new Error('torn')) };
    const store = createColumnsStore(createBarsCache(null));
    await expect(store.read(failing)).rejects.toThrow('torn');
    await store.read(entry);
    expect(reads.count).toBe(1);
  });
});
