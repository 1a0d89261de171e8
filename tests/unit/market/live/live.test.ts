import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../../electron/engine/index.ts';
import { decide, runToEnd, seeded, temporaryFolder, testEngine } from '../../../support/engine.ts';
import { chartBody, ms, seconds } from '../../../support/yahoo-fixtures.ts';

const DAY = 86_400_000;
/** A Monday noon in New York. */
const NOW = ms('2020-06-15T16:00:00Z');

/** New York opens of `count` weekdays up to and with the day of `until`. */
function weekdays(count: number, until: number): number[] {
  const days: number[] = [];
  for (let day = Math.floor(until / DAY) * DAY; days.length < count; day -= DAY) {
    const weekday = new Date(day).getUTCDay();
    if (weekday !== 0 && weekday !== 6) days.unshift(day + 13.5 * 3_600_000);
  }
  return days;
}

interface Network {
  fetch: typeof fetch;
  /** Chart requests: first and last second asked for. */
  asked: [from: number, to: number][];
  state: {
    fail: number | null;
    factor: number;
    until: number;
    corrected?: { day: string; factor: number };
    currency?: string;
  };
}

/** A Yahoo with 200 weekdays of a random walk up to `state.until`; it answers only what was asked for. */
function fakeYahoo(): Network {
  const state: Network['state'] = { fail: null, factor: 1, until: ms('2020-06-12T20:00:00Z') };
  const asked: Network['asked'] = [];
  const walk = new Map<number, number>();
  const random = seeded(5);
  let price = 100;
  for (const day of weekdays(400, ms('2021-01-29T00:00:00Z'))) {
    price *= 1 + 0.02 * (random() - 0.5);
    walk.set(day, price);
  }
  const answer: typeof fetch = async (input) => {
    const url = new URL(String(input instanceof Request ? input.url : input));
    if (!url.pathname.includes('/chart/')) return new Response('', { status: 404 });
    const [from, to] = [Number(url.searchParams.get('period1')), Number(url.searchParams.get('period2'))];
    asked.push([from, to]);
    if (state.fail) return new Response('no', { status: state.fail });
    const days = [...walk.keys()].filter((day) => day <= state.until && day / 1000 >= from && day / 1000 < to);
    const corrected = (day: number) =>
      new Date(day).toISOString().startsWith(state.corrected?.day ?? 'none') ? state.corrected!.factor : 1;
    const closes = days.map((day) => corrected(day) * state.factor * walk.get(day)!);
    const body = chartBody({
      symbol: 'TEST',
      timestamps: days.map((day) => day / 1000),
      closes,
      meta: {
        ...(state.currency ? { currency: state.currency } : {}),
        regularMarketTime: seconds(new Date(state.until).toISOString()),
      },
    });
    return new Response(JSON.stringify(body));
  };
  return { fetch: answer, asked, state };
}

const ref = { symbol: 'TEST', source: 'yahoo' as const };

