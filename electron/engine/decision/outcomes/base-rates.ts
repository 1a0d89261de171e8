import type { Side } from '../../../../shared/domain/index.ts';
import type { Series } from '../../market/index.ts';
import { entryPrice, tripOf } from './returns.ts';

/** Share of wins of each side over every bar of the series whose trip has ended; `bars` of them. Shares are 0 where bars = 0. */
export type BaseRates = Record<Side, number> & { bars: number };

/**
 * The base rate of DEFINITIONS 5: how often a long, and how often a short, would have won on any bar up to the end of the series.
 * @param cost round-trip cost as a fraction of the price
 */
export function baseRates(
  series: Pick<Series, 'open' | 'close' | 'closeOnly'>,
  horizonBars: number,
  cost: number,
): BaseRates {
  let [long, short, bars] = [0, 0, 0];
  for (let t = 0; ; t++) {
    const { entry, exit } = tripOf(series, t, horizonBars);
    if (exit >= series.close.length) break;
    const gross = series.close[exit]! / entryPrice(series, entry) - 1;
    if (gross > cost) long++;
    else if (gross < -cost) short++;
    bars++;
  }
  return bars === 0 ? { long: 0, short: 0, bars } : { long: long / bars, short: short / bars, bars };
}
