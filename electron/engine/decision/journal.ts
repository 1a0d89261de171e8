import type { Action, AsOf, Decision, DecisionSummary, Interval, Source } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { canonicalJson, type Database, diskError } from '../platform/index.ts';

export interface JournalQuery {
  symbol?: string | undefined;
  source?: Source | undefined;
  action?: Action | undefined;
  /** Only decisions known by then: an exchange date, or an instant with its time. */
  asOf?: AsOf | undefined;
  limit: number;
  offset: number;
}

export interface JournalPage {
  total: number;
  holds: number;
  decisions: DecisionSummary[];
}

export interface JournalReader {
  list(query: JournalQuery): JournalPage;
  /** @throws UNKNOWN_DECISION */
  get(id: string): Decision;
  count(): number;
  /** The decision with the latest as-of up to `knownBy` (UTC ms), of equals the one stored last; null where there is none. */
  latest(symbol: string, source: Source, interval: Interval, knownBy: number): DecisionSummary | null;
  /** What one run decided, in the order it was stored. */
  ofRun(runId: string): DecisionSummary[];
}

export interface Journal extends JournalReader {
  /** Returns once the decision is on disk. @throws DISK_FULL, FILE_UNWRITABLE */
  add(decision: Decision): void;
}

/** The decisions of an open journal.db, to add to and to read. */
export function createJournal(database: Database): Journal {
  const insert = database.prepare(
    `INSERT INTO decisions (id, run_id, symbol, source, interval, action, known_at, known_date, content_hash, summary, body)
     VALUES (@id, @runId, @symbol, @source, @interval, @action, @knownAtMs, @knownDate, @contentHash, @summary, @body)`,
  );
  return {
    ...readJournal(database),
    add(decision) {
      const columns = {
        knownAtMs: Date.parse(decision.knownAt),
        knownDate: knownDate(decision),
        summary: canonicalJson(summarize(decision)),
      };
      const { id, runId, symbol, source, interval, action, contentHash } = decision;
      const body = canonicalJson(decision);
      try {
        insert.run({ id, runId, symbol, source, interval, action, contentHash, body, ...columns });
      } catch (error) {
        throw diskError(error, `the decision on ${symbol}`);
      }
    },
  };
}

/** Reading needs no lock and works beside a running engine. */
export function readJournal(database: Database): JournalReader {
  const one = database.prepare('SELECT body FROM decisions WHERE id = ?').pluck();
  const all = database.prepare('SELECT count(*) FROM decisions').pluck();
  const newest = database
    .prepare(
      `SELECT summary FROM decisions WHERE symbol = ? AND source = ? AND interval = ? AND known_at <= ?
       ORDER BY known_at DESC, rowid DESC LIMIT 1`,
    )
    .pluck();
  const byRun = database.prepare('SELECT summary FROM decisions WHERE run_id = ? ORDER BY rowid').pluck();
  return {
    list: (query) => listPage(database, query),
    get(id) {
      const body = one.get(id) as string | undefined;
      if (body === undefined) throw new BrainnetError('UNKNOWN_DECISION', { id });
      return JSON.parse(body);
    },
    count: () => all.get() as number,
    latest(symbol, source, interval, knownBy) {
      const summary = newest.get(symbol, source, interval, knownBy) as string | undefined;
      return summary === undefined ? null : JSON.parse(summary);
    },
    ofRun: (runId) => (byRun.all(runId) as string[]).map((summary) => JSON.parse(summary)),
  };
}

function listPage(database: Database, query: JournalQuery): JournalPage {
  const conditions: [string, unknown][] = [];
  if (query.symbol) conditions.push(['symbol = ?', query.symbol]);
  if (query.source) conditions.push(['source = ?', query.source]);
  if (query.action) conditions.push(['action = ?', query.action]);
  if (query.asOf)
    conditions.push(
      query.asOf.includes('T') ? ['known_at <= ?', Date.parse(query.asOf)] : ['known_date <= ?', query.asOf],
    );
  const where = conditions.length ? `WHERE ${conditions.map(([sql]) => sql).join(' AND ')}` : '';
  const values = conditions.map(([, value]) => value);
  const counts = database
    .prepare(`SELECT count(*) AS total, coalesce(sum(action = 'hold'), 0) AS holds FROM decisions ${where}`)
    .get(...values) as { total: number; holds: number };
  const rows = database
    .prepare(`SELECT summary FROM decisions ${where} ORDER BY rowid DESC LIMIT ? OFFSET ?`)
    .pluck()
    .all(...values, query.limit, query.offset) as string[];
  return { ...counts, decisions: rows.map((row) => JSON.parse(row)) };
}

/** The exchange day at whose end the decision was known: a daily bar ends with its day, a weekly one with its week. */
function knownDate({ knownAt, timezone }: Decision): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: timezone }).format(Date.parse(knownAt) - 1);
}

/** The line of the history that stands for a decision. */
export function summarize(decision: Decision): DecisionSummary {
  const { id, runId, createdAt, symbol, source, interval, asOf, lastBarDate, lastClose, currency } = decision;
  const { horizonBars, action, regime, sampleStatus, threshold, holdReasons, scores } = decision;
  return {
    ...{ id, runId, createdAt, symbol, source, interval, asOf, lastBarDate, lastClose, currency },
    ...{ horizonBars, action, regime, sampleStatus, threshold, holdReasons, scores },
    confidence: decision.confidence.value,
  };
}
