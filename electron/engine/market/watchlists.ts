import { sameListName, WATCHLIST_MOST, Watchlist, type WatchlistItem } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { type Database, diskError, type Migration } from '../platform/index.ts';

/** In journal.db: a user's lists are never rebuilt from anything else. */
export const WATCHLIST_MIGRATIONS: readonly Migration[] = [
  {
    id: 2,
    name: 'watchlists',
    sql: `
      CREATE TABLE watchlists (
        name TEXT PRIMARY KEY COLLATE NOCASE,
        position INTEGER NOT NULL,
        body TEXT NOT NULL
      ) STRICT;
      CREATE TABLE seeded (what TEXT PRIMARY KEY) STRICT;
    `,
  },
];

/** The user's lists. Names that differ only in letter case are one name; every change is one transaction. */
export interface WatchlistStore {
  list(): Watchlist[];
  /** @throws UNKNOWN_WATCHLIST */
  get(name: string): Watchlist;
  /** Adds a list at the end, or puts it in place of the one of that name, whose spelling stays. */
  save(list: Watchlist): Watchlist;
  /** Adds a list at the end. @throws WATCHLIST_EXISTS */
  create(list: Watchlist): Watchlist;
  /** Gives a list another name; place, symbols and clock stay. @throws UNKNOWN_WATCHLIST, WATCHLIST_EXISTS */
  rename(name: string, to: string): Watchlist;
  /** Adds what is not in the list yet, before the item `at`, or at the end. @throws UNKNOWN_WATCHLIST, WATCHLIST_FULL */
  addItems(name: string, items: readonly WatchlistItem[], at?: number): Watchlist;
  /** Takes out what is in the list. @throws UNKNOWN_WATCHLIST */
  removeItems(name: string, items: readonly WatchlistItem[]): Watchlist;
  /** Removes and returns it. @throws UNKNOWN_WATCHLIST */
  remove(name: string): Watchlist;
  /** Brings the bundled lists back as shipped. */
  restore(): Watchlist[];
}

/** The lists of a journal; a journal without any starts with the bundled ones. */
export function createWatchlistStore(database: Database, bundled: readonly Watchlist[]): WatchlistStore {
  const rows = createRows(database);
  const list = () => rows.all().map(({ list }) => list);
  const get = (name: string) => known(rows, name).list;

  /** One transaction. @throws DISK_FULL */
  function change<T>(work: () => T): T {
    try {
      return database.transaction(work).immediate();
    } catch (error) {
      throw diskError(error, 'the watchlist');
    }
  }

  function put(entry: Watchlist): Watchlist {
    const before = find(rows, entry.name);
    const name = before?.name ?? entry.name;
    const kept = { ...entry, name, items: checkedItems({ ...entry, name }) };
    if (before) rows.update(before.name, kept);
    else rows.insert(kept);
    return kept;
  }

  const store: WatchlistStore = {
    list,
    get,
    save: (entry) => change(() => put(entry)),
    create: (entry) =>
      change(() => {
        refuseTaken(rows, entry.name);
        return put(entry);
      }),
    rename: (name, to) =>
      change(() => {
        const before = known(rows, name);
        if (!sameListName(before.name, to)) refuseTaken(rows, to);
        const renamed = { ...before.list, name: to };
        rows.update(before.name, renamed);
        return renamed;
      }),
    addItems: (name, items, at) =>
      change(() => {
        const before = get(name);
        const place = at ?? before.items.length;
        const added = without(items, before.items);
        return put({ ...before, items: [...before.items.slice(0, place), ...added, ...before.items.slice(place)] });
      }),
    removeItems: (name, items) =>
      change(() => {
        const before = get(name);
        return put({ ...before, items: without(before.items, items) });
      }),
    remove: (name) =>
      change(() => {
        const removed = known(rows, name);
        rows.remove(removed.name);
        return removed.list;
      }),
    restore: () => {
      change(() => bundled.forEach((entry) => void put(entry)));
      return list();
    },
  };
  seedOnce(database, store);
  return store;
}

interface Row {
  /** The key in the table, which is the list's name as it is spelled. */
  name: string;
  list: Watchlist;
}

type Rows = ReturnType<typeof createRows>;

function createRows(database: Database) {
  const all = database.prepare('SELECT name, body FROM watchlists ORDER BY position, name');
  const insert = database.prepare(
    `INSERT INTO watchlists (name, position, body)
     VALUES (@name, (SELECT coalesce(max(position), 0) + 1 FROM watchlists), @body)`,
  );
  const update = database.prepare('UPDATE watchlists SET name = @name, body = @body WHERE name = @before');
  const remove = database.prepare('DELETE FROM watchlists WHERE name = ?');
  const columns = (list: Watchlist) => ({ name: list.name, body: JSON.stringify(list) });
  return {
    all: (): Row[] =>
      (all.all() as { name: string; body: string }[]).map(({ name, body }) => ({
        name,
        list: Watchlist.parse(JSON.parse(body)),
      })),
    insert: (list: Watchlist) => void insert.run(columns(list)),
    update: (before: string, list: Watchlist) => void update.run({ ...columns(list), before }),
    remove: (name: string) => void remove.run(name),
  };
}

/** The list of a name: spelled just so, else in another letter case. */
function find(rows: Rows, name: string): Row | undefined {
  const all = rows.all();
  return all.find((row) => row.name === name) ?? all.find((row) => sameListName(row.name, name));
}

function known(rows: Rows, name: string): Row {
  const found = find(rows, name);
  if (found) return found;
  const names = rows.all().map((row) => row.list.name);
  throw new BrainnetError('UNKNOWN_WATCHLIST', { name, known: names.join(', ') || 'none' });
}

function refuseTaken(rows: Rows, name: string): void {
  const taken = find(rows, name);
  if (taken) throw new BrainnetError('WATCHLIST_EXISTS', { name: taken.list.name });
}

/** Bundled lists come once: a user who removed them is not given them again. */
function seedOnce(database: Database, store: WatchlistStore): void {
  if (database.prepare("SELECT 1 FROM seeded WHERE what = 'watchlists'").get()) return;
  const seed = database.transaction(() => {
    store.restore();
    database.prepare("INSERT INTO seeded (what) VALUES ('watchlists')").run();
  });
  try {
    seed();
  } catch (error) {
    throw diskError(error, 'the watchlists');
  }
}

const keyOf = ({ symbol, source }: WatchlistItem) => `${source} ${symbol}`;

function without(items: readonly WatchlistItem[], gone: readonly WatchlistItem[]): WatchlistItem[] {
  const keys = new Set(gone.map(keyOf));
  return items.filter((item) => !keys.has(keyOf(item)));
}

/** Each item once, as many as a list may have. */
function checkedItems({ name, items }: Watchlist): WatchlistItem[] {
  const once = [...new Map(items.map((item) => [keyOf(item), item])).values()];
  if (once.length <= WATCHLIST_MOST) return once;
  throw new BrainnetError('WATCHLIST_FULL', { name, items: once.length, most: WATCHLIST_MOST });
}
