import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { createRemoteStore, REMOTE_BARS_MIGRATION, type RemoteKey } from '../../electron/engine/market/store/index.ts';
import type { RawColumns } from '../../electron/engine/market/types.ts';
import { type Database, openDatabase } from '../../electron/engine/platform/index.ts';
import { machine, median, rounded } from './machine.ts';

const BARS = 100_000;
const ROUNDS = 15;
const SAMPLE = 300;
const SYMBOLS = 5000;
const YEARS_OF_DAYS = 20 * 252;
const DAY = 86_400_000;
const NAMES = ['time', 'open', 'high', 'low', 'close', 'adjClose', 'volume'] as const;

/**
 * Reading 100,000 bars back from cache.db into columns, beside a plain SQLite table with a row a bar (better-sqlite3, all rows into the
 * same columns); then the size, the update and the listing of many series. Every read starts with nothing in the store's memory.
 */
export async function store(): Promise<object> {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-bench-'));
  try {
    return { ...reading(dir), ...manySeries(dir), machine: machine() };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function reading(dir: string): object {
  const raw = walk(BARS, 1);
  const cache = openCache(dir, 'read.db');
  createRemoteStore(cache).merge(keyOf(0), fetched(raw));
  const rows = rowTable(dir, raw);
  const [columnar, plain]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS + 3; round++) {
    columnar.push(timed(() => createRemoteStore(cache).read(keyOf(0))!.raw.close[BARS - 1]));
    plain.push(timed(() => readRows(rows).close[BARS - 1]));
  }
  cache.close();
  rows.close();
  const [ours, theirs] = [median(columnar.slice(3)), median(plain.slice(3))];
  return {
    what: `${BARS.toLocaleString('en-US')} bars of 7 columns read from cache.db, checked, into Float64Arrays`,
    readMs: rounded(ours),
    rowTableMs: rounded(theirs),
    timesFasterThanRowTable: rounded(theirs / ours),
    goal: { readMs: 20 },
    peer: 'a SQLite table with a row a bar, primary key time, better-sqlite3, same run',
    method: `median of ${ROUNDS} interleaved rounds after 3, new store each (nothing in its memory), file in the system's cache`,
  };
}

function manySeries(dir: string): object {
  const cache = openCache(dir, 'many.db');
  const remote = createRemoteStore(cache);
  const whole = Array.from({ length: SAMPLE }, (_, index) => fetched(walk(YEARS_OF_DAYS, index)));
  const newest = whole.map((_, index) => fetched(walk(YEARS_OF_DAYS + 1, index, YEARS_OF_DAYS - 5)));
  const mergeAll = (fetches: typeof whole) =>
    timed(() => fetches.map((bars, index) => remote.merge(keyOf(index), bars)));
  const writing = mergeAll(whole);
  cache.pragma('wal_checkpoint(TRUNCATE)');
  const bytes = statSync(path.join(dir, 'many.db')).size;
  cache.pragma('wal_autocheckpoint = 0');
  const updating = mergeAll(newest);
  const updateBytes = statSync(path.join(dir, 'many.db-wal')).size;
  const oneRead = median(
    Array.from({ length: 50 }, (_, index) => timed(() => createRemoteStore(cache).read(keyOf(index))!.raw.close[0])),
  );
  for (let index = SAMPLE; index < SYMBOLS; index++) remote.merge(keyOf(index), fetched(walk(2, index)));
  const listing = median(Array.from({ length: 9 }, () => timed(() => createRemoteStore(cache).list().length)));
  cache.close();
  const scale = SYMBOLS / SAMPLE;
  return {
    dailySeries: {
      measured: `${SAMPLE} symbols x ${YEARS_OF_DAYS.toLocaleString('en-US')} bars`,
      megabytes: rounded(bytes / 1e6),
      bytesPerBar: rounded(bytes / SAMPLE / YEARS_OF_DAYS),
      storeMs: rounded(writing),
      addOneDayMs: rounded(updating),
      addOneDayWritesMegabytes: rounded(updateBytes / 1e6),
      readOneSeriesMs: rounded(oneRead),
    },
    [`extrapolatedTo${SYMBOLS}Symbols`]: {
      gigabytes: rounded((bytes * scale) / 1e9),
      addOneDaySeconds: rounded((updating * scale) / 1000),
      how: `the ${SAMPLE} measured, times ${rounded(scale)}`,
    },
    [`list${SYMBOLS}SeriesMs`]: rounded(listing),
  };
}

function keyOf(index: number): RemoteKey {
  return { source: 'bench', symbol: `S${index}`, interval: '1d' };
}

function fetched(raw: RawColumns) {
  const meta = { symbol: 'S', name: null, currency: 'USD', timezone: 'UTC', exchange: null, kind: 'equity' } as const;
  return { raw, meta, fetchedAt: Date.UTC(2400, 0, 1) };
}

/** Bars `from` to `count` of a walk of its own for each seed, with prices of 32 bits as sources deliver them. */
function walk(count: number, seed: number, from = 0): RawColumns {
  const columns = NAMES.map(() => new Float64Array(count));
  let state = seed + 1;
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  for (let bar = 0, price = 100; bar < count; bar++) {
    const open = Math.fround(price);
    price *= 1 + (random() - 0.5) / 50;
    const close = Math.fround(price);
    const values = [
      bar * DAY,
      open,
      Math.fround(Math.max(open, close) * 1.01),
      Math.fround(Math.min(open, close) * 0.99),
    ];
    [...values, close, Math.fround(close / 2), Math.floor(random() * 1e8)].forEach((value, column) => {
      columns[column]![bar] = value;
    });
  }
  const [time, open, high, low, close, adjClose, volume] = columns.map((column) => column.slice(from));
  return { time: time!, open: open!, high: high!, low: low!, close: close!, adjClose: adjClose!, volume: volume! };
}

function openCache(dir: string, name: string): Database {
  return openDatabase({ file: path.join(dir, name), migrations: [REMOTE_BARS_MIGRATION], synchronous: 'NORMAL' });
}

function rowTable(dir: string, raw: RawColumns): Database {
  const database = new BetterSqlite3(path.join(dir, 'rows.db'));
  database.exec(`CREATE TABLE bars (time INTEGER PRIMARY KEY, ${NAMES.slice(1).join(' REAL, ')} REAL)`);
  const put = database.prepare(`INSERT INTO bars VALUES (${NAMES.map(() => '?').join(', ')})`);
  database.transaction(() => {
    for (let bar = 0; bar < raw.time.length; bar++) put.run(NAMES.map((name) => raw[name]![bar]));
  })();
  return database;
}

function readRows(database: Database): Record<(typeof NAMES)[number], Float64Array> {
  const rows = database.prepare('SELECT * FROM bars ORDER BY time').raw().all() as number[][];
  const column = (index: number) => Float64Array.from(rows, (row) => row[index]!);
  return Object.fromEntries(NAMES.map((name, index) => [name, column(index)])) as ReturnType<typeof readRows>;
}

function timed(work: () => unknown): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
