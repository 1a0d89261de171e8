import type { Decision, Outcome } from '../../../../shared/domain/index.ts';
import { barEnd, barStart, type Hole, holeAcross, type Market, type Series } from '../../market/index.ts';
import { bothSides, entryPrice, type Trip, tripOf } from './returns.ts';

/** What settling needs of a decision. */
export type Settleable = Pick<
  Decision,
  'id' | 'symbol' | 'source' | 'interval' | 'action' | 'horizonBars' | 'costFraction'
> & { window: Pick<Decision['window'], 'end'> };

export type Settlement =
  | { state: 'settled'; outcome: Outcome }
  /** Bars that have yet to close. */
  | { state: 'pending'; barsLeft: number }
  /** The bar of the decision is not in the series any more, or bars stop for weeks within the horizon. */
  | { state: 'lost'; hole?: Hole };

/**
 * The outcome of a decision, from bars up to the one of its exit and none after it.
 * @param all the decision's instrument with all bars that may be looked at
 * @param settledAt clock time, UTC ms
 * @throws what `market.series` throws
 */
export async function settle(
  market: Pick<Market, 'series'>,
  all: Series,
  decision: Settleable,
  settledAt: number,
): Promise<Settlement> {
  const due = dueOf(all, decision);
  if (due.state !== 'due') return due;
  const trip = await tripOn(market, all, due, decision);
  return { state: 'settled', outcome: outcomeOf(trip, decision, settledAt) };
}

/** A trip by its places in bars that hold all of it. */
type TripOn = Trip & { bars: Series };

/**
 * The trip on the bars as of the end of its exit. An exit made of finer bars that run over its end is whole later, by less than one of
 * those, and they are half as long as it at most. Bars that lack the entry or the exit are none to settle on: then all bars are.
 */
async function tripOn(
  market: Pick<Market, 'series'>,
  all: Series,
  { entry, exit }: Trip,
  { symbol, source, interval }: Settleable,
): Promise<TripOn> {
  const whole = { bars: all, entry, exit };
  if (exit === all.time.length - 1) return whole;
  const [from, to] = [all.time[entry]!, all.time[exit]!];
  const end = barEnd(to, interval, all.timezone);
  const later = end + (end - barStart(to, interval, all.timezone)) / 2;
  for (const asOf of [end, later]) {
    const bars = await market.series({ symbol, source, interval }, iso(asOf));
    const trip = { bars, entry: indexOf(bars.time, from), exit: indexOf(bars.time, to) };
    if (trip.entry >= 0 && trip.exit >= 0) return trip;
  }
  return whole;
}

type Due = ({ state: 'due' } & Trip) | Exclude<Settlement, { state: 'settled' }>;

function dueOf(series: Series, { window, horizonBars }: Settleable): Due {
  const t = indexOf(series.time, Date.parse(window.end));
  if (t < 0) return { state: 'lost' };
  const { entry, exit } = tripOf(series, t, horizonBars);
  const hole = holeAcross(series, t, Math.min(exit, series.time.length - 1), horizonBars);
  if (hole) return { state: 'lost', hole };
  const barsLeft = exit - (series.time.length - 1);
  return barsLeft > 0 ? { state: 'pending', barsLeft } : { state: 'due', entry, exit };
}

function outcomeOf({ bars, entry, exit }: TripOn, decision: Settleable, settledAt: number): Outcome {
  const [paid, got] = [entryPrice(bars, entry), bars.close[exit]!];
  const sides = bothSides(got / paid - 1, decision.costFraction);
  return {
    decisionId: decision.id,
    settledAt: iso(settledAt),
    knownAt: iso(bars.asOf),
    entryTime: iso(bars.time[entry]!),
    exitTime: iso(bars.time[exit]!),
    ...(bars.closeOnly && { entersAtClose: true }),
    entryPrice: paid,
    exitPrice: got,
    ...sides,
    result: decision.action === 'hold' ? null : sides[decision.action].result,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Index of a value in a strictly rising column, -1 where it is not there. */
function indexOf(rising: Float64Array, value: number): number {
  let [low, high] = [0, rising.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (rising[middle]! === value) return middle;
    if (rising[middle]! < value) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}
