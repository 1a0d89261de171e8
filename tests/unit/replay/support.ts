import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import type { Engine } from '../../../electron/engine/index.ts';
import type { ReplayRequest, ReplayState } from '../../../shared/domain/index.ts';
import { seeded } from '../../support/engine.ts';

const DAY = 86_400_000;

/** Working days from 2001-01-01 on. */
export function workingDays(count: number): string[] {
  const days: string[] = [];
  for (let ms = Date.UTC(2001, 0, 1); days.length < count; ms += DAY) {
    const weekday = new Date(ms).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.push(new Date(ms).toISOString().slice(0, 10));
  }
  return days;
}

/** A CSV of daily bars of which each opens where the one before closed. @param step logarithmic step of each bar */
export function barsCsv(count: number, step: (i: number) => number): string {
  let price = 100;
  const rows = workingDays(count).map((day, i) => {
    const open = price;
    price *= Math.exp(step(i));
    const [high, low] = [Math.max(open, price), Math.min(open, price)];
    return `${day},${open.toFixed(6)},${high.toFixed(6)},${low.toFixed(6)},${price.toFixed(6)},1000`;
  });
  return ['Date,Open,High,Low,Close,Volume', ...rows].join('\n');
}

/** A random walk whose volatility and drift change now and then, so that several regimes occur. */
export function randomWalkCsv(count: number, seed: number): string {
  const random = seeded(seed);
  let [drift, width] = [0, 0.01];
  return barsCsv(count, (i) => {
    if (i % 40 === 0) [drift, width] = [(random() - 0.5) * 0.02, 0.004 + random() * 0.03];
    return drift + (random() - 0.5) * width;
  });
}

export const importBars = (engine: Engine, symbol: string, content: string) =>
  engine.client.market.importBars({ symbol, interval: '1d', fileName: `${symbol}.csv`, content });

/** Follows a replay to its end. @param each is told of every state */
export async function replayToEnd(
  engine: Engine,
  request: ReplayRequest,
  each: (state: ReplayState) => void = () => {},
): Promise<ReplayState> {
  let last: ReplayState | undefined;
  for await (const state of await engine.client.replay.start(request)) {
    last = state;
    each(state);
  }
  return last!;
}

/** Everything a replay left in the journal of a data folder, without clock times, in an order of its own. */
export function replayRecords(dataDir: string): Record<string, unknown[]> {
  const database = new BetterSqlite3(path.join(dataDir, 'journal.db'), { readonly: true });
  const bodies = (sql: string) => (database.prepare(sql).pluck().all() as string[]).map((body) => JSON.parse(body));
  const without = (name: string) => (body: Record<string, unknown>) => ({ ...body, [name]: null });
  const setups = `SELECT decision_id, symbol, known_at, regime, side, resolved_at, long_won, short_won, long_return, hex(near) AS near
    FROM setups WHERE origin = 'replay' ORDER BY decision_id`;
  const records = {
    decisions: bodies("SELECT body FROM decisions WHERE origin = 'replay' ORDER BY id").map(without('createdAt')),
    outcomes: bodies("SELECT body FROM outcomes WHERE origin = 'replay' ORDER BY decision_id").map(
      without('settledAt'),
    ),
    calibrations: database.prepare('SELECT version, body FROM calibrations ORDER BY version').all(),
    setups: database.prepare(setups).all(),
  };
  database.close();
  return records;
}

/** Takes out of a journal everything that was known later than a moment (UTC ms); how many outcomes that were. */
export function forgetLater(folder: string, moment: number): number {
  const database = new BetterSqlite3(path.join(folder, 'journal.db'));
  const run = (sql: string) => database.prepare(sql).run({ moment }).changes;
  run('DELETE FROM setup_features WHERE id IN (SELECT id FROM setups WHERE known_at > @moment)');
  run('DELETE FROM setups WHERE known_at > @moment');
  run(
    `UPDATE setups SET resolved_at = NULL, long_won = NULL, short_won = NULL, long_return = NULL WHERE resolved_at > @moment`,
  );
  const outcomes = run('DELETE FROM outcomes WHERE known_at > @moment');
  run(`DELETE FROM memory_recalls WHERE decision_id IN (SELECT id FROM decisions WHERE known_at > @moment)
    OR memory_id IN (SELECT id FROM memories WHERE known_at > @moment)`);
  run('DELETE FROM memories WHERE known_at > @moment');
  run('UPDATE memories SET replaced_at = NULL WHERE replaced_at > @moment');
  run(`UPDATE memories SET replaced_at = (SELECT value ->> 0 FROM json_each(gaps) WHERE value ->> 0 <= @moment AND value ->> 1 > @moment)
    WHERE EXISTS (SELECT 1 FROM json_each(gaps) WHERE value ->> 0 <= @moment AND value ->> 1 > @moment)`);
  run(`UPDATE memories SET gaps = (SELECT json_group_array(json(value)) FROM json_each(gaps) WHERE value ->> 1 <= @moment)
    WHERE gaps IS NOT NULL`);
  run('DELETE FROM calibrations WHERE known_at > @moment');
  run('DELETE FROM decisions WHERE known_at > @moment');
  database.close();
  return outcomes;
}
