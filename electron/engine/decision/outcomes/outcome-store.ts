import type { Decision, Interval, Origin, Outcome } from '../../../../shared/domain/index.ts';
import { canonicalJson, type Database, diskError } from '../../platform/index.ts';
import type { Payoff } from '../edge.ts';
import { leanOf } from '../lean.ts';
import type { ScoredRecord } from '../scorecard/index.ts';
import { type OutcomeRow, recordOf } from './outcome-row.ts';
import type { Settleable } from './settle.ts';

/** Which outcomes are meant; what is left out does not narrow. `origin` is never left out by accident: 'both' says so. */
export interface OutcomeFilter {
  origin: Origin | 'both';
  replayId?: string | undefined;
  symbol?: string | undefined;
  interval?: Interval | undefined;
  horizonBars?: number | undefined;
  costFraction?: number | undefined;
}

export interface OutcomeStore {
  /** Keeps an outcome; one that is there already stays as it is. False = it was there. @throws DISK_FULL, FILE_UNWRITABLE */
  add(outcome: Outcome, decision: Decision): boolean;
  get(decisionId: string): Outcome | null;
  /** Decisions without an outcome, those of one instrument beside each other. */
  pending(filter: Pick<OutcomeFilter, 'origin' | 'replayId' | 'symbol'>): Settleable[];
  countPending(filter: Pick<OutcomeFilter, 'origin' | 'replayId'>): number;
  records(filter: OutcomeFilter): ScoredRecord[];
  /** Mean gross win and loss of positions taken and settled by `asOf` (UTC ms), in-sample ones left out. */
  payoff(filter: OutcomeFilter, asOf: number): Payoff;
}

/** The outcomes of an open journal.db. */
export function createOutcomeStore(database: Database): OutcomeStore {
  const one = database.prepare('SELECT body FROM outcomes WHERE decision_id = ?').pluck();
  return {
    add(outcome, decision) {
      try {
        return insertOutcome(database, outcome, decision);
      } catch (error) {
        throw diskError(error, `the outcome of ${decision.symbol}`);
      }
    },
    get(decisionId) {
      const body = one.get(decisionId) as string | undefined;
      return body === undefined ? null : JSON.parse(body);
    },
    pending: (filter) => pendingDecisions(database, filter),
    countPending(filter) {
      const { where, values } = conditionsOf(filter, 'd.');
      const sql = `SELECT count(*) FROM decisions d LEFT JOIN outcomes o ON o.decision_id = d.id
        ${where} ${where ? 'AND' : 'WHERE'} o.decision_id IS NULL`;
      return database
        .prepare(sql)
        .pluck()
        .get(...values) as number;
    },
    records(filter) {
      const { where, values } = conditionsOf(filter);
      return (database.prepare(`SELECT * FROM outcomes ${where}`).all(...values) as OutcomeRow[]).map(recordOf);
    },
    payoff: (filter, asOf) => payoffOf(database, filter, asOf),
  };
}

function insertOutcome(database: Database, outcome: Outcome, decision: Decision): boolean {
  const { side, rule } = leanOf({ ...decision, trendScore: decision.features.trend_score });
  const p = decision.pCorrect.state === 'calibrated' ? decision.pCorrect : null;
  const row: OutcomeRow & { body: string } = {
    decision_id: outcome.decisionId,
    origin: decision.origin ?? 'live',
    replay_id: decision.replayId ?? null,
    symbol: decision.symbol,
    source: decision.source,
    interval: decision.interval,
    horizon: decision.horizonBars,
    cost: decision.costFraction,
    as_of: Date.parse(decision.asOf),
    known_at: Date.parse(outcome.knownAt),
    entry: Date.parse(outcome.entryTime),
    exit: Date.parse(outcome.exitTime),
    action: decision.action,
    regime: decision.regime,
    model: decision.provenance.modelHashes.convnext ?? '',
    ...{ side, rule },
    confidence: decision.confidence.value,
    p: p?.value ?? null,
    base: p?.baseRate ?? null,
    long_result: outcome.long.result,
    short_result: outcome.short.result,
    long_return: outcome.long.grossReturn,
    in_sample: decision.sampleStatus === 'training' ? 1 : 0,
    body: canonicalJson(outcome),
  };
  const names = Object.keys(row);
  const sql = `INSERT OR IGNORE INTO outcomes (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
  return database.prepare(sql).run(row).changes > 0;
}

function pendingDecisions(
  database: Database,
  filter: Pick<OutcomeFilter, 'origin' | 'replayId' | 'symbol'>,
): Settleable[] {
  const { where, values } = conditionsOf(filter, 'd.');
  const bodies = database
    .prepare(
      `SELECT d.body FROM decisions d LEFT JOIN outcomes o ON o.decision_id = d.id
       ${where} ${where ? 'AND' : 'WHERE'} o.decision_id IS NULL ORDER BY d.source, d.symbol, d.interval, d.known_at`,
    )
    .pluck()
    .all(...values) as string[];
  return bodies.map((body) => {
    const { id, symbol, source, interval, action, horizonBars, costFraction, window } = JSON.parse(body) as Decision;
    return { id, symbol, source, interval, action, horizonBars, costFraction, window: { end: window.end } };
  });
}

function payoffOf(database: Database, filter: OutcomeFilter, asOf: number): Payoff {
  const { where, values } = conditionsOf(filter);
  const signed = `CASE action WHEN 'long' THEN long_return ELSE -long_return END`;
  const row = database
    .prepare(
      `SELECT count(*) AS n, avg(CASE WHEN r > cost THEN r END) AS wins, avg(CASE WHEN r < -cost THEN -r END) AS losses
       FROM (SELECT cost, ${signed} AS r FROM outcomes ${where} ${where ? 'AND' : 'WHERE'}
       action <> 'hold' AND in_sample = 0 AND known_at <= ?)`,
    )
    .get(...values, asOf) as { n: number; wins: number | null; losses: number | null };
  return { n: row.n, avgWin: row.wins ?? 0, avgLoss: row.losses ?? 0 };
}

function conditionsOf(filter: OutcomeFilter, table = ''): { where: string; values: unknown[] } {
  const parts: [string, unknown][] = [];
  if (filter.origin !== 'both') parts.push([`${table}origin = ?`, filter.origin]);
  if (filter.replayId !== undefined) parts.push([`${table}replay_id = ?`, filter.replayId]);
  if (filter.symbol !== undefined) parts.push([`${table}symbol = ?`, filter.symbol]);
  if (filter.interval !== undefined) parts.push([`${table}interval = ?`, filter.interval]);
  if (filter.horizonBars !== undefined) parts.push([`${table}horizon = ?`, filter.horizonBars]);
  if (filter.costFraction !== undefined) parts.push([`${table}cost = ?`, filter.costFraction]);
  const where = parts.length > 0 ? `WHERE ${parts.map(([sql]) => sql).join(' AND ')}` : '';
  return { where, values: parts.map(([, value]) => value) };
}
