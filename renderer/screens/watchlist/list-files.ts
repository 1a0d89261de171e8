import { notifications } from '@mantine/notifications';
import type { Source, Watchlist } from '../../../shared/domain/index.ts';
import { attempt } from '../../app/commands.ts';
import { api, engine } from '../../engine/index.ts';
import { download, toCsv } from '../../format/csv.ts';
import { textOfFile } from '../../format/file-text.ts';
import { createList } from './list-commands.ts';
import { nameOfFile, readList } from './list-csv.ts';

const LIMIT = 1024 * 1024;
const NAMED = 5;

/** Offers the list as a file with the columns symbol,source. */
export function saveListFile({ name, items }: Watchlist): void {
  const rows = items.map(({ symbol, source }) => [symbol, source]);
  download(`${name}.csv`, 'text/csv', toCsv(['symbol', 'source'], rows));
}

/** Makes a new list of a file and opens it; says what of it is known nowhere. */
export async function openListFile(file: File): Promise<void> {
  const read = await attempt(async () => {
    const [text, instruments, lists] = await Promise.all([
      textOfFile(file, LIMIT).catch(() => ''),
      api().market.instruments(),
      api().market.watchlists(),
    ]);
    const taken = lists.map((list) => list.name);
    return { ...readList(text, instruments, liveSource()), name: nameOfFile(file.name, taken) };
  });
  if (!read) return;
  if (read.items.length === 0) return tell('No list was made', `${file.name} has no symbol that is known here.`, true);
  const made = await createList(read.name, read.items);
  if (made) tell(`${made.name} was made`, summary(made.items.length, read.leftOut), read.leftOut.length > 0);
}

function liveSource(): Source | null {
  const value = engine.get().settings.find((one) => one.name === 'LIVE_SOURCE')?.value;
  return value === 'yahoo' || value === 'stooq' ? value : null;
}

function summary(symbols: number, leftOut: readonly string[]): string {
  const added = `${symbols} ${symbols === 1 ? 'symbol' : 'symbols'}.`;
  if (leftOut.length === 0) return added;
  const more = leftOut.length > NAMED ? ` and ${leftOut.length - NAMED} more` : '';
  return `${added} Left out, since there are no bars of them here: ${leftOut.slice(0, NAMED).join(', ')}${more}.`;
}

function tell(title: string, message: string, warn: boolean): void {
  notifications.show({ title, message, color: warn ? 'yellow' : 'teal', autoClose: warn ? 12_000 : 6000 });
}
