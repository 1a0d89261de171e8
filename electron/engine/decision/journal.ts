import type { AsOf, Decision, DecisionSummary, Interval, Source } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { canonicalJson, type Database, dateIn, diskError } from '../platform/index.ts';
import { type JournalPage, type JournalQuery, knownBy, listPage } from './history.ts';
import { storedDecision, storedLine } from './stored.ts';

export interface LatestOf {
  symbol: string;
  source: Source;
  interval: Interval;
}

export interface JournalReader {
  list(query: JournalQuery): JournalPage;
  /** @throws UNKNOWN_DECISION, DECISION_DAMAGED */
  get(id: string): Decision;
  count(): number;
  /** Of the decisions known at the clock the one with the latest as-of, of equals the one stored last; null where there is none. */
  latest(of: LatestOf, clock: AsOf | undefined): DecisionSummary | null;
  /** What one run decided, in the order it was stored. */
  ofRun(runId: string): DecisionSummary[];
}

export interface Journal extends JournalReader {
  /** Returns once the decision is on disk. @throws DISK_FULL, FILE_UNWRITABLE */
  add(decision: Decision): void;
}

/**
 * The decisions of an open journal.db, to add to and to read.
 * @param newestHeld exchange date of the newest bar that this machine holds of a symbol, whatever its clock says; null = none
 */
export function createJournal(database: Database, newestHeld: NewestHeld = () => null): Journal {
  const insert = database.prepare(
    `INSERT INTO decisions (id, run_id, symbol, source, interval, action, known_at, known_date, content_hash, origin, replay_id,
       judge, set_back, summary, body)
     VALUES (@id, @runId, @symbol, @source, @interval, @action, @knownAtMs, @knownDate, @contentHash, @origin, @replayId,
       @judge, @setBack, @summary, @body)`,
  );
  const isBehind = behindBars(database, newestHeld);
  return {
    ...readJournal(database),
    add(decision) {
      const columns = {
        knownAtMs: Date.parse(decision.knownAt),
        knownDate: knownDate(decision),
        setBack: isBehind(decision) ? 1 : 0,
        summary: canonicalJson(summarize(decision)),
      };
      const {
        id,
        runId,
        symbol,
        source,
        interval,
        action,
        contentHash,
        judge,
        origin = 'live',
        replayId = null,
      } = decision;
      const body = canonicalJson(decision);
      try {
        insert.run({
          id,
          runId,
          symbol,
          source,
          interval,
          action,
          contentHash,
          judge,
          origin,
          replayId,
          body,
          ...columns,
        });
      } catch (error) {
        throw diskError(error, `the decision on ${symbol}`);
      }
    },
  };
}

export type NewestHeld = (symbol: string) => string | null;

/** A bar ends at most this long after the clock has read it, ms: processes and machines differ a little. */
const TOLERANCE_MS = 600_000;

/**
 * Whether bars show that a decision was stored too late: its symbol's go on after the one decided on, or a bar decided on, of its symbol or of
 * a source that has no bar before it is traded, ends after the clock that stored it, which had been set back then. Times that a clock once
 * ahead has written show nothing, nor do another symbol's bars of a file: it may hold any date, which such a clock does not contradict.
 */
function behindBars(database: Database, newestHeld: NewestHeld): (decision: Decision) => boolean {
  const ofSymbol = database
    .prepare("SELECT max(known_at) FROM decisions WHERE origin IN ('live', 'replay') AND symbol = ?")
    .pluck();
  const traded = database.prepare("SELECT max(known_at) FROM decisions WHERE source <> 'csv'").pluck();
  let newest: number | null = null;
  return ({ symbol, source, origin, createdAt, ...decision }) => {
    newest ??= (traded.get() as number | null) ?? -Infinity;
    const before = newest;
    if (source !== 'csv') newest = Math.max(newest, Date.parse(decision.knownAt));
    if (origin === 'replay') return false;
    const decidedOn = Math.max(before, (ofSymbol.get(symbol) as number | null) ?? -Infinity);
    if (Date.parse(createdAt) < decidedOn - TOLERANCE_MS) return true;
    return (newestHeld(symbol) ?? '') > knownDate(decision);
  };
}

/** Reading needs no lock and works beside a running engine. */
export function readJournal(database: Database): JournalReader {
  const one = database.prepare('SELECT body FROM decisions WHERE id = ?').pluck();
  const all = database.prepare("SELECT count(*) FROM decisions WHERE origin = 'live'").pluck();
  const byRun = database.prepare('SELECT summary FROM decisions WHERE run_id = ? ORDER BY rowid').pluck();
  return {
    list: (query) => listPage(database, query),
    get(id) {
      const body = one.get(id) as string | undefined;
      if (body === undefined) throw new BrainnetError('UNKNOWN_DECISION', { id });
      return storedDecision(id, body);
    },
    count: () => all.get() as number,
    latest: (of, clock) => latestOf(database, of, clock),
    ofRun: (runId) => (byRun.all(runId) as string[]).flatMap((summary) => storedLine(summary) ?? []),
  };
}

function latestOf(database: Database, of: LatestOf, clock: AsOf | undefined): DecisionSummary | null {
  const [condition, value] = clock === undefined ? ['?', 1] : knownBy(clock);
  const newest = database
    .prepare(
      `SELECT summary FROM decisions WHERE origin = 'live' AND symbol = ? AND source = ? AND interval = ? AND ${condition}
       ORDER BY known_at DESC, rowid DESC LIMIT 1 OFFSET ?`,
    )
    .pluck();
  for (let offset = 0; ; offset++) {
    const summary = newest.get(of.symbol, of.source, of.interval, value, offset) as string | undefined;
    const line = summary === undefined ? null : storedLine(summary);
    if (line || summary === undefined) return line;
  }
}

/** The exchange day at whose end the decision was known: a daily bar ends with its day, a weekly one with its week. */
function knownDate({ knownAt, timezone }: Pick<Decision, 'knownAt' | 'timezone'>): string {
  return dateIn(Date.parse(knownAt) - 1, timezone);
}

/** The line of the history that stands for a decision. */
export function summarize(decision: Decision): DecisionSummary {
  const { id, runId, createdAt, symbol, source, interval, asOf, lastBarDate, lastClose, currency } = decision;
  const { horizonBars, action, regime, sampleStatus, threshold, holdReasons, scores } = decision;
  return {
    ...{ id, runId, createdAt, symbol, source, interval, asOf, lastBarDate, lastClose, currency },
    ...{ horizonBars, action, regime, sampleStatus, threshold, holdReasons, scores },
    confidence: decision.confidence.value,
    pCorrect: decision.pCorrect.state === 'calibrated' ? decision.pCorrect.value : null,
    ...(decision.origin === 'replay' && { origin: decision.origin }),
    ...(decision.judge === 'llm' && { judge: decision.judge }),
  };
}
