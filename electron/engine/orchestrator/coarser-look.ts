import type { Interval } from '../../../shared/domain/index.ts';
import { resample, type Series } from '../market/index.ts';
import { takeWindow } from '../vision/index.ts';
import { badBars, hasBadBars, type Refinement } from './looks.ts';

/** The next coarser timeframe that is made of whole bars of this one; months are the coarsest, and no week becomes one. */
const NEXT: Record<Interval, Interval | null> = {
  '1m': '5m',
  '5m': '15m',
  '15m': '30m',
  '30m': '1h',
  '1h': '1d',
  '1d': '1wk',
  '1wk': null,
  '1mo': null,
};

/** Part of round 3 of DEFINITIONS 5: the last `bars` whole bars of the next coarser timeframe, made of the same bars. */
export function planCoarser(series: Series, bars: number): Refinement {
  const interval = NEXT[series.interval];
  if (!interval) return { plans: [], missing: [`There is no timeframe coarser than ${series.interval} to look at.`] };
  const coarse = resample(series, interval);
  const window = takeWindow(coarse, { bars });
  if (!window)
    return {
      plans: [],
      missing: [`The look "coarser" needs ${bars} bars of ${interval}, and there are ${coarse.close.length}.`],
    };
  if (hasBadBars(coarse, window)) return { plans: [], missing: [badBars('coarser')] };
  return { plans: [{ kind: 'coarser', window, interval }], missing: [] };
}
