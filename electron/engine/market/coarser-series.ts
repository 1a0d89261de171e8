import type { AsOf, Interval } from '../../../shared/domain/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { asOfInstant } from './as-of.ts';
import { createLastSeries } from './last-series.ts';
import { resampled, WAITING } from './resample/index.ts';
import type { RawColumns, Series, SeriesMeta } from './types.ts';

type SeriesUpTo = ReturnType<typeof createLastSeries>;

/**
 * A series of bars made of finer ones. The finer bars are cut again at the end of the last whole coarser bar, so that nothing of the bar
 * that has begun since, no split, dividend or bad bar, is in it: every as-of with the same last bar has the same series.
 */
export function createCoarserSeries(seriesUpTo: SeriesUpTo) {
  const seriesAtEnd = createLastSeries();
  /** @throws BAD_DATE, TOO_FEW_BARS (no coarser bar is whole by the as-of), INVALID_INPUT (they cannot be made of these) */
  return async (
    raw: RawColumns,
    meta: SeriesMeta,
    to: Interval,
    asOf: AsOf | undefined,
    now: number,
  ): Promise<Series> => {
    const untilOf = (wanted: AsOf) => Math.min(now, asOfInstant(wanted, meta.timezone));
    const first = await seriesUpTo(raw, meta, asOf, now);
    let made = await resampled(first, to, asOf === undefined ? undefined : untilOf(asOf));
    const waiting = made.notices.filter(({ rule }) => rule === WAITING);
    for (let end = ''; ; ) {
      if (made.time.length === 0) throw noBars(meta, asOf, first.asOf);
      const own = new Date(made.asOf).toISOString();
      if (own === end) return { ...made, notices: [...made.notices, ...waiting] };
      end = own;
      made = await resampled(await seriesAtEnd(raw, meta, end, now), to, untilOf(end));
    }
  };
}

function noBars({ symbol }: SeriesMeta, asOf: AsOf | undefined, until: number): BrainnetError {
  const last = new Date(until).toISOString().slice(0, 10);
  return new BrainnetError('TOO_FEW_BARS', { symbol, have: 0, asOf: asOf ?? last, need: 32 });
}
