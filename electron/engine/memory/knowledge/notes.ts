import {
  type Evidence,
  type Interval,
  type LiveRate,
  type PatternView,
  percent,
  RATE_LEAST,
  type Regime,
} from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import type { RecordRow } from '../records/record-row.ts';
import { newestOf, viewOf } from './patterns.ts';
import type { Experience } from './settled-setups.ts';

export interface NotesQuery {
  symbol: string;
  interval: Interval;
  regime: Regime;
  /** UTC ms. */
  asOf: number;
  /** Whose settled setups count; default live. */
  experience?: Experience | undefined;
}

/** What the knowledge base says to a setup, and the memory that says so. */
export interface Note extends Evidence {
  memoryId: string;
}

const MOST = 3;
const QUOTED = 160;

/** At most three patterns that name this symbol, interval or regime and nothing else, the closest first, each as one sentence with its live rate and n. */
export function notesFor(database: Database, query: NotesQuery): Note[] {
  const { asOf, experience = { origin: 'live' } } = query;
  const fitting = newestOf(database, asOf)
    .map((row) => ({ row, named: namedOf(row, query) }))
    .filter(({ named }) => named > 0)
    .sort((a, b) => b.named - a.named);
  return fitting.slice(0, MOST).map(({ row }) => {
    const sentence = sentenceOf(viewOf(database, row, asOf, experience));
    return { memoryId: row.id, code: 'pattern', sentence };
  });
}

/** How much of the query a pattern names; 0 where it names nothing or something else. */
function namedOf(pattern: RecordRow, query: NotesQuery): number {
  const names = (['symbol', 'interval', 'regime'] as const).filter((name) => pattern[name] !== null);
  return names.every((name) => pattern[name] === query[name]) ? names.length : 0;
}

function sentenceOf({ name, description, statedRate, live }: PatternView): string {
  const quoted = description.length > QUOTED ? `${description.slice(0, QUOTED)}...` : description;
  const stated = statedRate === null ? '' : ` Its author states ${percent(statedRate)}.`;
  return `The pattern "${name}" (${JSON.stringify(quoted)}) fits: ${livedOf(live)}${stated}`;
}

function livedOf({ n, wins, rate, low, high }: LiveRate): string {
  if (rate === null) return 'nothing that it names has settled yet.';
  if (n < RATE_LEAST) return `of ${n} settled cases ${wins} won, too few for a rate.`;
  return `of ${n} settled cases ${wins} won (${percent(rate)}, 95 % interval ${percent(low!)} to ${percent(high!)}).`;
}
