import { setImmediate as nextTurn } from 'node:timers/promises';
import { compareTexts, type Database } from '../../platform/index.ts';
import { type Conditions, conditionsOf, type RecordFilter } from './filter.ts';
import { searchWords } from './search-words.ts';

/** Robertson's constants of BM25. */
const [K1, B] = [1.2, 0.75];
/** Rows read before other work may go on. */
const PAGE = 2000;

/** A memory in an order of likeness. */
export interface Ranked {
  row: number;
  likeness: string;
  score: number;
  knownAt: number;
  id: string;
}

interface Hit extends Ranked {
  words: number;
  /** 1 where the title has the word, or where it is the symbol that the memory is about. */
  named: number;
}

/**
 * Memories that have a word of the query, the best first, by BM25 with the frequency of a word counted as 1, however often it stands there, and as 2 where
 * the title has it or it is the symbol that the memory is about.
 * SQLite's own bm25() counts over everything stored, later records too; here the counts are those of the records that may be found, so that
 * nothing known later moves an earlier answer.
 */
export async function rankByWords(database: Database, text: string, filter: RecordFilter): Promise<Ranked[]> {
  const conditions = conditionsOf(filter);
  const { n, mean } = database
    .prepare(`SELECT count(*) AS n, avg(m.words) AS mean FROM memories m WHERE ${conditions.sql}`)
    .get(...conditions.values) as { n: number; mean: number | null };
  const found = new Map<number, Ranked>();
  for (const word of searchWords(text)) {
    const hits = await hitsOf(database, word, conditions);
    const weight = Math.log(1 + (n - hits.length + 0.5) / (hits.length + 0.5));
    for (const { row, likeness, knownAt, id, words, named } of hits) {
      const frequency = 1 + named;
      const length = 1 - B + B * (words / Math.max(1, mean ?? 1));
      const score = (weight * frequency * (K1 + 1)) / (frequency + K1 * length);
      const before = found.get(row);
      if (before) before.score += score;
      else found.set(row, { row, likeness, knownAt, id, score });
    }
  }
  return [...found.values()].sort(bestFirst);
}

/** By score, of equal ones the newest, then by what they say, so that no random id decides what is found. */
export function bestFirst(a: Ranked, b: Ranked): number {
  return b.score - a.score || b.knownAt - a.knownAt || compareTexts(a.likeness, b.likeness) || compareTexts(a.id, b.id);
}

async function hitsOf(database: Database, word: string, { sql, values }: Conditions): Promise<Hit[]> {
  const page = database.prepare(
    `SELECT m.row, m.likeness, m.known_at AS knownAt, m.id, m.words, m.symbol, 0 AS score
     FROM memory_words f JOIN memories m ON m.row = f.rowid
     WHERE memory_words MATCH ? AND f.rowid > ? AND ${sql} ORDER BY f.rowid LIMIT ${PAGE}`,
  );
  const titled = new Set(
    database
      .prepare('SELECT rowid FROM memory_words WHERE memory_words MATCH ?')
      .pluck()
      .all(`title : ${word}`) as number[],
  );
  const asSymbol = word.replace(/["*]/g, '').toUpperCase();
  const hits: Hit[] = [];
  for (let last = 0; ; ) {
    const rows = page.all(word, last, ...values) as (Omit<Hit, 'named'> & { symbol: string | null })[];
    for (const { symbol, ...hit } of rows)
      hits.push({ ...hit, named: titled.has(hit.row) || symbol === asSymbol ? 1 : 0 });
    if (rows.length < PAGE) return hits;
    last = rows.at(-1)!.row;
    await nextTurn();
  }
}
