import type { Interval } from '../../../shared/domain/index.ts';

/**
 * File name stem of an import, safe on every file system: `bars-` keeps clear of Windows' device names (CON, NUL) and of hidden files;
 * everything but capital letters, digits and `-` is percent-encoded, so no symbol can leave the folder and no two share a stem.
 */
export function importStem(symbol: string, interval: Interval): string {
  const safe = symbol.replace(
    /[^A-Z0-9-]/g,
    (char) => `%${[...Buffer.from(char, 'utf8')].map((byte) => byte.toString(16).padStart(2, '0')).join('%')}`,
  );
  return `bars-${safe}.${interval}`;
}
