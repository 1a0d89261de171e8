import { BrainnetError } from '../../../../shared/errors.ts';
import { diskError, isDamage } from '../../platform/index.ts';

/** Work on cache.db that may fail: its answer, or undefined. What the cache holds can be fetched again, so reading never fails. */
export function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** Why bars could not be stored, as a sentence of ours. */
export function storageFault(error: unknown, symbol: string): BrainnetError {
  const known = diskError(error, `the price history of ${symbol}`);
  if (known instanceof BrainnetError && known.code === 'DISK_FULL') return known;
  return new BrainnetError('FILE_UNWRITABLE', { file: 'cache.db', problem: problemOf(error) }, { cause: error });
}

function problemOf(error: unknown): string {
  const code = (error as { code?: string }).code ?? '';
  if (isDamage(error) || code === 'SQLITE_ERROR')
    return 'it is damaged; close Brainnet and delete it, it is built anew';
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) return 'another program is using it';
  if (code === 'SQLITE_READONLY_DBMOVED') return 'it was moved or deleted; it is built anew at the next start';
  if (code.startsWith('SQLITE_READONLY')) return 'it is read-only';
  return code ? `SQLite says ${code}` : 'it is not open';
}
