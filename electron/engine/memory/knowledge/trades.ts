import {
  type AsOf,
  type MemoryRecord,
  type NewMemory,
  TradeOutcome,
  TradeView,
} from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Clock, Database } from '../../platform/index.ts';
import { standing } from '../records/filter.ts';
import { AMENDS } from '../records/last-word.ts';
import { type RecordRow, recordOf } from '../records/record-row.ts';
import { problemOf, type RecordStore } from '../records/record-store.ts';

/** Keeps a trade of the user as a memory that is never pruned; known from now on. @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
export function logTradeOutcome(store: Pick<RecordStore, 'add'>, clock: Clock, given: TradeOutcome): string {
  return store.add(memoryOf(given, clock.now()));
}

/** Puts another word on a trade in the place of the one before, from now on; its id. @throws UNKNOWN_MEMORY, INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
export function amendTradeOutcome(
  store: Pick<RecordStore, 'get' | 'replace'>,
  clock: Clock,
  id: string,
  given: TradeOutcome,
): string {
  const before = store.get(id);
  if (!before) throw new BrainnetError('UNKNOWN_MEMORY', { id });
  if (before.kind !== 'trade')
    throw new BrainnetError('INVALID_INPUT', { problem: `${id} is not a trade that stands` });
  const wasClosed = before.data.pnl !== undefined;
  const at = wasClosed === (given.pnl !== undefined) ? String(before.data.at) : undefined;
  const memory = memoryOf({ at, ...given }, clock.now());
  return store.replace(id, { ...memory, data: { ...memory.data, [AMENDS]: id } });
}

function memoryOf(given: TradeOutcome, now: number): NewMemory {
  const parsed = TradeOutcome.safeParse(given);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const { symbol, side, entry, exit, pnl, note, interval, regime, decisionId, pattern, strategy } = parsed.data;
  const at = parsed.data.at === undefined ? now : instantOf(parsed.data.at, now);
  if (at > now) throw new BrainnetError('INVALID_INPUT', { problem: 'at: a trade cannot lie in the future' });
  const title =
    pnl === undefined
      ? `${side} ${symbol} from ${entry}, still open`
      : `${side} ${symbol} from ${entry} to ${exit}, result ${pnl}`;
  const data: NewMemory['data'] = { side, entry, at: new Date(at).toISOString(), note };
  if (exit !== undefined && pnl !== undefined) Object.assign(data, { exit, pnl });
  if (pattern !== undefined) data.pattern = pattern;
  if (strategy !== undefined) data.strategy = strategy;
  const text = [`${title}.`, note].filter(Boolean).join(' ');
  return { kind: 'trade', title, text, symbol, interval, regime, decisionId, data };
}

const DAY = 86_400_000;

/** A bare date is the end of that day in UTC, today's is now. UTC ms. */
function instantOf(at: AsOf, now: number): number {
  const instant = Date.parse(at);
  return at.length > 10 || instant > now ? instant : Math.min(instant + DAY - 1, now);
}

/** Every trade that stood by then, the newest first; imported ones that are none are left out. @param asOf UTC ms */
export function tradeViews(database: Database, asOf: number): TradeView[] {
  const stood = standing(asOf);
  const sql = `SELECT * FROM memories WHERE kind = 'trade' AND origin = 'live' AND ${stood.sql}`;
  const views = (database.prepare(sql).all(...stood.values) as RecordRow[]).flatMap(
    (row) => viewOf(recordOf(row)) ?? [],
  );
  return views.sort((a, b) => Date.parse(b.at) - Date.parse(a.at) || (a.id < b.id ? -1 : 1));
}

function viewOf({ id, symbol, knownAt, data }: Pick<MemoryRecord, 'id' | 'symbol' | 'knownAt' | 'data'>) {
  const { exit = null, pnl = null } = data;
  const state = pnl === null ? 'pending' : 'closed';
  const view = TradeView.safeParse({ note: '', ...data, id, symbol, knownAt, state, exit, pnl });
  return view.success ? view.data : null;
}

/** Closed trades that stood by then and name a pattern or a strategy, in lower case. @param asOf UTC ms */
export function tradesOf(
  database: Database,
  asOf: number,
  naming: 'pattern' | 'strategy',
): { named: string; name: string; pnl: number }[] {
  const stood = standing(asOf);
  const rows = database
    .prepare(
      `SELECT json_extract(data, '$.${naming}') AS name, json_extract(data, '$.pnl') AS pnl FROM memories
       WHERE kind = 'trade' AND origin = 'live' AND ${stood.sql} AND name IS NOT NULL ORDER BY known_at, id`,
    )
    .all(...stood.values) as { name: unknown; pnl: unknown }[];
  return rows.flatMap(({ name, pnl }) =>
    typeof name === 'string' && typeof pnl === 'number' ? { named: name.toLowerCase(), name, pnl } : [],
  );
}
