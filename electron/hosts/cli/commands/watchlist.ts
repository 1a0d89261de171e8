import { writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { Client } from '../../../../shared/contract/index.ts';
import type { Instrument } from '../../../../shared/domain/index.ts';
import { Source, sameListName, type Watchlist, type WatchlistItem } from '../../../../shared/domain/series.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Context } from '../context.ts';
import { readCsvFile } from '../csv-file.ts';
import { table } from '../table.ts';
import { withEngine } from '../with-engine.ts';

/** Which source a symbol without one means, first first. */
const PREFERENCE: readonly Source[] = ['csv', 'samples', 'samples-closes'];
/** Sources that have every symbol until they are asked for its bars. */
const LIVE: readonly Source[] = ['yahoo', 'stooq'];

export async function list({ out, dataDir }: Context): Promise<number> {
  const lists = await withEngine(dataDir, {}, ({ client }) => client.market.watchlists());
  for (const each of lists) out.data({ type: 'watchlist', watchlist: each });
  const rows = lists.map((each) => [each.name, each.items.length, each.items.map(({ symbol }) => symbol).join(' ')]);
  out.text(table(['name', 'symbols', ''], rows));
  return 0;
}

export async function add(context: Context, args: readonly string[], options: { source?: Source }): Promise<number> {
  const [name, ...symbols] = args;
  const wanted = symbols.map((symbol) => ({ symbol, source: options.source }));
  return change(context, (client) => addTo(client, name!, wanted));
}

export async function remove(context: Context, args: readonly string[]): Promise<number> {
  const [name, ...symbols] = args;
  if (symbols.length > 0) return change(context, (client) => removeFrom(client, name!, symbols));
  const removed = await withEngine(context.dataDir, {}, ({ client }) => client.market.removeWatchlist({ name: name! }));
  context.out.data({ type: 'removed', watchlist: removed });
  context.out.text(`The watchlist ${removed.name} with its ${removed.items.length} symbols is removed.`);
  return 0;
}

export async function importFile(context: Context, [name, file]: readonly string[]): Promise<number> {
  const wanted = parseList(await readCsvFile(file!));
  return change(context, (client) => addTo(client, name!, wanted));
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

async function change({ out, dataDir }: Context, work: (client: Client) => Promise<Watchlist>): Promise<number> {
  const saved = await withEngine(dataDir, {}, ({ client }) => work(client));
  out.data({ type: 'watchlist', watchlist: saved });
  out.text(`${saved.name}: ${saved.items.map(({ symbol }) => symbol).join(' ') || 'no symbols'}`);
  return 0;
}

/** Adds to the list of that name, which is made where there is none. */
async function addTo(client: Client, name: string, wanted: readonly Wanted[]): Promise<Watchlist> {
  const items = await resolveItems(client, wanted);
  const exists = (await client.market.watchlists()).some((each) => sameListName(each.name, name));
  if (exists) return client.market.addToWatchlist({ name, items });
  return client.market.createWatchlist({ name, items, defaultAsOf: null });
}

async function removeFrom(client: Client, name: string, symbols: readonly string[]): Promise<Watchlist> {
  const before = await named(client, name);
  const gone = new Set(symbols.map((symbol) => symbol.toUpperCase()));
  const missing = [...gone].find((symbol) => !before.items.some((item) => item.symbol === symbol));
  if (missing) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol: missing, where: `the watchlist ${before.name}` });
  const items = before.items.filter((item) => gone.has(item.symbol));
  return client.market.removeFromWatchlist({ name, items });
}

async function named(client: Client, name: string): Promise<Watchlist> {
  const lists = await client.market.watchlists();
  const found = lists.find((each) => sameListName(each.name, name));
  if (!found) throw new BrainnetError('UNKNOWN_WATCHLIST', { name, known: lists.map((each) => each.name).join(', ') });
  return found;
}

type Wanted = { symbol: string; source?: string };

async function resolveItems(client: Client, wanted: readonly Wanted[]): Promise<WatchlistItem[]> {
  const instruments = await client.market.instruments();
  return wanted.map(({ symbol, source }) => resolveItem(instruments, symbol.trim().toUpperCase(), source));
}

function resolveItem(instruments: readonly Instrument[], symbol: string, source?: string): WatchlistItem {
  const asked = Source.safeParse(source);
  if (source && !asked.success) throw new BrainnetError('SOURCE_UNAVAILABLE', { source });
  if (asked.success && LIVE.includes(asked.data)) return { symbol, source: asked.data };
  const wanted = asked.success ? [asked.data] : PREFERENCE;
  const found = wanted.find((each) => instruments.some((one) => one.symbol === symbol && one.source === each));
  if (!found) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: source ?? 'any source' });
  return { symbol, source: found };
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
