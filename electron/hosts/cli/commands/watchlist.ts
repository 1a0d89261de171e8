import { writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Client } from '../../../../shared/contract/index.ts';
import type { Instrument } from '../../../../shared/domain/index.ts';
import type { Source, Watchlist, WatchlistItem } from '../../../../shared/domain/series.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { readCsvFile } from '../csv-file.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

/** Which source a symbol without one means, first first. */
const PREFERENCE: readonly Source[] = ['csv', 'samples', 'samples-closes'];

export async function list({ out, dataDir }: Context): Promise<number> {
  const lists = await withEngine(dataDir, {}, ({ client }) => client.market.watchlists());
  for (const each of lists) out.data({ type: 'watchlist', watchlist: each });
  const rows = lists.map((each) => [each.name, each.items.length, each.items.map(({ symbol }) => symbol).join(' ')]);
  out.text(table(['name', 'symbols', ''], rows));
  return 0;
}

export async function add(context: Context, args: readonly string[], options: { source?: Source }): Promise<number> {
  const [name, ...symbols] = args;
  return change(context, async (client) => {
    const wanted = symbols.map((symbol) => ({ symbol, source: options.source }));
    const found = await resolveItems(client, wanted);
    const before = (await client.market.watchlists()).find((each) => each.name === name);
    return { name: name!, items: merge(before?.items ?? [], found), defaultAsOf: before?.defaultAsOf ?? null };
  });
}

export async function remove(context: Context, args: readonly string[]): Promise<number> {
  const [name, ...symbols] = args;
  if (symbols.length > 0) {
    const gone = new Set(symbols.map((symbol) => symbol.toUpperCase()));
    return change(context, async (client) => {
      const before = await named(client, name!);
      const missing = [...gone].find((symbol) => !before.items.some((item) => item.symbol === symbol));
      if (missing) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol: missing, where: `the watchlist ${name}` });
      return { ...before, items: before.items.filter((item) => !gone.has(item.symbol)) };
    });
  }
  const removed = await withEngine(context.dataDir, {}, ({ client }) => client.market.removeWatchlist({ name: name! }));
  context.out.data({ type: 'removed', watchlist: removed });
  context.out.text(`The watchlist ${removed.name} with its ${removed.items.length} symbols is removed.`);
  return 0;
}

export async function importFile(context: Context, [name, file]: readonly string[]): Promise<number> {
  const wanted = parseList(await readCsvFile(file!));
  return change(context, async (client) => ({
    name: name!,
    items: merge([], await resolveItems(client, wanted)),
    defaultAsOf: null,
  }));
}

export async function exportFile({ out, dataDir }: Context, [name, file]: readonly string[]): Promise<number> {
  const watchlist = await withEngine(dataDir, {}, ({ client }) => named(client, name!));
  const csv = ['symbol,source', ...watchlist.items.map(({ symbol, source }) => `${symbol},${source}`)].join('\n');
  out.data({ type: 'watchlist', watchlist });
  if (file === undefined) out.text(csv);
  else {
    await writeFile(file, `${csv}\n`).catch((error: NodeJS.ErrnoException) => {
      throw new BrainnetError('FILE_UNWRITABLE', { file, problem: error.code ?? 'unknown' }, { cause: error });
    });
    out.text(`${watchlist.items.length} symbols written to ${file}.`);
  }
  return 0;
}

async function change({ out, dataDir }: Context, build: (client: Client) => Promise<Watchlist>): Promise<number> {
  const saved = await withEngine(dataDir, {}, async ({ client }) => client.market.saveWatchlist(await build(client)));
  out.data({ type: 'watchlist', watchlist: saved });
  out.text(`${saved.name}: ${saved.items.map(({ symbol }) => symbol).join(' ') || 'no symbols'}`);
  return 0;
}

async function named(client: Client, name: string): Promise<Watchlist> {
  const lists = await client.market.watchlists();
  const found = lists.find((each) => each.name === name);
  if (!found) throw new BrainnetError('UNKNOWN_WATCHLIST', { name, known: lists.map((each) => each.name).join(', ') });
  return found;
}

type Wanted = { symbol: string; source?: string };

async function resolveItems(client: Client, wanted: readonly Wanted[]): Promise<WatchlistItem[]> {
  const instruments = await client.market.instruments();
  return wanted.map(({ symbol, source }) => resolveItem(instruments, symbol.trim().toUpperCase(), source));
}

function resolveItem(instruments: readonly Instrument[], symbol: string, source?: string): WatchlistItem {
  const wanted = source ? PREFERENCE.filter((each) => each === source) : PREFERENCE;
  if (wanted.length === 0) throw new BrainnetError('SOURCE_UNAVAILABLE', { source: source ?? '' });
  const found = wanted.find((each) => instruments.some((one) => one.symbol === symbol && one.source === each));
  if (!found) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: source ?? 'any source' });
  return { symbol, source: found };
}

function merge(before: readonly WatchlistItem[], added: readonly WatchlistItem[]): WatchlistItem[] {
  return [...new Map([...before, ...added].map((item) => [`${item.symbol} ${item.source}`, item])).values()];
}

function parseList(content: string): Wanted[] {
  const { data, meta } = Papa.parse<Record<string, string>>(content.trim(), {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (head) => head.trim().toLowerCase(),
  });
  if (!meta.fields?.includes('symbol'))
    throw new BrainnetError('BAD_CSV', { problem: 'it has no column named symbol' });
  return data.map((row) => ({ symbol: row.symbol ?? '', source: row.source?.trim() || undefined }));
}
