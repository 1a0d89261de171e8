import type { AsOf } from '../../../shared/domain/index.ts';
import { type Cut, cutOf, seriesUpTo } from './series.ts';
import type { RawColumns, Series, SeriesMeta } from './types.ts';

/** A longer series is not kept: it would hold memory for as long as nobody asks for another. */
const MOST_BARS = 100_000;

/**
 * `seriesUpTo` that gives the series it made last again when asked for the same bars: an analysis settles by them, then reads them, then
 * counts base rates on them. What is given must not be written to.
 */
export function createLastSeries(): typeof seriesUpTo {
  let last: { raw: RawColumns; meta: SeriesMeta; cut: Cut; series: Series } | null = null;
  return async (raw, meta, asOf: AsOf | undefined, now) => {
    const cut = cutOf(meta, asOf, now);
    if (last && last.raw === raw && last.meta === meta && isSameCut(last.cut, cut)) return last.series;
    const series = await seriesUpTo(raw, meta, asOf, now);
    last = series.close.length > MOST_BARS ? null : { raw, meta, cut, series };
    return series;
  };
}

/** Bars that nothing after `latest` can join are never bounded by the time of day. */
function isSameCut(a: Cut, b: Cut): boolean {
  if (a.latest !== b.latest) return false;
  const unbounded = ({ latest, limits }: Cut) => latest <= limits.begun && latest <= limits.ended;
  if (unbounded(a) && unbounded(b)) return true;
  return a.limits.begun === b.limits.begun && a.limits.ended === b.limits.ended;
}
