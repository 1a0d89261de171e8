import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { takeWindow } from '../../../../electron/engine/vision/index.ts';
import { ms } from '../../../support/yahoo-fixtures.ts';
import { openCache, temporaryFolder } from '../support.ts';
import { DAY, type LateSplit, liveOver, type Market, weekdays, yahooAt } from './fake-market.ts';

const SESSIONS = weekdays('2020-01-02', 140);
/** The morning after a session, before the next opens. */
const morningAfter = (day: string) => ms(day) + DAY + 10 * 3_600_000;
const split = (day: string, over: Partial<LateSplit> = {}): LateSplit => ({
  ...{ day, numerator: 4, denominator: 1, divided: `${day}T12:00:00Z`, named: `${day}T12:00:00Z` },
  ...over,
});
const market = (over: Partial<Market> = {}): Market => ({ sessions: SESSIONS, splits: [], dividends: [], ...over });

describe('the series of an earlier as-of stays as it was read, to the last bit', () => {
  const [before, day, after] = [SESSIONS[99]!, SESSIONS[100]!, SESSIONS[102]!];
  const late = (numerator: number, denominator: number) =>
    split(day, { numerator, denominator, named: `${after}T12:00:00Z` });

  it.each([
    ['4:1', 4, 1],
    ['3:2', 3, 2],
    ['1:20', 1, 20],
  ])(
    'when the prices of a %s split come before its event, and when the event comes',
    async (_, numerator, denominator) => {
      const at = { now: morningAfter(before) };
      const { series, store } = liveOver(
        yahooAt(market({ splits: [late(numerator, denominator)] }), () => at.now),
        { now: () => at.now },
        openCache(temporaryFolder()),
      );
      const first = await series(before);
      const latest = await series();
      expect(latest.close).toEqual(first.close);
      at.now = morningAfter(day);
      const unnamed = await series(day);
      expect(await series(before)).toEqual(first);
      expect(takeWindow(await series(before), { bars: 64 })!.hash).toBe(takeWindow(first, { bars: 64 })!.hash);
      // in the prices of the split's day, no jump: the walk moves by at most 1.5 % a day
      const steps = [...unnamed.close]
        .slice(1)
        .map((close, index) => Math.abs(Math.log(close / unnamed.close[index]!)));
      expect(Math.max(...steps)).toBeLessThan(0.016);
      expect(unnamed.close[0]! / first.close[0]!).toBeCloseTo(denominator / numerator, 6);
      expect(unnamed.notices.map(({ rule }) => rule)).toContain('restated');
      at.now = morningAfter(after);
      await series();
      expect(await series(before)).toEqual(first);
      expect(await series(day)).toEqual(unnamed);
      expect(store.corrections({ source: 'yahoo', symbol: 'TEST', interval: '1d' })).toEqual([]);
    },
  );

  it('and that of a fetch of everything after the split is the same', async () => {
    const at = { now: morningAfter(before) };
    const truth = market({ splits: [late(4, 1)] });
    const clock = { now: () => at.now };
    const first = await liveOver(yahooAt(truth, clock.now), clock).series(before);
    at.now = morningAfter(after);
    const again = await liveOver(yahooAt(truth, clock.now), clock).series(before);
    expect(again.close).toEqual(first.close);
    expect(again.volume).toEqual(first.volume);
    expect(again.notices).toEqual(first.notices);
  });

  it('but bars first kept divided become those of their day once the split is named, and it is said', async () => {
    const at = { now: morningAfter(day) };
    const truth = market({ splits: [late(4, 1)] });
    const { series, store } = liveOver(
      yahooAt(truth, () => at.now),
      { now: () => at.now },
    );
    const divided = await series(before);
    at.now = morningAfter(after);
    await series();
    const right = await series(before);
    expect(right.close).toEqual(divided.close.map((close) => close * 4));
    expect(right.notices.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['restated', 'corrected']));
    expect(store.corrections({ source: 'yahoo', symbol: 'TEST', interval: '1d' }, 5000).length).toBeGreaterThan(400);
    const today = await series();
    const steps = [...today.close].slice(1).map((close, index) => Math.abs(Math.log(close / today.close[index]!)));
    expect(Math.max(...steps)).toBeLessThan(0.016);
  });

  it('over later bars, dividends, splits told in time and late, for every day it was read on', async () => {
    const days = fc.integer({ min: 80, max: 130 });
    const ratio = fc.constantFrom([4, 1], [3, 2], [1, 10], [7, 1]);
    const lag = fc.integer({ min: 0, max: 3 });
    const splits = fc
      .array(fc.tuple(days, ratio, lag), { maxLength: 2 })
      .filter(([first, second]) => !second || Math.abs(first![0] - second[0]) >= 8);
    const dividends = fc.uniqueArray(fc.tuple(days, fc.integer({ min: 1, max: 40 })), {
      maxLength: 3,
      selector: ([index]) => index,
    });
    await fc.assert(
      fc.asyncProperty(splits, dividends, fc.integer({ min: 70, max: 79 }), async (given, paid, start) => {
        const truth = market({
          splits: given.map(([index, [numerator, denominator], days]) =>
            split(SESSIONS[index]!, {
              numerator: numerator!,
              denominator: denominator!,
              named: `${SESSIONS[index + days]!}T12:00:00Z`,
            }),
          ),
          dividends: paid.map(([index, permille]) => ({ day: SESSIONS[index]!, share: permille / 1000 })),
        });
        const at = { now: 0 };
        const { series } = liveOver(
          yahooAt(truth, () => at.now),
          { now: () => at.now },
        );
        const read: [string, unknown][] = [];
        for (let index = start; index < 138; index++) {
          at.now = morningAfter(SESSIONS[index]!);
          if (index === start)
            for (const past of [start - 30, start - 1]) read.push([SESSIONS[past]!, await series(SESSIONS[past])]);
          read.push([SESSIONS[index]!, await series(SESSIONS[index])]);
        }
        for (const [asOf, told] of read) expect(await series(asOf)).toEqual(told);
      }),
      { numRuns: 12 },
    );
  });

  it('and where a second split comes before the first is named, the day is refused by name until it can be told', async () => {
    const at = { now: 0 };
    const named = (index: number) => `${SESSIONS[index]!}T12:00:00Z`;
    const splits = [split(SESSIONS[127]!, { named: named(130) }), split(SESSIONS[128]!, { named: named(129) })];
    const { series } = liveOver(
      yahooAt(market({ splits }), () => at.now),
      { now: () => at.now },
    );
    const read: [string, Awaited<ReturnType<typeof series>>][] = [];
    for (let index = 125; index < 134; index++) {
      at.now = morningAfter(SESSIONS[index]!);
      read.push([SESSIONS[index]!, await series(SESSIONS[index])]);
    }
    const refused = read.filter(([, { notices }]) => notices.some(({ rule }) => rule === 'kept-bars'));
    expect(refused.map(([day]) => day)).toEqual([SESSIONS[128]]);
    expect(refused[0]![1].sessionsBehind).toBe(1);
    expect(refused[0]![1].close).toEqual(read[2]![1].close);
    for (const [asOf, told] of read.filter(([day]) => day !== SESSIONS[128])) expect(await series(asOf)).toEqual(told);
  });
});

