import type { Decision, InstrumentRef, Interval, Origin, Outcome, Source } from '../../../../shared/domain/index.ts';
import type { BrainnetError } from '../../../../shared/errors.ts';
import { tradedUntil } from '../../market/index.ts';
import { canonicalJson, type Database, diskError, type HeldTrip, preparedOnce, thinned } from '../../platform/index.ts';
import type { Payoff } from '../edge.ts';
import { leanOf } from '../lean.ts';
import type { ScoredRecord } from '../scorecard/scorecard.ts';
import { type OutcomeRow, recordOf } from './outcome-row.ts';
import { tripBegins } from './returns.ts';
import type { Settleable } from './settle.ts';
import { settleables } from './settleable.ts';

/** Which outcomes are meant; what is left out does not narrow. `origin` is never left out by accident: 'both' says so. Late ones are among the live. */
export interface OutcomeFilter {
  origin: Origin | 'both';
  replayId?: string | undefined;
  symbol?: string | undefined;
  source?: Source | undefined;
  interval?: Interval | undefined;
  horizonBars?: number | undefined;
  costFraction?: number | undefined;
  judge?: Decision['judge'] | undefined;
  /** SHA-256 of the network's weights: C and the lean come from its reading, so figures of two are not mixed. */
  model?: string | undefined;
  /** SHA-256 of the fine-tuned head that read the regime, '' = the shipped one; as `model`. */
  regimeHead?: string | undefined;
}

export type PendingFilter = Pick<OutcomeFilter, 'origin' | 'replayId' | 'symbol' | 'source' | 'interval'>;

export interface OutcomeStore {
  /** Keeps an outcome; one that is there already stays as it is. False = it was there. @throws DISK_FULL, FILE_UNWRITABLE */
  add(outcome: Outcome, decision: Decision): boolean;
  get(decisionId: string): Outcome | null;
  /** Instruments of these sources (left out: of any) with decisions that have no outcome. */
  pendingInstruments(filter: PendingFilter, sources?: readonly Source[]): Required<InstrumentRef>[];
  /** Decisions without an outcome, those of one instrument beside each other; of one that cannot be read `onDamaged` is told, and it stays open. */
  pending(filter: PendingFilter, onDamaged?: (error: BrainnetError) => void): Settleable[];
  /** How many have no outcome that is known by `asOf` (UTC ms), of those that were decided by then; null = now. */
  countPending(filter: PendingFilter & Pick<OutcomeFilter, 'horizonBars' | 'judge'>, asOf: number | null): number;
  records(filter: OutcomeFilter): ScoredRecord[];
  /** Positions that each judge proposed on the same setups and how many won, of decisions of both judges settled by `asOf` (UTC ms); overlapping ones once. */
  opinionRecords(asOf: number): Record<'numeric' | 'language', { n: number; hits: number }>;
  /** Mean gross win and loss of positions taken and settled by `asOf` (UTC ms); in-sample and late ones are left out, and what overlaps counts once. */
  payoff(filter: OutcomeFilter, asOf: number): Payoff;
}

/** The outcomes of an open journal.db. */
export function createOutcomeStore(database: Database): OutcomeStore {
  const one = database.prepare('SELECT body FROM outcomes WHERE decision_id = ?').pluck();
  const prepared = preparedOnce(database);
  return {
    add(outcome, decision) {
      try {
        return insertOutcome(prepared, outcome, decision);
      } catch (error) {
        throw diskError(error, `the outcome of ${decision.symbol}`);
      }
    },
    get(decisionId) {
      const body = one.get(decisionId) as string | undefined;
      return body === undefined ? null : JSON.parse(body);
    },
    pendingInstruments: (filter, sources) => pendingInstruments(prepared, filter, sources),
    pending: (filter, onDamaged) => pendingDecisions(prepared, filter, onDamaged),
    countPending: (filter, asOf) => countPending(database, filter, asOf),
    records(filter) {
      const { where, values } = conditionsOf(filter);
      return (database.prepare(`SELECT * FROM outcomes ${where}`).all(...values) as OutcomeRow[]).map(recordOf);
    },
    opinionRecords: (asOf) => ({
      numeric: opinionRecord(database, 'numeric', asOf),
      language: opinionRecord(database, 'language', asOf),
    }),
    payoff: (filter, asOf) => payoffOf(prepared, filter, asOf),
  };
}

