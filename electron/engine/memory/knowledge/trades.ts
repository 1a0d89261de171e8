import { type NewMemory, TradeOutcome } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Clock, Database } from '../../platform/index.ts';
import { problemOf, type RecordStore } from '../records/record-store.ts';

/** Keeps a trade of the user as a memory that is never pruned; known from now on. @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
export function logTradeOutcome(store: Pick<RecordStore, 'add'>, clock: Clock, given: TradeOutcome): string {
  const parsed = TradeOutcome.safeParse(given);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const now = clock.now();
  const { symbol, side, entry, exit, pnl, note, interval, regime, decisionId, pattern, strategy } = parsed.data;
  const at = parsed.data.at === undefined ? now : Date.parse(parsed.data.at);
  if (at > now)
    throw new BrainnetError('INVALID_INPUT', { problem: 'at: a trade cannot have been closed in the future' });
  const title = `${side} ${symbol} from ${entry} to ${exit}, result ${pnl}`;
  const data: NewMemory['data'] = { side, entry, exit, pnl, at: new Date(at).toISOString() };
  if (pattern !== undefined) data.pattern = pattern;
  if (strategy !== undefined) data.strategy = strategy;
  const text = [`${title}.`, note].filter(Boolean).join(' ');
  return store.add({ kind: 'trade', title, text, symbol, interval, regime, decisionId, data });
}

/** Trades known by then that name a pattern or a strategy, in lower case. @param asOf UTC ms */
export function tradesOf(
  database: Database,
  asOf: number,
  naming: 'pattern' | 'strategy',
): { named: string; name: string; pnl: number }[] {
  const rows = database
    .prepare(
      `SELECT json_extract(data, '$.${naming}') AS name, json_extract(data, '$.pnl') AS pnl FROM memories
       WHERE kind = 'trade' AND origin = 'live' AND known_at <= ? AND name IS NOT NULL ORDER BY known_at, id`,
    )
    .all(asOf) as { name: unknown; pnl: unknown }[];
  return rows.flatMap(({ name, pnl }) =>
    typeof name === 'string' && typeof pnl === 'number' ? { named: name.toLowerCase(), name, pnl } : [],
  );
}
