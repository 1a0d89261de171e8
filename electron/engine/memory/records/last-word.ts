import type { Database } from '../../platform/index.ts';

/** In the data of a trade: the id of the one in whose place it was put. */
export const AMENDS = 'amends';

/** The id of the memory that corrected this one last; its own where none did. */
export function lastWordOn(database: Database, id: string): string {
  const next = database
    .prepare(`SELECT id FROM memories WHERE kind = 'trade' AND json_extract(data, '$.${AMENDS}') = ? ORDER BY row DESC`)
    .pluck();
  const seen = new Set<string>();
  let last = id;
  while (!seen.has(last)) {
    seen.add(last);
    last = (next.get(last) as string | undefined) ?? last;
  }
  return last;
}