describe('what is said of live bars', () => {
  it('names no split after the as-of, and counts nothing that lies after it', async () => {
    const at = { now: morningAfter(SESSIONS[120]!) };
    const truth = market({ splits: [split(SESSIONS[50]!), split(SESSIONS[100]!, { numerator: 2 })] });
    const { series } = liveOver(
      yahooAt(truth, () => at.now),
      { now: () => at.now },
    );
    const said = async (asOf: string) => (await series(asOf)).notices.map(({ rule, bars }) => [rule, bars]);
    expect(await said(SESSIONS[49]!)).toEqual([]);
    expect(await said(SESSIONS[50]!)).toEqual([['split-undone', 0]]);
    expect(await said(SESSIONS[99]!)).toEqual([['split-undone', 0]]);
    expect(await said(SESSIONS[100]!)).toEqual([
      ['split-undone', 0],
      ['split-undone', 0],
    ]);
  });

  it('of a correction only where the corrected bar is seen', async () => {
    const at = { now: morningAfter(SESSIONS[80]!) };
    const [truth, clock] = [market(), { now: () => at.now }];
    const honest = yahooAt(truth, clock.now);
    const corrected = async (...call: Parameters<typeof fetch>) => {
      const body = await (await honest(...call)).json();
      const { timestamp, indicators } = body.chart.result[0];
      const row = timestamp.indexOf((ms(SESSIONS[80]!) + 13.5 * 3_600_000) / 1000);
      if (at.now > morningAfter(SESSIONS[80]!) && row >= 0) indicators.quote[0].volume[row] = 5;
      return new Response(JSON.stringify(body));
    };
    const { series } = liveOver(corrected, clock);
    const before = await series(SESSIONS[79]);
    await series();
    at.now = morningAfter(SESSIONS[81]!);
    await series();
    expect(await series(SESSIONS[79])).toEqual(before);
    expect((await series(SESSIONS[80])).notices.find(({ rule }) => rule === 'corrected')?.sentence).toBe(
      `1 past bar was corrected by the source since first kept, the last time on ${new Date(at.now).toISOString().slice(0, 10)}`,
    );
  });
});

