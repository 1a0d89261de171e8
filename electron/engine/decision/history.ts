import type {
  Action,
  AsOf,
  Decision,
  DecisionSort,
  DecisionSummary,
  Interval,
  Origin,
  Source,
} from '../../../shared/domain/index.ts';
import type { Database } from '../platform/index.ts';
import { instantOf } from './instant.ts';
import { SUMMARY_COLUMNS } from './schema.ts';
import { storedLine } from './stored.ts';

export interface JournalQuery {
  /** Default live: replayed decisions are shown only where they are asked for. */
  origin?: Origin | 'both' | undefined;
  replayId?: string | undefined;
  symbol?: string | undefined;
  source?: Source | undefined;
  interval?: Interval | undefined;
  action?: Action | undefined;
  judge?: Decision['judge'] | undefined;
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
  /** Lines of the page that cannot be read and are left out; absent = none. */
  damaged?: number;
}

/** What is sorted by, in SQL. The plus keeps to the index, which is read whole for the counts anyway, where a walk by rowid would read every body. */
const SORTED_BY: Record<Exclude<DecisionSort, 'outcome'>, string> = { ...SUMMARY_COLUMNS, createdAt: '+rowid' };

/** Gross return of the position taken; null of a hold, and where the outcome was not known by then. */
const RETURN = `(SELECT CASE decisions.action WHEN 'long' THEN o.long_return WHEN 'short' THEN -o.long_return END
  FROM outcomes o WHERE o.decision_id = decisions.id AND o.known_at <= ?)`;

/** A page of the journal, sorted over everything that passes the filter; only the lines of the page are read from the table. */
export function listPage(database: Database, query: JournalQuery): JournalPage {
  const { where, values } = conditions(query);
  const { limit, offset } = query;
  const counts = database
    .prepare(`SELECT count(*) AS total, coalesce(sum(action = 'hold'), 0) AS holds FROM decisions ${where}`)
    .get(...values) as { total: number; holds: number };
  const { order, asked } = orderOf(query);
  const rows = database
    .prepare(`SELECT rowid FROM decisions ${where} ORDER BY ${order} LIMIT ? OFFSET ?`)
    .pluck()
    .all(...values, ...asked, limit, offset) as number[];
  const line = database.prepare('SELECT summary FROM decisions WHERE rowid = ?').pluck();
  const decisions = rows.flatMap((row) => storedLine(line.get(row) as string) ?? []);
  const damaged = rows.length - decisions.length;
  return { ...counts, decisions, ...(damaged > 0 && { damaged }) };
}

/** Where the outcome orders, what has none stands last, whichever the direction. */
function orderOf({ sort = 'createdAt', descending = true, asOf }: JournalQuery): { order: string; asked: number[] } {
  const direction = descending ? 'DESC' : 'ASC';
  if (sort !== 'outcome') return { order: `${SORTED_BY[sort]} ${direction}, +rowid DESC`, asked: [] };
  const known = asOf === undefined ? Number.MAX_SAFE_INTEGER : instantOf(asOf);
  return { order: `${RETURN} ${direction} NULLS LAST, +rowid DESC`, asked: [known] };
}

function conditions(query: JournalQuery): { where: string; values: unknown[] } {
  const { origin = 'live', replayId } = query;
  const found: [string, unknown][] = [];
  if (origin !== 'both') found.push(['origin = ?', origin]);
  if (replayId) found.push(['replay_id = ?', replayId]);
  for (const name of ['symbol', 'source', 'interval', 'action', 'judge'] as const)
    if (query[name]) found.push([`${name} = ?`, query[name]]);
  if (query.asOf) found.push(knownBy(query.asOf));
  const where = found.length ? `WHERE ${found.map(([sql]) => sql).join(' AND ')}` : '';
  return { where, values: found.map(([, value]) => value) };
}

/** The condition, and its value, that a decision was known at a clock. */
export function knownBy(asOf: AsOf): [string, string | number] {
  return asOf.includes('T') ? ['known_at <= ?', Date.parse(asOf)] : ['known_date <= ?', asOf];
}
