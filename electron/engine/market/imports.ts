import { readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Instrument } from '../../../shared/domain/index.ts';
import { diskError, writeFileAtomic } from '../platform/index.ts';
import { MAX_FILE_BYTES, type StoredOriginal } from './csv/index.ts';
import { ImportCard } from './import-card.ts';
import { importStem } from './import-names.ts';
import { cacheHash, readStored } from './imports-read.ts';
import { readPlainBytes, readPlainText } from './plain-file.ts';
import { keyOf, type SourceEntry } from './source.ts';

const MAX_CARD_BYTES = 1024 * 1024;

/**
 * Makes a stored original an import: the card that points to it is synced to the disk, then the original of an earlier import goes. A
 * crash at any moment leaves the old import or the new one, whole. @throws DISK_FULL, FILE_UNWRITABLE
 */
export function storeCard(dir: string, card: Omit<ImportCard, keyof StoredOriginal>, original: StoredOriginal): void {
  const stem = importStem(card.symbol, card.interval);
  const before = readCard(dir, `${stem}.json`);
  try {
    const text = JSON.stringify({ ...card, ...original }, null, 2);
    writeFileAtomic(path.join(dir, `${stem}.json`), `${text}\n`);
  } catch (error) {
    throw diskError(error, `the import of ${card.symbol}`);
  }
  if (before && before.stored !== original.stored) rmSync(path.join(dir, before.stored), { force: true });
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
    const card = ImportCard.parse(JSON.parse(readPlainText(path.join(dir, name), MAX_CARD_BYTES)));
    return `${importStem(card.symbol, card.interval)}.json` === name ? card : null;
  } catch {
    return null;
  }
}

function entryOf(dir: string, card: ImportCard): SourceEntry {
  const { symbol, interval, currency, timezone, closeOnly, bars, firstDate, lastDate, sourceNotices } = card;
  const identity = { symbol, source: 'csv' as const, interval, currency, timezone };
  const range = { closeOnly, bars, firstDate, lastDate, defaultAsOf: null };
  const instrument: Instrument = { ...identity, ...range, name: card.fileName || symbol };
  const sha256 = cacheHash(card);
  const load = async () => {
    const { raw } = await readStored(() => readPlainBytes(path.join(dir, card.stored), MAX_FILE_BYTES), card);
    return [{ key: keyOf({ instrument, sha256 }), raw }];
  };
  return { instrument, meta: { ...identity, sourceNotices }, sha256, load };
}
