import type { Interval } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { DAY } from '../sessions.ts';

interface Limit {
  /** How far back bars are kept, in days. */
  back: number;
  /** How many days one request may span. */
  span: number;
}

const SIXTY: Limit = { back: 60, span: 60 };
const LIMITS: Partial<Record<Interval, Limit>> = {
  '1m': { back: 30, span: 7 },
  '5m': SIXTY,
  '15m': SIXTY,
  '30m': SIXTY,
  '1h': { back: 730, span: 730 },
};
/** A request takes a while to arrive, so the earliest start offered lies this much inside the limit, ms. */
const MARGIN = 3_600_000;

/** What Yahoo offers of an interval: earliest start (UTC ms) and longest span (ms) of one request; -Infinity and Infinity where there is no limit. */
export function yahooOffers(interval: Interval, now: number): { earliest: number; span: number } {
  const limit = LIMITS[interval];
  if (!limit) return { earliest: -Infinity, span: Infinity };
  return { earliest: now - limit.back * DAY + MARGIN, span: limit.span * DAY };
}

/** Yahoo's limit on an interval in words, for example "it keeps 1m bars for 30 days and gives at most 7 days at a time". */
export function limitInWords(interval: Interval): string {
  const limit = LIMITS[interval];
  if (!limit) return `it has no ${interval} bars for these days`;
  const span = limit.span < limit.back ? ` and gives at most ${limit.span} days at a time` : '';
  return `it keeps ${interval} bars for ${limit.back} days${span}; ask for later days, or for a longer interval`;
}

/** Refuses what Yahoo would refuse, before it is asked. @throws RANGE_NOT_OFFERED */
export function checkRange(symbol: string, interval: Interval, from: number, to: number, now: number): void {
  const limit = LIMITS[interval];
  if (!limit || (from >= now - limit.back * DAY && to - from <= limit.span * DAY)) return;
  throw new BrainnetError('RANGE_NOT_OFFERED', { source: 'Yahoo', symbol, problem: limitInWords(interval) });
}
