import type { Decision, Outcome } from '../../../../shared/domain/index.ts';
import { barEnd, type Hole, holeAcross, type Market, type Series } from '../../market/index.ts';
import { bothSides, entryPrice, tripOf } from './returns.ts';

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
  const { symbol, source, interval } = decision;
  const exitEnd = barEnd(all.time[due.exit]!, interval, all.timezone);
  const cut = due.exit === all.time.length - 1 ? all : await market.series({ symbol, source, interval }, iso(exitEnd));
  return { state: 'settled', outcome: outcomeOn(cut, decision, settledAt) };
}

type Due = { state: 'due'; exit: number } | Exclude<Settlement, { state: 'settled' }>;

function dueOf(series: Series, { window, horizonBars }: Settleable): Due {
  const t = indexOf(series.time, Date.parse(window.end));
  if (t < 0) return { state: 'lost' };
  const { exit } = tripOf(series, t, horizonBars);
  const hole = holeAcross(series, t, Math.min(exit, series.time.length - 1), horizonBars);
  if (hole) return { state: 'lost', hole };
  const barsLeft = exit - (series.time.length - 1);
  return barsLeft > 0 ? { state: 'pending', barsLeft } : { state: 'due', exit };
}

/** @param cut a series that ends with the bar of the exit */
function outcomeOn(cut: Series, decision: Settleable, settledAt: number): Outcome {
  const exit = cut.time.length - 1;
  const entry = exit - decision.horizonBars + (cut.closeOnly ? 0 : 1);
  const [paid, got] = [entryPrice(cut, entry), cut.close[exit]!];
  const sides = bothSides(got / paid - 1, decision.costFraction);
  return {
    decisionId: decision.id,
    settledAt: iso(settledAt),
    knownAt: iso(cut.asOf),
    entryTime: iso(cut.time[entry]!),
    exitTime: iso(cut.time[exit]!),
    ...(cut.closeOnly && { entersAtClose: true }),
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
