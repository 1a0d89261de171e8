import { createLiveBars, createLiveMarket } from '../../../../electron/engine/market/live/index.ts';
import { createRemoteStore } from '../../../../electron/engine/market/store/index.ts';
import { createYahoo } from '../../../../electron/engine/market/yahoo/index.ts';
import type { Database } from '../../../../electron/engine/platform/index.ts';
import type { Interval } from '../../../../shared/domain/index.ts';
import { seeded } from '../../../support/engine.ts';
import { chartBody, ms } from '../../../support/yahoo-fixtures.ts';

export const DAY = 86_400_000;
const OPENS = 13.5 * 3_600_000;

/** New shares for each old one from the session of `day` on; the source divides past prices at `divided` and names the split at `named`. */
export interface LateSplit {
  day: string;
  numerator: number;
  denominator: number;
  divided: string;
  named: string;
}

export interface Market {
  /** Dates of sessions, YYYY-MM-DD. */
  sessions: string[];
  splits: LateSplit[];
  dividends: { day: string; share: number }[];
}

/** Weekdays from `first`, `count` of them, without `closed`. */
export function weekdays(first: string, count: number, closed: readonly string[] = []): string[] {
  const days: string[] = [];
  for (let day = ms(first); days.length < count; day += DAY) {
    const [date, weekday] = [new Date(day).toISOString().slice(0, 10), new Date(day).getUTCDay()];
    if (weekday !== 0 && weekday !== 6 && !closed.includes(date)) days.push(date);
  }
  return days;
}

/** What Yahoo answers at `now`: prices of 32 bits, divided at the splits worked in by then, with the events named by then. */
export function yahooAt(market: Market, now: () => number, extra: { fail?: boolean } = {}): typeof fetch {
  const random = seeded(7);
  let price = 100;
  const prices = market.sessions.map(() => {
    price *= 1 + 0.03 * (random() - 0.5);
    return price;
  });
  const knownBy = (moment: string) => ms(moment) <= now();
  return async (input) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    if (extra.fail) return new Response('no', { status: 404 });
    const [from, to] = [Number(url.searchParams.get('period1')), Number(url.searchParams.get('period2'))];
    const rows = market.sessions
      .map((day, index) => ({ day, open: ms(day) + OPENS, index }))
      .filter(({ open, day }) => open / 1000 >= from && open / 1000 < to && ms(day) + 20 * 3_600_000 <= now());
    const ofDay = ({ day, index }: { day: string; index: number }) =>
      market.splits
        .filter((split) => split.day <= day)
        .reduce((worth, s) => (worth * s.denominator) / s.numerator, prices[index]!);
    const divided = (row: { day: string; index: number }) =>
      market.splits
        .filter((split) => split.day > row.day && knownBy(split.divided))
        .reduce((worth, s) => (worth * s.denominator) / s.numerator, ofDay(row));
    const adjusted = (row: { day: string; index: number }) =>
      market.dividends
        .filter(({ day }) => day > row.day && knownBy(day))
        .reduce((worth, { share }) => worth * (1 - share), divided(row));
    /** Yahoo multiplies past volumes at a split it divides past prices at. */
    const volume = (row: { day: string; index: number }) =>
      Math.round(((1000 + row.index) * ofDay(row)) / divided(row));
    const body = chartBody({
      symbol: 'TEST',
      timestamps: rows.map(({ open }) => open / 1000),
      closes: rows.map((row) => Math.fround(divided(row))),
      adjclose: rows.map((row) => Math.fround(adjusted(row))),
      quote: { volume: rows.map(volume) },
      meta: { regularMarketTime: (ms(rows.at(-1)?.day ?? '2020-01-02') + 20 * 3_600_000) / 1000 },
      events: { splits: eventsOf(market, from, to, knownBy) },
    });
    return new Response(JSON.stringify(body));
  };
}

function eventsOf({ splits }: Market, from: number, to: number, knownBy: (moment: string) => boolean) {
  const named = splits.filter(({ day, named }) => {
    const second = (ms(day) + OPENS) / 1000;
    return knownBy(named) && second >= from && second < to;
  });
  return Object.fromEntries(
    named.map(({ day, numerator, denominator }) => {
      const date = (ms(day) + OPENS) / 1000;
      return [date, { date, numerator, denominator, splitRatio: `${numerator}:${denominator}` }];
    }),
  );
}

/** A live market over a fetch, with its clock, its store and what it asked for. */
export function liveOver(fetch: typeof globalThis.fetch, clock: { now(): number }, cache: Database | null = null) {
  const store = createRemoteStore(cache);
  const yahoo = createYahoo({ fetch, clock, sleep: async () => undefined });
  const live = createLiveMarket(createLiveBars({ store, sources: [yahoo], clock }), store, clock);
  const series = (asOf?: string, interval?: Interval) =>
    live.series({ symbol: 'TEST', source: 'yahoo', interval }, asOf);
  return { series, store };
}
