import type {
  Action,
  AsOf,
  DecisionSort,
  DecisionSummary,
  Interval,
  Origin,
  Source,
} from '../../../shared/domain/index.ts';
import type { Database } from '../platform/index.ts';
import { SUMMARY_COLUMNS } from './schema.ts';

export interface JournalQuery {
  /** Default live: replayed decisions are shown only where they are asked for. */
  origin?: Origin | 'both' | undefined;
  replayId?: string | undefined;
  symbol?: string | undefined;
  source?: Source | undefined;
  interval?: Interval | undefined;
  action?: Action | undefined;
  /** Only decisions known by then: an exchange date, or an instant with its time. */
  asOf?: AsOf | undefined;
  /** Default createdAt; equals stand newest first, whichever the direction. */
  sort?: DecisionSort | undefined;
  /** Default true. */
  descending?: boolean | undefined;
  limit: number;
  offset: number;
}

export interface JournalPage {
  /** Of everything that passes the filter: how many there are, and how many of them hold. */
  total: number;
  holds: number;
  decisions: DecisionSummary[];
}

/** What is sorted by, in SQL. The plus keeps to the index, which is read whole for the counts anyway, where a walk by rowid would read every body. */
const SORTED_BY: Record<DecisionSort, string> = { ...SUMMARY_COLUMNS, createdAt: '+rowid' };

/** A page of the journal, sorted over everything that passes the filter; only the lines of the page are read from the table. */
export function listPage(database: Database, query: JournalQuery): JournalPage {
  const { where, values } = conditions(query);
  const { sort = 'createdAt', descending = true, limit, offset } = query;
  const counts = database
    .prepare(`SELECT count(*) AS total, coalesce(sum(action = 'hold'), 0) AS holds FROM decisions ${where}`)
    .get(...values) as { total: number; holds: number };
  const order = `${SORTED_BY[sort]} ${descending ? 'DESC' : 'ASC'}, +rowid DESC`;
  const rows = database
    .prepare(`SELECT rowid FROM decisions ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .pluck()
    .all(...values, limit, offset) as number[];
  const line = database.prepare('SELECT summary FROM decisions WHERE rowid = ?').pluck();
  return { ...counts, decisions: rows.map((row) => JSON.parse(line.get(row) as string)) };
}

function conditions(query: JournalQuery): { where: string; values: unknown[] } {
  const { origin = 'live', replayId } = query;
  const found: [string, unknown][] = [];
  if (origin !== 'both') found.push(['origin = ?', origin]);
  if (replayId) found.push(['replay_id = ?', replayId]);
  for (const name of ['symbol', 'source', 'interval', 'action'] as const)
    if (query[name]) found.push([`${name} = ?`, query[name]]);
  if (query.asOf) found.push(knownBy(query.asOf));
  const where = found.length ? `WHERE ${found.map(([sql]) => sql).join(' AND ')}` : '';
  return { where, values: found.map(([, value]) => value) };
}

/** The condition, and its value, that a decision was known at a clock. */
export function knownBy(asOf: AsOf): [string, string | number] {
  return asOf.includes('T') ? ['known_at <= ?', Date.parse(asOf)] : ['known_date <= ?', asOf];
}
