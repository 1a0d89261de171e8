import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import {
  createWatchlistStore,
  WATCHLIST_MIGRATIONS,
  type WatchlistStore,
} from '../../../electron/engine/market/index.ts';
import { openDatabase } from '../../../electron/engine/platform/index.ts';
import type { Watchlist, WatchlistItem } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { temporaryFolder } from './support.ts';

const item = (symbol: string): WatchlistItem => ({ symbol, source: 'samples' });
const list = (name: string, ...symbols: string[]): Watchlist => ({
  name,
  items: symbols.map(item),
  defaultAsOf: '2012-12-31',
});
const BUNDLED = [list('samples', 'AAPL', 'IBM')];

function openStore(dir = temporaryFolder()): WatchlistStore {
  const file = path.join(dir, 'journal.db');
  const database = openDatabase({ file, migrations: WATCHLIST_MIGRATIONS, synchronous: 'FULL' });
  onTestFinished(() => void database.close());
  return createWatchlistStore(database, BUNDLED);
}

function codeOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    return error instanceof BrainnetError ? error.code : String(error);
  }
  return 'no error';
}

const names = (store: WatchlistStore) => store.list().map(({ name }) => name);
const symbols = ({ items }: Watchlist) => items.map(({ symbol }) => symbol);

describe('a new list', () => {
  test('stands at the end, and its name is found in any letter case', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL'));
    expect(names(store)).toEqual(['samples', 'Tech']);
    expect(store.get('tECH')).toEqual(list('Tech', 'AAPL'));
  });

  test('never takes the place of one that is there', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL', 'MSFT'));
    store.create(list('Ähren', 'IBM'));
    expect(codeOf(() => store.create(list('tech')))).toBe('WATCHLIST_EXISTS');
    expect(codeOf(() => store.create(list('ÄHREN')))).toBe('WATCHLIST_EXISTS');
    expect(symbols(store.get('Tech'))).toEqual(['AAPL', 'MSFT']);
    expect(symbols(store.get('Ähren'))).toEqual(['IBM']);
  });
});

describe('another name', () => {
  test('in other letter case only keeps the list, its symbols, its clock and its place', () => {
    const dir = temporaryFolder();
    const store = openStore(dir);
    store.create(list('Tech', 'AAPL', 'MSFT'));
    store.create(list('Last'));
    expect(store.rename('Tech', 'tech')).toEqual(list('tech', 'AAPL', 'MSFT'));
    expect(names(openStore(dir))).toEqual(['samples', 'tech', 'Last']);
    expect(openStore(dir).get('TECH')).toEqual(list('tech', 'AAPL', 'MSFT'));
  });

  test('that another list bears is refused, and both stay as they were', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL'));
    expect(codeOf(() => store.rename('Tech', 'SAMPLES'))).toBe('WATCHLIST_EXISTS');
    expect(codeOf(() => store.rename('none', 'other'))).toBe('UNKNOWN_WATCHLIST');
    expect(store.list()).toEqual([...BUNDLED, list('Tech', 'AAPL')]);
  });
});

describe('symbols', () => {
  test('come to the end or to a place, each once, and the others stay', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL', 'MSFT'));
    expect(symbols(store.addItems('tech', [item('IBM'), item('AAPL')]))).toEqual(['AAPL', 'MSFT', 'IBM']);
    expect(symbols(store.addItems('tech', [item('FB')], 1))).toEqual(['AAPL', 'FB', 'MSFT', 'IBM']);
    expect(store.get('tech').name).toBe('Tech');
    expect(store.get('tech').defaultAsOf).toBe('2012-12-31');
  });

  test('go without the others, whatever else was added since', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL', 'MSFT', 'IBM'));
    expect(symbols(store.removeItems('TECH', [item('MSFT'), item('XOM')]))).toEqual(['AAPL', 'IBM']);
    const fromYahoo: WatchlistItem = { symbol: 'AAPL', source: 'yahoo' };
    expect(symbols(store.removeItems('TECH', [fromYahoo]))).toEqual(['AAPL', 'IBM']);
  });

  test('of a list are at most 1000: more are refused and none is added', () => {
    const store = openStore();
    const many = Array.from({ length: 999 }, (_, i) => item(`S${i}`));
    store.create({ name: 'Big', items: many, defaultAsOf: null });
    expect(codeOf(() => store.addItems('Big', [item('AAPL'), item('IBM')]))).toBe('WATCHLIST_FULL');
    expect(store.get('Big').items.length).toBe(999);
  });
});

describe('a whole list put back', () => {
  test('replaces the one of its name in its place, which keeps its spelling', () => {
    const store = openStore();
    store.create(list('Tech', 'AAPL'));
    store.create(list('Last'));
    expect(store.save(list('tech', 'IBM', 'IBM'))).toEqual(list('Tech', 'IBM'));
    expect(names(store)).toEqual(['samples', 'Tech', 'Last']);
  });

  test('removed lists stay away, the bundled ones too, until they are asked for', () => {
    const dir = temporaryFolder();
    const store = openStore(dir);
    expect(store.remove('SAMPLES')).toEqual(BUNDLED[0]);
    expect(openStore(dir).list()).toEqual([]);
    expect(codeOf(() => store.remove('samples'))).toBe('UNKNOWN_WATCHLIST');
    expect(store.restore()).toEqual(BUNDLED);
  });
});
