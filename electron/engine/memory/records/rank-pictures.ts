import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from '../../platform/index.ts';
import { floats } from '../setups/setup-row.ts';
import type { Picture } from '../types.ts';
import { conditionsOf, type RecordFilter } from './filter.ts';
import { bestFirst, type Ranked } from './rank-words.ts';

const PAGE = 1000;

/** Memories of decisions, those first whose picture lies nearest to this one; the score is minus the squared distance. */
export async function rankByPicture(
  database: Database,
  { near, network }: Picture,
  filter: RecordFilter,
): Promise<Ranked[]> {
  const { sql, values } = conditionsOf(filter);
  const page = database.prepare(
    `SELECT m.row, m.likeness, m.known_at AS knownAt, m.id, s.near
     FROM memories m JOIN setups s ON s.decision_id = m.decision_id
     WHERE m.decision_id IS NOT NULL AND s.network = ? AND m.row > ? AND ${sql} ORDER BY m.row LIMIT ${PAGE}`,
  );
  const found: Ranked[] = [];
  for (let last = 0; ; ) {
    const rows = page.all(network, last, ...values) as (Omit<Ranked, 'score'> & { near: Buffer })[];
    for (const { near: stored, ...rest } of rows) found.push({ ...rest, score: -squared(floats(stored), near) });
    if (rows.length < PAGE) return found.sort(bestFirst);
    last = rows.at(-1)!.row;
    await nextTurn();
  }
}

const squared = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, i) => sum + (value - b[i]!) ** 2, 0);
