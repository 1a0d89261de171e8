import { describe, expect, test } from 'vitest';
import { settle } from '../../../electron/engine/decision/outcomes/index.ts';
import type { Market, Series } from '../../../electron/engine/market/index.ts';
import { createBaseRateBook } from '../../../electron/engine/orchestrator/base-rate-book.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);

/** Daily crypto bars (no week-ends to think of) with the given opens and closes. */
function series(open: number[] | null, close: number[]): Series {
  const time = Float64Array.from(close, (_, i) => START + i * DAY);
  const column = (values: number[]) => Float64Array.from(values);
  return {
    symbol: 'TEST',
    source: 'csv',
    interval: '1d',
    currency: 'USD',
    timezone: 'UTC',
    adjustment: 'none',
    closeOnly: open === null,
    time,
    open: open && column(open),
    high: open && column(close.map((c, i) => Math.max(c, open[i]!))),
    low: open && column(close.map((c, i) => Math.min(c, open[i]!))),
    close: column(close),
    volume: null,
    asOf: time.at(-1)! + DAY,
    marks: [],
    notices: [],
  };
}

/** A market with one series, cut as the real one cuts it. */
function marketOf(whole: Series): Pick<Market, 'series'> {
  return {
    async series(_ref, asOf) {
      const until = asOf === undefined ? Infinity : Date.parse(asOf);
      const bars = whole.time.filter((time) => time + DAY <= until).length;
      const cut = (column: Float64Array | null) => column?.slice(0, bars) ?? null;
      const time = whole.time.slice(0, bars);
      return {
        ...whole,
        time,
        open: cut(whole.open),
        high: cut(whole.high),
        low: cut(whole.low),
        close: whole.close.slice(0, bars),
        asOf: time.at(-1)! + DAY,
      };
    },
  };
}

/** The series with its bars from `first` on a year later. */
function withHole(whole: Series, first: number): Series {
  const time = whole.time.map((start, i) => (i < first ? start : start + 365 * DAY));
  return { ...whole, time, asOf: time.at(-1)! + DAY };
}
const iso = (ms: number) => new Date(ms).toISOString();

const settled = async (whole: Series, of: ReturnType<typeof decision>) => {
  const market = marketOf(whole);
  return settle(market, await market.series({ symbol: 'TEST' }), of, 5);
};

const decision = (action: 'long' | 'short' | 'hold', bar: number, horizonBars = 2) => ({
  id: 'd-00000000-0000-4000-8000-000000000000',
  symbol: 'TEST',
  source: 'csv' as const,
  interval: '1d' as const,
  action,
  horizonBars,
  costFraction: 0.001,
  window: { end: new Date(START + bar * DAY).toISOString() },
});

describe('settling a decision', () => {
  const bars = series([100, 101, 102, 103, 104, 105], [100, 101, 103, 110, 90, 95]);

  test('enters at the open of t+1 and leaves at the close of t+h', async () => {
    const settlement = await settled(bars, decision('long', 1));
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    const { outcome } = settlement;
    expect(outcome.entryPrice).toBe(102);
    expect(outcome.exitPrice).toBe(110);
    expect(outcome.long.grossReturn).toBeCloseTo(110 / 102 - 1, 12);
    expect([outcome.long.result, outcome.short.result, outcome.result]).toEqual(['win', 'loss', 'win']);
    expect(outcome.entryTime).toBe('2024-01-03T00:00:00.000Z');
    expect(outcome.exitTime).toBe('2024-01-04T00:00:00.000Z');
    expect(outcome.knownAt).toBe('2024-01-05T00:00:00.000Z');
  });

  test('closes alone enter at the close of t+1 and leave at the close of t+1+h', async () => {
    const settlement = await settled(series(null, [100, 101, 103, 110, 90, 95]), decision('short', 1));
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    expect(settlement.outcome.entryPrice).toBe(103);
    expect(settlement.outcome.exitPrice).toBe(90);
    expect(settlement.outcome.result).toBe('win');
    expect(settlement.outcome.short.grossReturn).toBeCloseTo(1 - 90 / 103, 12);
  });

  test('a hold keeps both sides and has no result of its own', async () => {
    const settlement = await settled(bars, decision('hold', 1));
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    expect(settlement.outcome.result).toBeNull();
    expect(settlement.outcome.long.result).toBe('win');
  });

  test('a return of no more than the cost is flat, not a win', async () => {
    const still = series([100, 100, 100, 100], [100, 100, 100.1, 100.05]);
    const settlement = await settled(still, decision('long', 1));
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    expect([settlement.outcome.long.result, settlement.outcome.short.result]).toEqual(['flat', 'flat']);
  });

  test('waits for the bars that are missing, and later bars change nothing', async () => {
    expect(await settled(bars, decision('long', 4))).toEqual({ state: 'pending', barsLeft: 1 });
    const short = series([100, 101, 102, 103], [100, 101, 103, 110]);
    expect(await settled(short, decision('long', 1))).toEqual(await settled(bars, decision('long', 1)));
  });

  test('a decision whose bar is gone is lost, not guessed', async () => {
    expect(await settled(bars, decision('long', 20))).toEqual({ state: 'lost' });
  });

  test.each([
    ['before the entry', 2],
    ['before the exit', 3],
  ])('a decision whose bars stop for a year %s is lost, not settled as if nothing was', async (_, first) => {
    const halted = withHole(bars, first);
    const hole = { from: START + (first - 1) * DAY, to: START + (first + 365) * DAY, missing: 261 };
    expect(await settled(halted, decision('long', 1))).toEqual({ state: 'lost', hole });
    const early = series([100, 101, 102], [100, 101, 103]);
    expect(await settled(early, decision('long', 1))).toEqual({ state: 'pending', barsLeft: 1 });
  });

  test('a hole before the decision or behind its exit changes nothing', async () => {
    const plain = await settled(bars, decision('long', 1));
    expect(plain.state).toBe('settled');
    expect(await settled(withHole(bars, 4), decision('long', 1))).toEqual(plain);
    const moved = { ...decision('long', 1), window: { end: iso(START + 366 * DAY) } };
    const behind = await settled(withHole(bars, 1), moved);
    expect(behind).toMatchObject({ state: 'settled', outcome: { entryPrice: 102, exitPrice: 110 } });
  });
});

describe('base rates', () => {
  const counts = async (bars: Series) => {
    const book = createBaseRateBook(marketOf(bars));
    const query = { ref: { symbol: 'TEST' }, horizonBars: 1, costFraction: 0.001, asOf: bars.asOf };
    return { long: await book.count({ ...query, side: 'long' }), short: await book.count({ ...query, side: 'short' }) };
  };

  test('count every bar whose trip has ended, flat ones for neither side', async () => {
    // trips of one bar: open of t+1 to its close: +10 %, -10 %, 0
    const bars = series([100, 100, 100, 100], [100, 110, 90, 100]);
    expect(await counts(bars)).toEqual({ long: { wins: 1, trips: 3 }, short: { wins: 1, trips: 3 } });
  });

  test('leave out trips that a hole breaks', async () => {
    const bars = series([100, 100, 100, 100], [100, 110, 90, 100]);
    expect(await counts(withHole(bars, 2))).toEqual({ long: { wins: 1, trips: 2 }, short: { wins: 0, trips: 2 } });
  });

  test('have no bars in a series shorter than a trip', async () => {
    expect(await counts(series([100], [100]))).toEqual({ long: { wins: 0, trips: 0 }, short: { wins: 0, trips: 0 } });
  });
});