describe('holidays', () => {
  const read = async (sessions: string[], last: string, now: string, fail = false) => {
    const at = { now: morningAfter(last) };
    const extra = { fail: false };
    const { series } = liveOver(
      yahooAt(market({ sessions }), () => at.now, extra),
      { now: () => at.now },
    );
    await series();
    extra.fail = fail;
    at.now = ms(now);
    return series();
  };
  const closed = (...days: string[]) => weekdays('2019-11-01', 60, days);

  it.each([
    ['a week-end', closed(), '2019-11-15', '2019-11-18T14:00:00Z', 0],
    ['Christmas', closed('2019-12-25', '2019-12-26'), '2019-12-24', '2019-12-27T14:00:00Z', 2],
    [
      'six days in a row',
      closed('2019-12-23', '2019-12-24', '2019-12-25', '2019-12-26', '2019-12-27', '2019-12-30'),
      '2019-12-20',
      '2019-12-31T14:00:00Z',
      6,
    ],
  ])('are not missed sessions once the source was asked after them: %s', async (_, sessions, last, now, empty) => {
    const series = await read(sessions, last, now);
    expect(new Date(series.time.at(-1)!).toISOString().slice(0, 10)).toBe(last);
    expect(series.sessionsBehind).toBe(0);
    const said = series.notices.find(({ rule }) => rule === 'no-new-bars')?.sentence;
    if (empty === 0) expect(said).toBeUndefined();
    else expect(said).toContain(`${empty} sessions had ended since the last bar and had no bar of them`);
    expect(series.notices.map(({ rule }) => rule)).not.toContain('stale');
  });

  it('may be missed sessions where the source could not be asked', async () => {
    const series = await read(closed('2019-12-25', '2019-12-26'), '2019-12-24', '2019-12-27T14:00:00Z', true);
    expect(series.sessionsBehind).toBe(2);
    expect(series.notices.map(({ rule }) => rule)).toEqual(['kept-bars', 'stale']);
  });

  it('do not last longer than six sessions: a source that goes on answering with old bars is stale', async () => {
    const until = weekdays('2019-11-01', 60).filter((day) => day <= '2019-12-13');
    expect((await read(until, '2019-12-13', '2019-12-24T14:00:00Z')).sessionsBehind).toBe(0);
    const stopped = await read(until, '2019-12-13', '2019-12-25T14:00:00Z');
    expect(stopped.sessionsBehind).toBe(7);
    expect(stopped.notices.map(({ rule }) => rule)).toEqual(['stale']);
  });
});