function insertOutcome(prepared: Prepared, outcome: Outcome, decision: Decision): boolean {
  const { side, rule } = leanOf({ ...decision, trendScore: decision.features.trend_score });
  const p = decision.pCorrect.state === 'calibrated' ? decision.pCorrect : null;
  const late = isLate(prepared, outcome, decision);
  const row: OutcomeRow & { body: string } = {
    decision_id: outcome.decisionId,
    origin: decision.origin ?? 'live',
    replay_id: decision.replayId ?? null,
    symbol: decision.symbol,
    source: decision.source,
    interval: decision.interval,
    horizon: decision.horizonBars,
    cost: decision.costFraction,
    judge: decision.judge,
    as_of: Date.parse(decision.asOf),
    known_at: Date.parse(outcome.knownAt),
    entry: Date.parse(outcome.entryTime),
    exit: Date.parse(outcome.exitTime),
    begins: tripBegins(outcome, decision),
    action: decision.action,
    regime: decision.regime,
    model: decision.provenance.modelHashes.convnext ?? '',
    regime_head: decision.provenance.modelHashes.regimeHead ?? '',
    ...{ side, rule },
    confidence: decision.confidence.value,
    p: p?.value ?? null,
    base: p?.baseRate ?? null,
    long_result: outcome.long.result,
    short_result: outcome.short.result,
    long_return: outcome.long.grossReturn,
    in_sample: decision.sampleStatus === 'training' ? 1 : 0,
    tuning: decision.sampleStatus === 'tuning' ? 1 : 0,
    late: late ? 1 : 0,
    ...languageColumns(decision),
    body: canonicalJson(late ? { ...outcome, late } : outcome),
  };
  const names = Object.keys(row);
  const sql = `INSERT OR IGNORE INTO outcomes (${names.join(', ')}) VALUES (${names.map((name) => `@${name}`).join(', ')})`;
  return prepared(sql).run(row).changes > 0;
}

/** A live decision that was stored when the session of its entry bar had closed, or when bars of this machine showed that it was too late. */
function isLate(prepared: Prepared, { entryTime }: Outcome, decision: Decision): boolean {
  if (decision.origin === 'replay') return false;
  if (Date.parse(decision.createdAt) >= tradedUntil(Date.parse(entryTime), decision)) return true;
  return prepared('SELECT set_back FROM decisions WHERE id = ?').pluck().get(decision.id) === 1;
}

function languageColumns({ judge, opinions, language, provenance }: Decision) {
  if (judge !== 'llm' || !opinions) return { said: null, llm_name: null, llm_hash: null, prompts: null };
  const { modelHashes, promptHashes } = provenance;
  return {
    said: opinions.language.action,
    llm_name: language?.model ?? '',
    llm_hash: modelHashes.llm ?? null,
    prompts: canonicalJson(promptHashes),
  };
}

type Prepared = ReturnType<typeof preparedOnce>;

const WAITING = 'decisions d LEFT JOIN outcomes o ON o.decision_id = d.id';

function pendingWhere(filter: OutcomeFilter, open = 'o.decision_id IS NULL'): { where: string; values: unknown[] } {
  const { where, values } = conditionsOf(filter, 'd.');
  return { where: `${where} ${where ? 'AND' : 'WHERE'} ${open}`, values };
}

/** Reads indexes alone: a body costs more than all that finds it. */
const OPEN_ROWS = `d.rowid IN (SELECT e.rowid FROM decisions e
  WHERE NOT EXISTS (SELECT 1 FROM outcomes o WHERE o.decision_id = e.id))`;

function pendingInstruments(
  prepared: Prepared,
  filter: PendingFilter,
  sources?: readonly Source[],
): Required<InstrumentRef>[] {
  const open = filter.symbol === undefined ? OPEN_ROWS : 'o.decision_id IS NULL';
  const from = filter.symbol === undefined ? 'decisions d' : WAITING;
  const named = sources ? ` AND d.source IN (${sources.map(() => '?').join(', ')})` : '';
  const { where, values } = pendingWhere(filter, `${open}${named}`);
  return prepared(
    `SELECT DISTINCT d.source, d.symbol, d.interval FROM ${from} ${where} ORDER BY d.source, d.symbol, d.interval`,
  ).all(...values, ...(sources ?? [])) as Required<InstrumentRef>[];
}

function countPending(
  database: Database,
  { horizonBars, ...filter }: PendingFilter & Pick<OutcomeFilter, 'horizonBars' | 'judge'>,
  asOf: number | null,
): number {
  const open: string[] = [asOf === null ? 'o.decision_id IS NULL' : '(o.decision_id IS NULL OR o.known_at > ?)'];
  const more: unknown[] = asOf === null ? [] : [asOf, asOf];
  if (asOf !== null) open.push('d.known_at <= ?');
  if (horizonBars !== undefined) {
    open.push("json_extract(d.summary, '$.horizonBars') = ?");
    more.push(horizonBars);
  }
  const { where, values } = pendingWhere(filter, open.join(' AND '));
  const sql = `SELECT count(*) FROM ${WAITING} ${where}`;
  return database
    .prepare(sql)
    .pluck()
    .get(...values, ...more) as number;
}

