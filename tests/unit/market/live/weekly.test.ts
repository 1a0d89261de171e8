import { describe, expect, it } from 'vitest';
import { chartBody, ms } from '../../../support/yahoo-fixtures.ts';
import { DAY, liveOver } from './fake-market.ts';

const WEEK = 7 * DAY;
const FIRST = ms('2020-01-06');
const SPLIT = ms('2020-03-11');
/** A split 2:1 and a dividend of 1 % on Wednesday 2020-03-11, as a source tells them: earlier prices divided, adjusted closes less it. */
const known = (now: number) => now >= SPLIT;

/** Weekly bars of Yahoo at `now`: the running week too, its row under the Monday. */
function weeklyYahoo(now: () => number): typeof fetch {
  return async (input) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    const [from, to] = ['period1', 'period2'].map((name) => Number(url.searchParams.get(name)) * 1000);
    const weeks = Array.from({ length: 12 }, (_, i) => FIRST + i * WEEK).filter(
      (monday) => monday + DAY <= now() && monday >= from! && monday < to!,
    );
    const priced = (monday: number) => 100 + (monday - FIRST) / WEEK;
    const divided = (monday: number) => priced(monday) / (known(now()) ? 2 : 1);
    const adjusted = (monday: number) => divided(monday) * (known(now()) && monday + WEEK <= SPLIT ? 0.99 : 1);
    const date = (SPLIT + 13.5 * 3_600_000) / 1000;
    const split = { [date]: { date, numerator: 2, denominator: 1, splitRatio: '2:1' } };
    const body = chartBody({
      timestamps: weeks.map((monday) => (monday + 5 * 3_600_000) / 1000),
      closes: weeks.map(divided),
      adjclose: weeks.map(adjusted),
      meta: { dataGranularity: '1wk', regularMarketTime: (now() - DAY / 2) / 1000 },
      events: known(now()) ? { splits: split } : {},
    });
    return new Response(JSON.stringify(body));
  };
}

describe('weekly bars of a live source', () => {
  it('are the same for every day of the week that has begun, and know nothing of its split', async () => {
    const at = { now: ms('2020-03-09T06:00:00Z') };
    const { series } = liveOver(
      weeklyYahoo(() => at.now),
      { now: () => at.now },
    );
    const before = await series('2020-03-08', '1wk');
    expect([before.close.length, before.close.at(-1)]).toEqual([9, 108]);
    for (const day of ['2020-03-10', '2020-03-11', '2020-03-12', '2020-03-13']) {
      at.now = ms(day) + DAY + 6 * 3_600_000;
      for (const asOf of [
        '2020-03-08',
        '2020-03-09T12:00:00Z',
        '2020-03-10',
        undefined,
        new Date(before.asOf).toISOString(),
      ])
        expect((await series(asOf, '1wk')).close, `${day} ${asOf}`).toEqual(before.close);
    }
    const fresh = liveOver(
      weeklyYahoo(() => at.now),
      { now: () => at.now },
    );
    expect((await fresh.series(undefined, '1wk')).close).toEqual(before.close);
  });
});
