import type { InstrumentKind } from '../remote/types.ts';
import { DAY } from '../sessions.ts';
import { zoneOffset } from '../zones.ts';
import type { Chart } from './chart.ts';

const ROUND_THE_CLOCK: readonly InstrumentKind[] = ['crypto', 'fx', 'future'];

interface Period {
  start: number;
  end: number;
}

/**
 * A test of an intraday bar's start (UTC ms): does it lie in the regular session? The periods of its own day decide (half days), else the
 * hours of the current session on the exchange's clock. Markets that trade round the clock have no other hours.
 */
export function regularHours(meta: Chart['meta'], kind: InstrumentKind, timezone: string): (time: number) => boolean {
  const current = periodOf(meta.currentTradingPeriod.regular);
  if (ROUND_THE_CLOCK.includes(kind) || !current) return () => true;
  const clock = (instant: number) => (((instant + zoneOffset(instant, timezone)) % DAY) + DAY) % DAY;
  const dateOf = (instant: number) => Math.floor((instant + zoneOffset(instant, timezone)) / DAY);
  const opens = clock(current.start);
  const closes = clock(current.end);
  const days = Map.groupBy(tradingPeriods(meta), ({ start }) => dateOf(start));
  return (time) => {
    const own = days.get(dateOf(time));
    if (own) return own.some(({ start, end }) => time >= start && time < end);
    const at = clock(time);
    return opens < closes ? at >= opens && at < closes : at >= opens || at < closes;
  };
}

/** The library reads dates in one of the two forms only, so nothing is taken for granted here. */
function tradingPeriods({ tradingPeriods }: Chart['meta']): Period[] {
  const given: unknown = Array.isArray(tradingPeriods) ? tradingPeriods : tradingPeriods?.regular;
  const periods: unknown[] = Array.isArray(given) ? given.flat() : [];
  return periods.flatMap((period) => periodOf(period) ?? []);
}

function periodOf(given: unknown): Period | null {
  if (typeof given !== 'object' || given === null || !('start' in given) || !('end' in given)) return null;
  const period = { start: instantOf(given.start), end: instantOf(given.end) };
  return Math.abs(period.start) < 8e15 && period.start < period.end && period.end < 8e15 ? period : null;
}

function instantOf(value: unknown): number {
  if (value instanceof Date) return value.getTime();
  return typeof value === 'number' ? value * 1000 : Number.NaN;
}
