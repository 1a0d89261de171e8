import { Watchlist } from '../../../shared/domain/index.ts';
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

export interface WatchlistStore {
  list(): Watchlist[];
  /** @throws UNKNOWN_WATCHLIST */
  get(name: string): Watchlist;
  /** Adds a list at the end, or replaces the one of that name in its place. */
  save(list: Watchlist): Watchlist;
  /** Removes and returns it. @throws UNKNOWN_WATCHLIST */
  remove(name: string): Watchlist;
  /** Brings the bundled lists back as shipped. */
  restore(): Watchlist[];
}

/** The lists of a journal; a journal without any starts with the bundled ones. */
export function createWatchlistStore(database: Database, bundled: readonly Watchlist[]): WatchlistStore {
  const all = database.prepare('SELECT body FROM watchlists ORDER BY position, name').pluck();
  const one = database.prepare('SELECT body FROM watchlists WHERE name = ?').pluck();
  const upsert = database.prepare(
    `INSERT INTO watchlists (name, position, body) VALUES (@name, (SELECT coalesce(max(position), 0) + 1 FROM watchlists), @body)
     ON CONFLICT (name) DO UPDATE SET body = excluded.body`,
  );
  const drop = database.prepare('DELETE FROM watchlists WHERE name = ?');
  const list = () => (all.all() as string[]).map((body) => Watchlist.parse(JSON.parse(body)));
  const get = (name: string) => {
    const body = one.get(name) as string | undefined;
    if (body !== undefined) return Watchlist.parse(JSON.parse(body));
    const known =
      list()
        .map((entry) => entry.name)
        .join(', ') || 'none';
    throw new BrainnetError('UNKNOWN_WATCHLIST', { name, known });
  };
  const write = (action: () => void) => {
    try {
      action();
    } catch (error) {
      throw diskError(error, 'the watchlist');
    }
  };
  const put = (entry: Watchlist) => void upsert.run({ name: entry.name, body: JSON.stringify(entry) });
  const store: WatchlistStore = {
    list,
    get,
    save(entry) {
      const items = uniqueItems(entry.items);
      write(() => put({ ...entry, items }));
      return get(entry.name);
    },
    remove(name) {
      const removed = get(name);
      write(() => void drop.run(name));
      return removed;
    },
    restore() {
      write(() => database.transaction(() => bundled.forEach(put))());
      return list();
    },
  };
  seedOnce(database, store);
  return store;
}

/** Bundled lists come once: a user who removed them is not given them again. */
function seedOnce(database: Database, store: WatchlistStore): void {
  if (database.prepare("SELECT 1 FROM seeded WHERE what = 'watchlists'").get()) return;
  database.transaction(() => {
    store.restore();
    database.prepare("INSERT INTO seeded (what) VALUES ('watchlists')").run();
  })();
}

function uniqueItems(items: Watchlist['items']): Watchlist['items'] {
  const known = new Set<string>();
  return items.filter(({ symbol, source }) => {
    const key = `${source} ${symbol}`;
    return known.has(key) ? false : known.add(key);
  });
}
