import type { StrategyStat } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import { standing } from '../records/filter.ts';
import { type RecordRow, recordOf } from '../records/record-row.ts';
import { liveRate } from './live-rate.ts';
import { tradesOf } from './trades.ts';

/** Every strategy that a trade or a note names, by name, with what was known by then. @param asOf UTC ms */
export function strategyPerformance(database: Database, asOf: number): StrategyStat[] {
  const notes = notesOf(database, asOf);
  const trades = Map.groupBy(tradesOf(database, asOf, 'strategy'), ({ named }) => named);
  const names = [...new Set([...trades.keys(), ...notes.keys()])].sort();
  return names.map((key) => {
    const made = trades.get(key) ?? [];
    const note = notes.get(key);
    return {
      name: note?.title ?? made.at(-1)!.name,
      trades: liveRate(made.filter(({ pnl }) => pnl > 0).length, made.length),
      pnl: made.reduce((sum, { pnl }) => sum + pnl, 0),
      note: note?.text ?? null,
      data: note?.data ?? null,
    };
  });
}

/** The newest memory of each strategy by its name in lower case. */
function notesOf(database: Database, asOf: number) {
  const stood = standing(asOf);
  const sql = `SELECT * FROM memories WHERE kind = 'strategy' AND origin = 'live' AND title <> '' AND ${stood.sql} ORDER BY known_at, row`;
  const rows = database.prepare(sql).all(...stood.values) as RecordRow[];
  return new Map(rows.map((row) => [row.title.toLowerCase(), recordOf(row)]));
}
