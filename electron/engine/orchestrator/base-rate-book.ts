import { setImmediate as nextTurn } from 'node:timers/promises';
import type { InstrumentRef, Side } from '../../../shared/domain/index.ts';
import { entryPrice, tripOf } from '../decision/index.ts';
import { barEnd, holeAcross, holesIn, type Market, type Series } from '../market/index.ts';

export interface BaseRateQuery {
  ref: InstrumentRef;
  side: Side;
  horizonBars: number;
  /** Round-trip cost, a fraction. */
  costFraction: number;
  /** Only trips that had ended by then, UTC ms. */
  asOf: number;
}

/** Wins of a side among trips, so that those of several instruments can be added. */
export interface WinCount {
  wins: number;
  trips: number;
}

/** Running counts of one instrument: of the first i + 1 trips `counted[i]` count, and `long[i]` would have won as longs. */
interface Page {
  /** When a trip was over, UTC ms; told when asked, as it takes some 10 microseconds. */
  endOf(trip: number): number;
  trips: number;
  /** What was asked last: symbols of a list are judged by the same as-of one after the other. */
  ended: { asOf: number; trips: number };
  /** Trips that no hole breaks; null = all of them. */
  counted: Uint32Array | null;
  long: Uint32Array;
  short: Uint32Array;
}

const PAGES = 200;

/** How often a side would have won on any bar of an instrument, up to any as-of; each instrument is walked once. */
export interface BaseRateBook {
  /** @throws what `market.series` throws */
  count(query: BaseRateQuery): Promise<WinCount>;
}

/** @param readTo bars are read up to then (UTC ms) at the first question, so that a walk through history reads each instrument once */
export function createBaseRateBook(market: Pick<Market, 'series'>, readTo = -Infinity): BaseRateBook {
  const pages = new Map<string, { until: number; page: Promise<Page> }>();
  const read = async ({ ref, horizonBars, costFraction }: BaseRateQuery, until: number) =>
    pageOf(await market.series(ref, new Date(until).toISOString()), horizonBars, costFraction);
  return {
    async count(query) {
      const { ref, side, horizonBars, costFraction, asOf } = query;
      const key = `${ref.source} ${ref.symbol} ${ref.interval} ${horizonBars} ${costFraction}`;
      let held = pages.get(key);
      if (!held || held.until < asOf) {
        const until = Math.max(asOf, readTo);
        held = { until, page: read(query, until) };
        pages.delete(key);
        pages.set(key, held);
        held.page.catch(() => pages.delete(key));
        if (pages.size > PAGES) pages.delete(pages.keys().next().value!);
      }
      const page = await held.page;
      if (page.ended.asOf !== asOf) page.ended = { asOf, trips: endedBy(page, asOf) };
      const { trips } = page.ended;
      if (trips === 0) return { trips, wins: 0 };
      return { trips: page.counted?.[trips - 1] ?? trips, wins: page[side][trips - 1]! };
    },
  };
}

/** Trips between two turns of the event loop. */
const STRETCH = 50_000;

async function pageOf(series: Series, horizonBars: number, cost: number): Promise<Page> {
  const { exit: span } = tripOf(series, 0, horizonBars);
  const trips = Math.max(0, series.close.length - span);
  const { time, interval, timezone } = series;
  const page = {
    endOf: (trip: number) => barEnd(time[trip + span]!, interval, timezone),
    trips,
    ended: { asOf: -Infinity, trips: 0 },
    counted: holesIn(series).length > 0 ? new Uint32Array(trips) : null,
    long: new Uint32Array(trips),
    short: new Uint32Array(trips),
  };
  let [long, short, counted] = [0, 0, 0];
  for (let t = 0; t < trips; t++) {
    const { entry, exit } = tripOf(series, t, horizonBars);
    const gross = series.close[exit]! / entryPrice(series, entry) - 1;
    const broken = page.counted !== null && holeAcross(series, t, exit, horizonBars) !== null;
    if (!broken) counted++;
    if (!broken && gross > cost) long++;
    else if (!broken && gross < -cost) short++;
    if (page.counted) page.counted[t] = counted;
    page.long[t] = long;
    page.short[t] = short;
    if (t % STRETCH === STRETCH - 1) await nextTurn();
  }
  return page;
}

/** How many trips were over by `asOf`; they end in their order. */
function endedBy({ endOf, trips }: Page, asOf: number): number {
  let [low, high] = [0, trips];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (endOf(middle) <= asOf) low = middle + 1;
    else high = middle;
  }
  return low;
}
