import { notifications } from '@mantine/notifications';
import { createElement } from 'react';
import type { Source, Watchlist } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, queries } from '../../engine/index.ts';
import { openList } from '../../workspace/index.ts';
import { UndoMessage } from './UndoMessage.tsx';

async function refresh(): Promise<Watchlist[]> {
  const lists = await api().market.watchlists();
  queries.put('watchlists', lists);
  queries.invalidate(['rows']);
  return lists;
}

async function save(list: Watchlist): Promise<Watchlist> {
  const saved = await api().market.saveWatchlist(list);
  await refresh();
  return saved;
}

/** Tells what was done, with a way back. */
function offerUndo(message: string, undo: () => Promise<unknown>): void {
  const id = crypto.randomUUID();
  const back = () => {
    notifications.hide(id);
    void attempt(undo);
  };
  notifications.show({ id, message: createElement(UndoMessage, { message, onUndo: back }), autoClose: 10_000 });
}

export async function addSymbol(list: Watchlist, item: { symbol: string; source: Source }): Promise<void> {
  const same = list.items.some((one) => one.symbol === item.symbol && one.source === item.source);
  if (!same) await attempt(() => save({ ...list, items: [...list.items, item] }));
}

export async function removeSymbol(list: Watchlist, item: { symbol: string; source: Source }): Promise<void> {
  const items = list.items.filter((one) => one.symbol !== item.symbol || one.source !== item.source);
  const saved = await attempt(() => save({ ...list, items }));
  if (saved) offerUndo(`${item.symbol} was removed from ${list.name}; its decisions are kept.`, () => save(list));
}

/** A new, empty list, opened at once. */
export async function createList(name: string): Promise<void> {
  const saved = await attempt(() => save({ name, items: [], defaultAsOf: null }));
  if (saved) openList(saved);
}

export async function renameList(list: Watchlist, name: string): Promise<void> {
  const move = async (from: Watchlist, to: string) => {
    const saved = await api().market.saveWatchlist({ ...from, name: to });
    await api().market.removeWatchlist({ name: from.name });
    await refresh();
    openList(saved);
    return saved;
  };
  const saved = await attempt(() => move(list, name));
  if (saved) offerUndo(`${list.name} is now called ${saved.name}.`, () => move(saved, list.name));
}

export async function removeList(list: Watchlist): Promise<void> {
  const removed = await attempt(() => api().market.removeWatchlist({ name: list.name }));
  if (!removed) return;
  await attempt(refresh);
  offerUndo(`The list ${list.name} was removed; decisions and bars are kept.`, async () =>
    openList(await save(removed)),
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