function pendingDecisions(
  prepared: Prepared,
  filter: PendingFilter,
  onDamaged: ((error: BrainnetError) => void) | undefined,
): Settleable[] {
  const { where, values } = pendingWhere(filter);
  const rows = prepared(
    `SELECT d.id, d.body FROM ${WAITING} ${where} ORDER BY d.source, d.symbol, d.interval, d.known_at`,
  ).all(...values) as { id: string; body: string }[];
  return settleables(rows, onDamaged);
}

const TRIP = 'o.symbol, coalesce(o.begins, o.as_of) AS begins, o.known_at AS knownAt';
/** The earliest known first, as `thinned` wants them. */
const BY_TIME = "ORDER BY o.known_at, o.as_of, o.source || ' ' || o.symbol, o.decision_id";

function opinionRecord(database: Database, judge: 'numeric' | 'language', asOf: number): { n: number; hits: number } {
  const action = `CASE WHEN json_valid(d.body) THEN json_extract(d.body, '$.opinions.${judge}.action') END`;
  const rows = database
    .prepare(
      `SELECT ${TRIP}, CASE ${action} WHEN 'long' THEN o.long_result ELSE o.short_result END = 'win' AS hit
       FROM outcomes o JOIN decisions d ON d.id = o.decision_id
       WHERE o.judge = 'llm' AND o.origin = 'live' AND o.late = 0 AND o.in_sample = 0 AND o.known_at <= ? AND ${action} <> 'hold' ${BY_TIME}`,
    )
    .all(asOf) as (HeldTrip & { hit: 0 | 1 })[];
  const counted = thinned(rows);
  return { n: counted.length, hits: counted.filter(({ hit }) => hit === 1).length };
}

function payoffOf(prepared: Prepared, filter: OutcomeFilter, asOf: number): Payoff {
  const { where, values } = conditionsOf(filter, 'o.');
  const rows = prepared(
    `SELECT ${TRIP}, o.cost, CASE o.action WHEN 'long' THEN o.long_return ELSE -o.long_return END AS gross
       FROM outcomes o ${where} ${where ? 'AND' : 'WHERE'} o.late = 0 AND o.action <> 'hold' AND o.in_sample = 0 AND o.known_at <= ? ${BY_TIME}`,
  ).all(...values, asOf) as (HeldTrip & { cost: number; gross: number })[];
  const counted = thinned(rows);
  const wins = counted.filter(({ gross, cost }) => gross > cost);
  const losses = counted.filter(({ gross, cost }) => gross < -cost);
  return { n: counted.length, avgWin: meanSize(wins), avgLoss: meanSize(losses) };
}

/** 0 of none. */
const meanSize = (trips: readonly { gross: number }[]): number =>
  trips.reduce((sum, { gross }) => sum + Math.abs(gross), 0) / Math.max(1, trips.length);

function conditionsOf(filter: OutcomeFilter, table = ''): { where: string; values: unknown[] } {
  const parts: [string, unknown][] = [];
  if (filter.origin !== 'both') parts.push([`${table}origin = ?`, filter.origin]);
  if (filter.replayId !== undefined) parts.push([`${table}replay_id = ?`, filter.replayId]);
  if (filter.symbol !== undefined) parts.push([`${table}symbol = ?`, filter.symbol]);
  if (filter.source !== undefined) parts.push([`${table}source = ?`, filter.source]);
  if (filter.interval !== undefined) parts.push([`${table}interval = ?`, filter.interval]);
  if (filter.horizonBars !== undefined) parts.push([`${table}horizon = ?`, filter.horizonBars]);
  if (filter.judge !== undefined) parts.push([`${table}judge = ?`, filter.judge]);
  if (filter.model !== undefined) parts.push([`${table}model = ?`, filter.model]);
  if (filter.regimeHead !== undefined) parts.push([`${table}regime_head = ?`, filter.regimeHead]);
  if (filter.costFraction !== undefined) parts.push([`${table}cost = ?`, filter.costFraction]);
  const where = parts.length > 0 ? `WHERE ${parts.map(([sql]) => sql).join(' AND ')}` : '';
  return { where, values: parts.map(([, value]) => value) };
}
