import type { WatchlistRow } from '../../../shared/contract/index.ts';
import type { DecisionSummary, Interval } from '../../../shared/domain/index.ts';
import type { ErrorData } from '../../../shared/errors.ts';
import { type Clock, knownBy } from '../../workspace/clock.ts';

type Keyed = Pick<DecisionSummary, 'symbol' | 'source'>;
export const rowKey = ({ source, symbol }: Keyed) => `${source}|${symbol}`;
const intervalKey = (keyed: Keyed, interval: Interval) => `${rowKey(keyed)}|${interval}`;

/** The newest decision of each symbol and interval among those that arrived, as far as it is known at the clock. */
export function newestArrived(arrived: readonly DecisionSummary[], clock: Clock): Map<string, DecisionSummary> {
  const newest = new Map<string, DecisionSummary>();
  for (const decision of arrived) {
    const key = intervalKey(decision, decision.interval);
    const before = newest.get(key);
    if (knownBy(decision, clock) && (!before || decision.asOf >= before.asOf)) newest.set(key, decision);
  }
  return newest;
}

/** The decision a row shows: the one that came with it, or a later one of its interval that arrived since. */
export function rowDecision(row: WatchlistRow, newest: ReadonlyMap<string, DecisionSummary>): DecisionSummary | null {
  const arrived = row.interval ? newest.get(intervalKey(row, row.interval)) : undefined;
  if (!arrived) return row.decision;
  return row.decision && row.decision.asOf > arrived.asOf ? row.decision : arrived;
}

/** The short of TOO_FEW_BARS for a row. */
export const noBars = ({ details }: Pick<ErrorData, 'details'>): string =>
  details.have === 0 ? 'No bars at this date' : 'Too few bars at this date';

/** Whether the rows' last bars are of several dates. */
export const endApart = (rows: readonly Pick<WatchlistRow, 'lastDate'>[]): boolean =>
  new Set(rows.flatMap(({ lastDate }) => lastDate ?? [])).size > 1;

/** A symbol for a file's name: `aapl daily (2).csv` gives AAPL. */
export function symbolOfFile(name: string): string {
  const stem = name.replace(/\.[^.]*$/, '');
  return (stem.match(/[A-Za-z0-9^][A-Za-z0-9^.\-=]{0,19}/)?.[0] ?? '').toUpperCase();
}

/** Symbols that stand in the list more than once. */
export function repeated(rows: readonly Keyed[]): Set<string> {
  const seen = new Set<string>();
  const twice = rows.filter(({ symbol }) => seen.size === seen.add(symbol).size);
  return new Set(twice.map(({ symbol }) => symbol));
}
