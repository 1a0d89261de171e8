import { createHash } from 'node:crypto';
import { BrainnetError } from '../../../shared/errors.ts';
import { canonicalJson, sha256 } from '../platform/index.ts';
import { type CsvReading, readCsvBytes, unpacked } from './csv/index.ts';
import type { ImportCard } from './import-card.ts';

type Stored = Pick<ImportCard, 'symbol' | 'interval' | 'timezone' | 'stored' | 'sha256' | 'packed' | 'options'>;

/** What parsed columns are kept under: the same bytes read another way are other columns. */
export function cacheHash({ sha256: bytes, options }: Pick<Stored, 'sha256' | 'options'>): string {
  return Object.keys(options).length === 0 ? bytes : sha256(canonicalJson({ bytes, options, reader: 3 }));
}

/**
 * Reads a stored original the way its card says, after its hash has been checked. `open` gives its bytes from the start.
 * @throws FILE_UNREADABLE where it is gone or not what was imported
 */
export async function readStored(open: () => AsyncIterable<Uint8Array>, card: Stored): Promise<CsvReading> {
  const original = () => (card.packed ? unpacked(open()) : open());
  const problem = (text: string, cause?: unknown) =>
    new BrainnetError('FILE_UNREADABLE', { file: card.stored, problem: text }, { cause });
  const hash = createHash('sha256');
  try {
    for await (const chunk of original()) hash.update(chunk);
  } catch (error) {
    const gone = !(error instanceof BrainnetError);
    const what = gone ? 'are gone' : 'were changed since the import';
    throw problem(`the stored bars of ${card.symbol} ${what}; import them again`, error);
  }
  if (hash.digest('hex') !== card.sha256) {
    throw problem(`the stored bars of ${card.symbol} were changed since the import; import them again`);
  }
  const { interval, timezone, options } = card;
  return readCsvBytes(original(), { interval, timezone, ...options });
}
