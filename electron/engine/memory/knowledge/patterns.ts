import { NewPattern, type PatternView, type Side } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Database } from '../../platform/index.ts';
import { standing } from '../records/filter.ts';
import { type RecordRow, recordOf } from '../records/record-row.ts';
import { problemOf, type RecordStore } from '../records/record-store.ts';
import { liveRate } from './live-rate.ts';
import { type Experience, settledSetups } from './settled-setups.ts';
import { tradesOf } from './trades.ts';

/** Keeps a pattern; of one name the newest known holds. @throws INVALID_INPUT, DISK_FULL, FILE_UNWRITABLE */
export function addPattern(store: Pick<RecordStore, 'add'>, given: NewPattern): string {
  const parsed = NewPattern.safeParse(given);
  if (!parsed.success) throw new BrainnetError('INVALID_INPUT', { problem: problemOf(parsed.error) });
  const { name, description, successRate = null, side = null, symbol, interval, regime } = parsed.data;
  const data = { statedRate: successRate, side };
  return store.add({ kind: 'pattern', title: name, text: description, symbol, interval, regime, data });
}

/** Every pattern known by then, each by name once, with how often it came true by then. @param asOf UTC ms */
export function patternsOf(database: Database, asOf: number, experience: Experience): PatternView[] {
  return newestOf(database, asOf).map((row) => viewOf(database, row, asOf, experience));
}

/** The newest record of each name, by name. */
export function newestOf(database: Database, asOf: number): RecordRow[] {
  const stood = standing(asOf);
  return database
    .prepare(
      `SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY lower(title) ORDER BY known_at DESC, row DESC) AS nth
       FROM memories WHERE kind = 'pattern' AND origin = 'live' AND ${stood.sql}) WHERE nth = 1 ORDER BY lower(title)`,
    )
    .all(...stood.values) as RecordRow[];
}

export function viewOf(database: Database, row: RecordRow, asOf: number, experience: Experience): PatternView {
  const { id, title, text, symbol, interval, regime, knownAt, data } = recordOf(row);
  const side = data.side === 'long' || data.side === 'short' ? data.side : null;
  const names = symbol !== null || interval !== null || regime !== null;
  const setups = names ? settledSetups(database, { asOf, experience, symbol, interval, regime }) : [];
  const won = setups.filter((setup) => wonBy(side ?? setup.side, setup)).length;
  const trades = tradesOf(database, asOf, 'pattern').filter(({ named }) => named === title.toLowerCase());
  const profits = trades.filter(({ pnl }) => pnl > 0).length;
  return {
    ...{ id, symbol, interval, regime, side, knownAt },
    name: title,
    description: text,
    statedRate: isShare(data.statedRate) ? data.statedRate : null,
    live: { ...liveRate(won + profits, setups.length + trades.length), setups: setups.length, trades: trades.length },
  };
}

/** An imported line may say anything. */
const isShare = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;

const wonBy = (side: Side, { longWon, shortWon }: { longWon: boolean; shortWon: boolean }) =>
  side === 'long' ? longWon : shortWon;
