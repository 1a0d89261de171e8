import type { Interval } from '../../../../shared/domain/index.ts';
import { INTERVALS } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { DAY, intradayMs } from '../sessions.ts';

/** Bars that can be made of finer ones: every interval, and some between them that no source delivers. */
export const TIMEFRAMES = [...INTERVALS, '2h', '4h', '2d'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

const HOUR = 3_600_000;
const BETWEEN: Readonly<Record<Exclude<Timeframe, Interval>, number>> = {
  '2h': 2 * HOUR,
  '4h': 4 * HOUR,
  '2d': 2 * DAY,
};
const LONG: Readonly<Record<string, number>> = { '1d': DAY, '1wk': 7 * DAY, '1mo': 30 * DAY };

/** Length in ms; of days and longer nominal. */
export function lengthOf(timeframe: Timeframe): number {
  if (timeframe in BETWEEN) return BETWEEN[timeframe as keyof typeof BETWEEN];
  return intradayMs(timeframe as Interval) ?? LONG[timeframe]!;
}

/** Length in ms where bars are shorter than a day, else null. */
export function intradayLength(timeframe: Timeframe): number | null {
  const length = lengthOf(timeframe);
  return length < DAY ? length : null;
}

/** Refuses what cannot be made exactly: finer bars, lengths that do not divide, months of weeks. @throws INVALID_INPUT */
export function checkCoarser(from: Interval, to: Timeframe): void {
  const [fine, coarse] = [lengthOf(from), lengthOf(to)];
  const uneven = coarse < DAY ? coarse % fine !== 0 : from === '1wk';
  if (coarse > fine && !uneven) return;
  throw new BrainnetError('INVALID_INPUT', { problem: `${to} bars cannot be made of ${from} bars` });
}
