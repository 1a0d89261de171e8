import type { AsOf, DecisionSummary, Interval, Watchlist } from '../../shared/domain/index.ts';

/** The page's clock: an as-of, or `latest` for everything up to the last closed bar. */
export type Clock = AsOf | 'latest';

/** The clock as the engine takes it; `latest` is today, so that no default of the engine steps in. */
export const asOfOf = (clock: Clock, now = Date.now()): AsOf =>
  clock === 'latest' ? new Date(now).toISOString().slice(0, 10) : clock;

/** The clock's date. */
export const clockDate = (clock: Clock, now = Date.now()) => asOfOf(clock, now).slice(0, 10);

export const defaultClock = (list: Watchlist | undefined): Clock => list?.defaultAsOf ?? 'latest';

const DAY_OR_LONGER: readonly Interval[] = ['1d', '1wk', '1mo'];
export const isIntraday = (interval: Interval) => !DAY_OR_LONGER.includes(interval);

type Dated = Pick<DecisionSummary, 'interval' | 'asOf' | 'lastBarDate'>;

/** The clock at which a decision was made: its bar's date, or the end of its bar where that is not the end of a day's bar. */
export const clockOfDecision = (decision: Dated): Clock =>
  decision.interval === '1d' ? decision.lastBarDate : decision.asOf;

const DAY = 86_400_000;

/** The last date of a bar that starts on `date` (00:00 UTC, ms): a week has seven days, a month all of its own. */
function lastDateOf(date: number, interval: Interval): number {
  const start = new Date(date);
  if (interval === '1wk') return date + 6 * DAY;
  return interval === '1mo' ? Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 0) : date;
}

const isoDate = (time: number) => new Date(time).toISOString().slice(0, 10);

/** Whether a decision was known at the clock. */
export function knownBy(decision: Dated, clock: Clock): boolean {
  if (clock === 'latest') return true;
  if (clock.length > 10) return Date.parse(decision.asOf) <= Date.parse(clock);
  return isoDate(lastDateOf(Date.parse(decision.lastBarDate), decision.interval)) <= clock;
}

const MINUTE = 60_000;
const INTRADAY_MS: Partial<Record<Interval, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': 60 * MINUTE,
};

/** Length of a bar below a day, ms; null for a day and longer. */
export const intradayMs = (interval: Interval): number | null => INTRADAY_MS[interval] ?? null;

/** The clock one bar on: `times` are bar starts, UTC ms, ascending; null at either end. A bar counts once it has ended. */
export function stepClock(times: readonly number[], clock: Clock, step: 1 | -1, interval: Interval): Clock | null {
  const length = intradayMs(interval);
  const counts = (time: number) => (length === null ? lastDateOf(time, interval) : time + length);
  const now = clock === 'latest' ? Number.POSITIVE_INFINITY : Date.parse(clock);
  const last = times.findLastIndex((time) => counts(time) <= now);
  const time = times[last + step];
  if (time === undefined) return null;
  return length === null ? isoDate(counts(time)) : new Date(counts(time)).toISOString();
}
