import type { FoundMemory } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import type { Picture } from '../types.ts';
import { type Distinct, distinct, fuse } from './distinct.ts';
import { conditionsOf, type RecordFilter } from './filter.ts';
import { rankByPicture } from './rank-pictures.ts';
import { bestFirst, type Ranked, rankByWords } from './rank-words.ts';
import { type Fared, faredBy } from './recalls.ts';
import { ratedRecord } from './record-row.ts';
import type { RecordStore } from './record-store.ts';

/** Without words and picture the newest are found. */
export interface RecordSearch extends RecordFilter {
  text?: string | undefined;
  /** Memories of decisions on pictures like it. */
  picture?: Picture | undefined;
  limit: number;
}

/** How much deeper than asked each ranking is read before they are fused. */
const DEEPER = 3;

/** Written memories by words and by picture, the two rankings fused, near-duplicates taken together; point in time. */
export async function searchRecords(
  database: Database,
  store: Pick<RecordStore, 'byRow'>,
  query: RecordSearch,
): Promise<FoundMemory[]> {
  const { text = '', picture, limit } = query;
  const rankings: Ranked[][] = [];
  if (text.trim() !== '') rankings.push(await rankByWords(database, text, query));
  if (picture) rankings.push(await rankByPicture(database, picture, query));
  if (rankings.length === 0) rankings.push(newest(database, query, DEEPER * limit));
  const found = ranked(store, rankings, limit);
  return told(found, store, (id) => faredBy(database, query.asOf, id).get(id));
}

/** Rankings of rows, each without near-duplicates, as one of at most `count`. */
export function ranked(
  store: Pick<RecordStore, 'byRow'>,
  rankings: readonly (readonly Ranked[])[],
  count: number,
): Distinct[] {
  const textOf = (row: number) => {
    const record = store.byRow(row);
    return record ? `${record.title} ${record.text}` : '';
  };
  const fused = fuse(rankings.map((ranking) => distinct(ranking, DEEPER * count, textOf)));
  const alike = new Map(fused.map(({ ranked, alike }) => [ranked.row, alike]));
  const sorted = fused.map(({ ranked }) => ranked).sort(bestFirst);
  return distinct(sorted, count, textOf).map((one) => ({
    ...one,
    alike: one.alike + (alike.get(one.ranked.row) ?? 0),
  }));
}

/** As they stood then: what took their place is known later. */
function told(
  found: readonly Distinct[],
  store: Pick<RecordStore, 'byRow'>,
  faredOf: (id: string) => Fared | undefined,
): FoundMemory[] {
  return found.flatMap(({ ranked, alike }) => {
    const record = store.byRow(ranked.row);
    if (!record) return [];
    const memory = { ...ratedRecord(record, faredOf(record.id)), replacedAt: null, gaps: [] };
    return [{ memory, score: ranked.score, alike }];
  });
}

/** The newest known first. */
export function newest(database: Database, filter: RecordFilter, count: number): Ranked[] {
  const { sql, values } = conditionsOf(filter);
  return database
    .prepare(
      `SELECT m.row, m.likeness, m.known_at AS knownAt, m.id, 0 AS score FROM memories m
       WHERE ${sql} ORDER BY m.known_at DESC, m.likeness, m.id LIMIT ?`,
    )
    .all(...values, count) as Ranked[];
}
