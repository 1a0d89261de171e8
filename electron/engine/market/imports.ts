import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type Instrument, Interval, Sha256, Ticker } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { diskError, sha256, writeFileAtomic } from '../platform/index.ts';
import { parseCsvSteps } from './csv/index.ts';
import { importStem } from './import-names.ts';
import { breathe, keyOf, type SourceEntry } from './source.ts';

/** What is assumed of an imported series that does not say otherwise. */
export const IMPORT_DEFAULTS = { currency: 'USD', timezone: 'America/New_York' };

const ImportCard = z.object({
  symbol: Ticker,
  interval: Interval,
  /** Name of the file the user gave. */
  fileName: z.string(),
  /** Name of the stored text beside this card. */
  stored: z.string().regex(/^[A-Za-z0-9%.-]+\.csv$/),
  sha256: Sha256,
  currency: z.string(),
  timezone: z.string(),
  closeOnly: z.boolean(),
  bars: z.int(),
  firstDate: z.iso.date(),
  lastDate: z.iso.date(),
});
export type ImportCard = z.infer<typeof ImportCard>;

/**
 * Keeps an import: first the text under a name of its own, then the card that points to it, each synced to the disk; the text of an
 * earlier import goes last. A crash at any moment leaves the old import or the new one, whole. @throws DISK_FULL, FILE_UNWRITABLE
 */
export function storeImport(dir: string, card: Omit<ImportCard, 'stored' | 'sha256'>, content: string): void {
  const stem = importStem(card.symbol, card.interval);
  const hash = sha256(content);
  const stored = `${stem}.${hash.slice(0, 16)}.csv`;
  const before = readCard(dir, `${stem}.json`);
  try {
    writeFileAtomic(path.join(dir, stored), content);
    writeFileAtomic(path.join(dir, `${stem}.json`), `${JSON.stringify({ ...card, stored, sha256: hash }, null, 2)}\n`);
  } catch (error) {
    throw diskError(error, `the import of ${card.symbol}`);
  }
  if (before && before.stored !== stored) rmSync(path.join(dir, before.stored), { force: true });
}

/** Everything imported, as the cards in the folder say; a card that cannot be read is left alone and left out. */
export function importEntries(dir: string): SourceEntry[] {
  return cardNames(dir).flatMap((name) => {
    const card = readCard(dir, name);
    return card ? [entryOf(dir, card)] : [];
  });
}

function cardNames(dir: string): string[] {
  try {
    return readdirSync(dir)
      .filter((name) => name.startsWith('bars-') && name.endsWith('.json'))
      .sort();
  } catch {
    return [];
  }
}

function readCard(dir: string, name: string): ImportCard | null {
  try {
    const card = ImportCard.parse(JSON.parse(readFileSync(path.join(dir, name), 'utf8')));
    return `${importStem(card.symbol, card.interval)}.json` === name ? card : null;
  } catch {
    return null;
  }
}

function entryOf(dir: string, card: ImportCard): SourceEntry {
  const { symbol, interval, currency, timezone, closeOnly, bars, firstDate, lastDate } = card;
  const identity = { symbol, source: 'csv' as const, interval, currency, timezone };
  const range = { closeOnly, bars, firstDate, lastDate, defaultAsOf: null };
  const instrument: Instrument = { ...identity, ...range, name: card.fileName || symbol };
  const load = async () => {
    const raw = await breathe(parseCsvSteps(await readStored(dir, card), interval, timezone));
    return [{ key: keyOf({ instrument, sha256: card.sha256 }), raw }];
  };
  return { instrument, meta: { ...identity, sourceNotices: [] }, sha256: card.sha256, load };
}

async function readStored(dir: string, card: ImportCard): Promise<string> {
  const problem = (text: string, cause?: unknown) =>
    new BrainnetError('FILE_UNREADABLE', { file: card.stored, problem: text }, { cause });
  let content: string;
  try {
    content = await readFile(path.join(dir, card.stored), 'utf8');
  } catch (error) {
    throw problem(`the stored bars of ${card.symbol} are gone; import them again`, error);
  }
  if (sha256(content) !== card.sha256) {
    throw problem(`the stored bars of ${card.symbol} were changed since the import; import them again`);
  }
  return content;
}
