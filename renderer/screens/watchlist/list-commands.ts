import { sameListName, type Watchlist, type WatchlistItem } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { offerUndo } from '../../app/undo.ts';
import { api, queries } from '../../engine/index.ts';
import { openList, update } from '../../workspace/index.ts';

async function refresh(): Promise<Watchlist[]> {
  const lists = await api().market.watchlists();
  queries.put('watchlists', lists);
  queries.invalidate(['rows']);
  return lists;
}

/** Sends a change of a list, and asks for the lists as they then are. */
async function change(send: () => Promise<Watchlist>): Promise<Watchlist> {
  const changed = await send();
  await refresh();
  return changed;
}

/** Adds symbols to a list. */
export const addSymbols = (list: Watchlist, items: WatchlistItem[]): Promise<Watchlist | null> =>
  attempt(() => change(() => api().market.addToWatchlist({ name: list.name, items })));

export async function removeSymbol(list: Watchlist, { symbol, source }: WatchlistItem): Promise<void> {
  const items = [{ symbol, source }];
  const at = list.items.findIndex((one) => one.symbol === symbol && one.source === source);
  const { name } = list;
  const removed = await attempt(() => change(() => api().market.removeFromWatchlist({ name, items })));
  if (!removed) return;
  const back = () => change(() => api().market.addToWatchlist({ name, items, at }));
  offerUndo(`${symbol} was removed from ${name}; its decisions are kept.`, back);
}

/** A new list, opened at once. */
export async function createList(name: string, items: WatchlistItem[] = []): Promise<Watchlist | null> {
  const made = await attempt(() => change(() => api().market.createWatchlist({ name, items, defaultAsOf: null })));
  if (made) openList(made);
  return made;
}

const OWN_LIST = 'My symbols';

/** Adds to the list on screen; where there is none, to a list of the user's own, which is then opened. */
export async function addToOpenList(list: Watchlist | undefined, items: WatchlistItem[]): Promise<void> {
  if (list) return void (await addSymbols(list, items));
  const lists = await attempt(() => api().market.watchlists());
  const own = lists?.find((one) => sameListName(one.name, OWN_LIST));
  if (own) openList((await addSymbols(own, items)) ?? own);
  else if (lists) await createList(OWN_LIST, items);
}

/** The list keeps its clock and its symbol on screen under the new name. */
export async function renameList(list: Watchlist, to: string): Promise<void> {
  const move = async (name: string, to: string) => {
    const renamed = await api().market.renameWatchlist({ name, to });
    const lists = (queries.view('watchlists').data ?? []) as Watchlist[];
    update({ list: renamed.name });
    queries.put(
      'watchlists',
      lists.map((one) => (sameListName(one.name, name) ? renamed : one)),
    );
    return renamed;
  };
  const renamed = await attempt(() => move(list.name, to));
  if (renamed) offerUndo(`${list.name} is now called ${renamed.name}.`, () => move(renamed.name, list.name));
}

export async function removeList(list: Watchlist): Promise<void> {
  const removed = await attempt(() => api().market.removeWatchlist({ name: list.name }));
  if (!removed) return;
  await attempt(refresh);
  offerUndo(`The list ${list.name} was removed; decisions and bars are kept.`, async () =>
    openList(await change(() => api().market.createWatchlist(removed))),
  );
}

/** Brings the bundled lists back and opens the first. */
export async function openSamples(): Promise<void> {
  const lists = await attempt(() => api().market.restoreSamples());
  if (!lists) return;
  queries.put('watchlists', lists);
  queries.invalidate(['rows']);
  openList(lists.find((list) => list.name === 'samples') ?? lists[0]);
}
