import type { Interval } from '../../../shared/domain/index.ts';
import { placeOf } from './place.ts';
import { sessionOf, sessionOn } from './resample/index.ts';
import { barEnd, DAY, intradayMs } from './sessions.ts';

/**
 * When trading within a bar was over, UTC ms: the close of its last session where hours are known, else its end. Half days and holidays are
 * not known, so on those it is later than in truth.
 */
export function tradedUntil(time: number, of: { symbol: string; interval: Interval; timezone: string }): number {
  const end = barEnd(time, of.interval, of.timezone);
  if (intradayMs(of.interval) !== null) return end;
  const place = placeOf(of);
  for (let { date } = sessionOf(end - 1, place); date >= time; date -= DAY) {
    const { close } = sessionOn(date, place);
    if (close <= end && sessionOf(close - 1, place).phase === 'regular') return close;
  }
  return end;
}
