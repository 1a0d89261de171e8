import { REGIMES, type RegimeStat } from '../../../../shared/domain/index.ts';
import type { Database } from '../../platform/index.ts';
import { liveRate } from './live-rate.ts';
import { type Experience, settledSetups } from './settled-setups.ts';

/** What settled setups of each regime brought by then. @param asOf UTC ms */
export function regimeStats(database: Database, asOf: number, experience: Experience): RegimeStat[] {
  return REGIMES.map((regime) => {
    const setups = settledSetups(database, { asOf, experience, regime });
    const n = setups.length;
    return {
      regime,
      long: liveRate(setups.filter(({ longWon }) => longWon).length, n),
      short: liveRate(setups.filter(({ shortWon }) => shortWon).length, n),
      meanLongReturn: n === 0 ? null : setups.reduce((sum, { longReturn }) => sum + longReturn, 0) / n,
    };
  });
}