describe('a live source in front of the bar store', () => {
  let engine: Engine | undefined;
  afterEach(async () => {
    await engine?.close();
    engine = undefined;
  });
  const clockAt = (at: { now: number }) => ({ now: () => at.now });

  it('is asked once for all who look, and later only for what is new', async () => {
    const { fetch, asked, state } = fakeYahoo();
    const at = { now: NOW };
    engine = await testEngine({ fetch, clock: clockAt(at) });
    const [series] = await Promise.all([
      engine.client.market.series(ref),
      engine.client.market.series(ref),
      engine.client.analysis.field(ref),
    ]);
    expect(asked).toHaveLength(1);
    expect(series.close.length).toBeGreaterThan(200);
    at.now = ms('2020-06-18T12:00:00Z');
    state.until = ms('2020-06-17T20:00:00Z');
    const grown = await engine.client.market.series(ref);
    expect(asked).toHaveLength(2);
    expect(asked[1]![0] * 1000).toBeGreaterThan(NOW - 14 * DAY);
    expect(grown.close.length).toBe(series.close.length + 3);
    expect(grown.close.slice(0, series.close.length)).toEqual(series.close);
  });

  it('that is away leaves the kept bars, which say so, and beyond two sessions are not analyzed unasked', async () => {
    const { fetch, state } = fakeYahoo();
    const dataDir = temporaryFolder();
    const at = { now: NOW };
    const first = await testEngine({ fetch, clock: clockAt(at), dataDir });
    expect((await decide(first, { symbols: [ref] }))[0]).toMatchObject({
      symbol: 'TEST',
      source: 'yahoo',
      lastBarDate: '2020-06-12',
    });
    await first.close();
    state.fail = 404;
    at.now = ms('2020-06-19T12:00:00Z');
    engine = await testEngine({ fetch, clock: clockAt(at), dataDir });
    const kept = await engine.client.market.series(ref);
    expect(kept.sessionsBehind).toBe(4);
    expect(kept.notices.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['kept-bars', 'stale']));
    const events = await runToEnd(engine, { symbols: [ref] });
    expect(events.find((event) => event.type === 'failure')).toMatchObject({
      error: { code: 'STALE_BARS', details: { sessions: 4 } },
    });
    expect(await decide(engine, { symbols: [ref], allowStale: true })).toHaveLength(1);
    expect(await decide(engine, { symbols: [ref], asOf: '2020-06-12' })).toHaveLength(1);
  });

  it.each([2, 1.2, 0.25])(
    'that restates all its prices by %d without a word leaves no jump in them, and it is said',
    async (factor) => {
      const { fetch, state } = fakeYahoo();
      const at = { now: NOW };
      engine = await testEngine({ fetch, clock: clockAt(at) });
      const before = await engine.client.market.series(ref);
      at.now = ms('2020-06-17T12:00:00Z');
      Object.assign(state, { factor, until: ms('2020-06-16T20:00:00Z') });
      const after = await engine.client.market.series(ref);
      const steps = (closes: readonly number[]) =>
        closes.slice(1).map((close, i) => Math.abs(Math.log(close / closes[i]!)));
      expect(Math.max(...steps(after.close))).toBeLessThan(0.02);
      expect(after.close[0]! / before.close[0]!).toBeCloseTo(factor, 9);
      expect(after.notices.map(({ rule }) => rule)).toContain('restated');
    },
  );

  it('that tells its prices in another money is not believed', async () => {
    const { fetch, state } = fakeYahoo();
    const at = { now: NOW };
    engine = await testEngine({ fetch, clock: clockAt(at) });
    const before = await engine.client.market.series(ref);
    at.now = ms('2020-06-16T22:00:00Z');
    state.currency = 'EUR';
    const after = await engine.client.market.series(ref);
    expect([after.currency, after.close]).toEqual(['USD', before.close]);
    expect(after.notices.find(({ rule }) => rule === 'kept-bars')?.sentence).toMatch(/in EUR now and were in USD/);
  });

  it('is asked again when the clock was once ahead, and is not stale in the evening before its day has ended', async () => {
    const { fetch, asked, state } = fakeYahoo();
    const at = { now: ms('2025-06-15T16:00:00Z') };
    engine = await testEngine({ fetch, clock: clockAt(at) });
    await engine.client.market.series(ref);
    at.now = ms('2020-06-16T22:00:00Z');
    state.until = ms('2020-06-16T20:00:00Z');
    const evening = await engine.client.market.series(ref);
    expect(asked.length).toBeGreaterThan(1);
    expect(new Date(evening.time.at(-1)!).toISOString().slice(0, 10)).toBe('2020-06-15');
    expect(evening.sessionsBehind).toBe(0);
  });

  it('that corrects a past bar is believed, and the correction is told and logged', async () => {
    const { fetch, state } = fakeYahoo();
    const at = { now: NOW };
    engine = await testEngine({ fetch, clock: clockAt(at) });
    const before = await engine.client.market.series(ref);
    at.now = ms('2020-06-16T22:00:00Z');
    state.until = ms('2020-06-16T20:00:00Z');
    state.corrected = { day: '2020-06-11', factor: 1.03 };
    const after = await engine.client.market.series(ref);
    const index = before.time.indexOf(ms('2020-06-11T00:00:00Z'));
    expect(after.close[index]! / before.close[index]!).toBeCloseTo(1.03, 6);
    expect(after.close.slice(0, index)).toEqual(before.close.slice(0, index));
    expect(after.notices.find(({ rule }) => rule === 'corrected')).toMatchObject({ bars: 1 });
  });

  it('that lies by a factor of 100 is named, and the kept bars stand', async () => {
    const { fetch, state } = fakeYahoo();
    const at = { now: NOW };
    engine = await testEngine({ fetch, clock: clockAt(at) });
    const before = await engine.client.market.series(ref);
    at.now = ms('2020-06-16T22:00:00Z');
    Object.assign(state, { factor: 100, until: ms('2020-06-16T20:00:00Z') });
    const after = await engine.client.market.series(ref);
    expect(after.close).toEqual(before.close);
    expect(after.notices.find(({ rule }) => rule === 'kept-bars')?.sentence).toMatch(/cannot be right.*100 times/);
  });

  it('is asked for a symbol without a source only where the user has switched it on, and then an import steps in when it fails', async () => {
    const { fetch, asked, state } = fakeYahoo();
    engine = await testEngine({ fetch, clock: clockAt({ now: NOW }) });
    await expect(engine.client.market.series({ symbol: 'TEST' })).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL' });
    expect(asked).toHaveLength(0);
    await engine.client.settings.set({ name: 'LIVE_SOURCE', value: 'yahoo' });
    expect(await engine.client.market.series({ symbol: 'TEST' })).toMatchObject({ source: 'yahoo' });
    state.fail = 404;
    await expect(engine.client.market.series({ symbol: 'OTHER' })).rejects.toMatchObject({ code: 'UNKNOWN_SYMBOL' });
    const rows = weekdays(80, ms('2020-06-12T00:00:00Z')).map(
      (day, i) => `${new Date(day).toISOString().slice(0, 10)},${100 + (i % 7)}`,
    );
    await engine.client.market.importBars({
      symbol: 'OTHER',
      interval: '1d',
      fileName: 'other.csv',
      content: ['Date,Close', ...rows].join('\n'),
    });
    const stepped = await engine.client.market.series({ symbol: 'OTHER' });
    expect(stepped.source).toBe('csv');
    expect(stepped.notices.map(({ rule }) => rule)).toContain('imported-instead');
  });

  it('makes coarser bars of what there is', async () => {
    engine = await testEngine();
    const weekly = await engine.client.market.series({
      symbol: 'AAPL',
      source: 'samples',
      interval: '1wk',
      asOf: '2012-12-28',
    });
    expect(weekly.interval).toBe('1wk');
    // The week of Monday 2012-12-24: five sessions less Christmas; close of Friday 2012-12-28 as delivered is 509.5892.
    expect(new Date(weekly.time.at(-1)!).toISOString().slice(0, 10)).toBe('2012-12-24');
    expect(weekly.close.at(-1)).toBeCloseTo(509.5892, 9);
  });
});
