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

/** The clock at which a decision was made: its bar's date, or the very moment for intervals below a day. */
export const clockOfDecision = (decision: Pick<DecisionSummary, 'interval' | 'asOf' | 'lastBarDate'>): Clock =>
  isIntraday(decision.interval) ? decision.asOf : decision.lastBarDate;

/** Whether a decision was known at the clock. */
export function knownBy(decision: Pick<DecisionSummary, 'interval' | 'asOf' | 'lastBarDate'>, clock: Clock): boolean {
  if (clock === 'latest') return true;
  return clock.length === 10 ? decision.lastBarDate <= clock : Date.parse(decision.asOf) <= Date.parse(clock);
}

const MINUTE = 60_000;
const INTRADAY_MS: Partial<Record<Interval, number>> = {
  '1m': MINUTE,
  '5m': 5 * MINUTE,
  '15m': 15 * MINUTE,
  '30m': 30 * MINUTE,
  '1h': 60 * MINUTE,
};

/** The clock one bar on: `times` are bar starts, UTC ms, ascending; null at either end. Below a day a bar counts once it has ended. */
export function stepClock(times: readonly number[], clock: Clock, step: 1 | -1, interval: Interval): Clock | null {
  const length = INTRADAY_MS[interval] ?? 0;
  const now = clock === 'latest' ? Number.POSITIVE_INFINITY : Date.parse(clock);
  const last = times.findLastIndex((time) => time + length <= now);
  const time = times[last + step];
  if (time === undefined) return null;
  const iso = new Date(time + length).toISOString();
  return length > 0 ? iso : iso.slice(0, 10);
}
