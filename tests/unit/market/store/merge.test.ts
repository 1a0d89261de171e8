import { describe, expect, test } from 'vitest';
import { buildSeries } from '../../../../electron/engine/market/series.ts';
import { createRemoteStore } from '../../../../electron/engine/market/store/index.ts';
import { thrownBy } from '../support.ts';
import { DAY, daily, fetched, isoDate, KEY, LATER, META, manyBars, type Row } from './support.ts';

/** A store in memory that holds `rows`. */
function storeOf(rows: readonly Row[]) {
  const store = createRemoteStore(null);
  store.merge(KEY, fetched(daily(rows)));
  return store;
}

const closesOf = (store: ReturnType<typeof storeOf>) => Array.from(store.read(KEY)!.raw.close);
const WEEK: Row[] = [
  ['2020-01-06', 100, 50],
  ['2020-01-07', 101, 50.5],
  ['2020-01-08', 102, 51],
  ['2020-01-09', 103, 51.5],
  ['2020-01-10', 104, 52],
];

describe('bars of a remote source', () => {
  test('are kept as delivered, with where they begin and end', () => {
    const store = createRemoteStore(null);
    expect(store.read(KEY)).toBeNull();
    expect(store.merge(KEY, fetched(daily(WEEK)))).toEqual({
      added: 5,
      corrected: 0,
      unchanged: 0,
      unfinished: 0,
      ignored: 0,
      adjCloseFactor: 1,
      priceFactor: 1,
      joined: 'yes',
      problem: null,
    });
    const kept = store.read(KEY)!;
    expect(kept.raw).toEqual(daily(WEEK));
    expect([isoDate(kept.first), isoDate(kept.last), kept.fetchedAt, kept.meta]).toEqual([
      '2020-01-06',
      '2020-01-10',
      LATER,
      META,
    ]);
  });

  test('grow by what is new', () => {
    const store = storeOf(WEEK.slice(0, 3));
    const report = store.merge(KEY, fetched(daily(WEEK.slice(1))));
    expect(report).toMatchObject({ added: 2, corrected: 0, unchanged: 2, joined: 'yes' });
    expect(store.read(KEY)!.raw).toEqual(daily(WEEK));
    expect(store.corrections(KEY)).toEqual([]);
  });

  test('have the same hash whichever way they came, and another when one value differs', () => {
    const hash = (...parts: Row[][]) => {
      const store = createRemoteStore(null);
      for (const part of parts) store.merge(KEY, fetched(daily(part)));
      return store.read(KEY)!.contentHash;
    };
    expect(hash(WEEK.slice(0, 3), WEEK.slice(1))).toBe(hash(WEEK));
    expect(hash(WEEK.slice(2), WEEK)).toBe(hash(WEEK));
    expect(hash([...WEEK.slice(0, 4), ['2020-01-10', 104.01, 52]])).not.toBe(hash(WEEK));
  });

  test('older bars fetched later go in front', () => {
    const store = storeOf(WEEK.slice(3));
    expect(store.merge(KEY, fetched(daily(WEEK)))).toMatchObject({ added: 3, unchanged: 2 });
    expect(store.read(KEY)!.raw).toEqual(daily(WEEK));
  });

  test('in any order and with repeated times: sorted, the first of a time counts, the others are counted', () => {
    const store = createRemoteStore(null);
    const rows: Row[] = [WEEK[2]!, WEEK[0]!, ['2020-01-06', 999, 999], WEEK[1]!];
    const raw = daily(rows);
    raw.time[3] = Number.NaN;
    expect(store.merge(KEY, fetched(raw))).toMatchObject({ added: 2, ignored: 2 });
    expect(closesOf(store)).toEqual([100, 102]);
  });

  test('a bar that has not ended at the fetch is not kept, and no correction when it has', () => {
    const store = createRemoteStore(null);
    const evening = Date.parse('2020-01-10T20:00:00-05:00');
    expect(store.merge(KEY, fetched(daily(WEEK), evening))).toMatchObject({ added: 4, unfinished: 1 });
    const finished = [...WEEK.slice(0, 4), ['2020-01-10', 110, 55]] as Row[];
    expect(store.merge(KEY, fetched(daily(finished), evening + DAY))).toMatchObject({ added: 1, corrected: 0 });
    expect(closesOf(store).at(-1)).toBe(110);
    expect(store.corrections(KEY)).toEqual([]);
  });

  const notice = (rule: string, at: string[] | null, effect: 'info' | 'dropped' = 'info') =>
    ({ rule, effect, bars: 0, sentence: rule, at: at?.map((date) => Date.parse(date)) ?? null }) as const;

  test('carry what was said of them; a bar that comes clean later is no longer spoken of', () => {
    const store = createRemoteStore(null);
    const said = (at: string[]) => [notice('pence', null), notice('event-row', at, 'dropped')];
    store.merge(KEY, { ...fetched(daily(WEEK)), notices: said(['2020-01-06', '2020-01-08', '2020-01-09']) });
    store.merge(KEY, {
      ...fetched(daily(WEEK.slice(2))),
      from: Date.parse('2020-01-08'),
      notices: said(['2020-01-09']),
    });
    expect(store.read(KEY)!.notices).toEqual(said(['2020-01-06', '2020-01-09']));
    store.merge(KEY, { ...fetched(daily(WEEK)), from: Date.parse('2020-01-01'), notices: [notice('pence', null)] });
    expect(store.read(KEY)!.notices).toEqual([notice('pence', null)]);
  });

  test('tell an event of kept bars that comes late from the next bar on, and the same ever after', () => {
    const store = createRemoteStore(null);
    const told = (rows: Row[], at: string[]) =>
      store.merge(KEY, { ...fetched(daily(rows)), notices: at.length > 0 ? [notice('split-undone', at)] : [] });
    told(WEEK.slice(0, 4), []);
    told(WEEK, ['2020-01-08']);
    const from = Date.parse('2020-01-09') + 1;
    expect(store.read(KEY)!.notices.map(({ at }) => at)).toEqual([[from]]);
    told(WEEK, ['2020-01-08']);
    told(WEEK.slice(4), []);
    expect(store.read(KEY)!.notices.map(({ at }) => at)).toEqual([[from]]);
  });

  test('are spoken of in fifty dated notices at most, the newest', () => {
    const store = createRemoteStore(null);
    const many = Array.from({ length: 80 }, (_, index) => ({
      ...notice('split-undone', null),
      sentence: `split ${index}`,
      at: [Date.parse('2020-01-06') + index],
    }));
    store.merge(KEY, { ...fetched(daily(WEEK)), notices: [...many, notice('pence', null)] });
    const kept = store.read(KEY)!.notices;
    expect([kept.length, kept[0]!.rule, kept[1]!.sentence]).toEqual([51, 'pence', 'split 30']);
  });

  test('columns of unequal length are refused', () => {
    const raw = { ...daily(WEEK), high: new Float64Array(3) };
    expect(thrownBy(() => createRemoteStore(null).merge(KEY, fetched(raw))).code).toBe('INVALID_INPUT');
  });

  test('a hole is told where the fetched bars meet none of the kept', () => {
    const minutes = { ...KEY, interval: '1m' } as const;
    const store = createRemoteStore(null);
    const bars = (rows: Row[]) => ({ ...daily(rows), adjClose: null });
    store.merge(minutes, fetched(bars(WEEK.slice(0, 2))));
    expect(store.merge(minutes, fetched(bars(WEEK.slice(3))))).toMatchObject({ added: 2, joined: 'beside' });
    expect(store.read(minutes)!.raw.time).toHaveLength(4);
  });

  test('adjusted closes cannot be joined across a hole: the newly fetched bars take the place of the kept', () => {
    const store = storeOf(WEEK.slice(0, 2));
    expect(store.merge(KEY, fetched(daily(WEEK.slice(3))))).toMatchObject({ added: 2, joined: 'replaced' });
    expect(closesOf(store)).toEqual([103, 104]);
  });
});

describe('a correction', () => {
  test('stands, and what it replaced is logged', () => {
    const store = storeOf(WEEK);
    const corrected = WEEK.map((row) => (row[0] === '2020-01-08' ? (['2020-01-08', 102, 51, 2500] as const) : row));
    expect(store.merge(KEY, fetched(daily(corrected), LATER + 7))).toMatchObject({ corrected: 1, unchanged: 4 });
    expect(store.corrections(KEY)).toEqual([
      { time: Date.parse('2020-01-08'), column: 'volume', before: 1000, after: 2500, seenAt: LATER + 7 },
    ]);
    expect(store.read(KEY)!.raw.volume![2]).toBe(2500);
  });

  test('of a price names every cell it touched, newest first, and counts one bar', () => {
    const store = storeOf(WEEK.map(([date, close]) => [date, close]));
    const corrected = WEEK.map(([date, close]) => [date, date === '2020-01-09' ? 90 : close] as const);
    expect(store.merge(KEY, fetched(daily(corrected)))).toMatchObject({ corrected: 1 });
    expect(store.corrections(KEY).map(({ column, before, after }) => [column, before, after])).toEqual([
      ['close', 103, 90],
      ['low', 101, 88],
      ['high', 104, 91],
      ['open', 102, 89],
    ]);
    expect(store.corrections(KEY, 1)).toHaveLength(1);
  });

  test.each([
    ['a last digit', 100.00000001, 0],
    ['a cent', 100.01, 1],
  ])('a close that moved from 100 dollars by %s (to %d) corrects %i bars', (_, close, bars) => {
    const store = storeOf([['2020-01-06', 100]]);
    expect(store.merge(KEY, fetched({ ...daily([['2020-01-06', 100]]), close: Float64Array.of(close) }))).toMatchObject(
      {
        corrected: bars,
      },
    );
  });

  test('a price of 32 bits is the same price as of 64', () => {
    const store = storeOf([['2020-01-06', 27.13]]);
    const rounded = { ...daily([['2020-01-06', 27.13]]), close: Float64Array.of(Math.fround(27.13)) };
    expect(store.merge(KEY, fetched(rounded))).toMatchObject({ corrected: 0, unchanged: 1 });
    expect(closesOf(store)).toEqual([27.13]);
  });

  test('a value that came missing is filled, a value that goes missing corrects nothing', () => {
    const store = storeOf([['2020-01-06', Number.NaN]]);
    expect(store.merge(KEY, fetched(daily([['2020-01-06', 5]])))).toMatchObject({ corrected: 1 });
    expect(store.merge(KEY, fetched(daily([['2020-01-06', Number.NaN]])))).toMatchObject({ corrected: 0 });
    expect(closesOf(store)).toEqual([5]);
    expect(store.corrections(KEY).find(({ column }) => column === 'close')).toMatchObject({
      before: Number.NaN,
      after: 5,
    });
  });

  test.each([-5, 0, 1e-300, 1e300])('a price of %d, which nothing can have, corrects nothing', (price) => {
    const store = storeOf([['2020-01-06', 5]]);
    const { open, ...rest } = daily([['2020-01-06', 5]]);
    const report = store.merge(KEY, fetched({ ...rest, open, close: Float64Array.of(price) }));
    expect([report.corrected, closesOf(store)]).toEqual([0, [5]]);
  });

  test('at most 1,000 are kept', () => {
    const store = createRemoteStore(null);
    store.merge(KEY, fetched(manyBars(1500)));
    const other = manyBars(1500);
    store.merge(KEY, fetched({ ...other, volume: other.volume!.map((value) => value + 1e5) }));
    expect(store.corrections(KEY, 5000)).toHaveLength(1000);
  });
});

describe('a dividend or split', () => {
  /** Yahoo's answer after a dividend of 2 % on the 13th: every older adjusted close is lower by that. */
  const AFTER_DIVIDEND: Row[] = [
    ['2020-01-08', 102, 51 * 0.98],
    ['2020-01-09', 103, 51.5 * 0.98],
    ['2020-01-10', 104, 52 * 0.98],
    ['2020-01-13', 100, 50],
  ];

  test('corrects no price and moves no kept value; the new bar joins the kept basis', () => {
    const store = storeOf(WEEK);
    const report = store.merge(KEY, fetched(daily(AFTER_DIVIDEND)));
    expect(report).toMatchObject({ added: 1, corrected: 0, unchanged: 3 });
    expect(report.adjCloseFactor).toBeCloseTo(0.98, 12);
    const { adjClose, close } = store.read(KEY)!.raw;
    expect(Array.from(adjClose!.subarray(0, 5))).toEqual([50, 50.5, 51, 51.5, 52]);
    const factor = (bar: number) => adjClose![bar]! / close[bar]!;
    expect(factor(4) / factor(5)).toBeCloseTo(0.98, 12);
  });

  test('changes nothing of a window read before, to the last bit', () => {
    const store = storeOf(WEEK);
    const meta = { ...META, source: 'csv', interval: '1d', sourceNotices: [] } as const;
    const asOfFriday = () => buildSeries(store.read(KEY)!.raw, meta, '2020-01-10', LATER);
    const before = asOfFriday();
    store.merge(KEY, fetched(daily(AFTER_DIVIDEND)));
    expect(asOfFriday()).toEqual(before);
    const today = buildSeries(store.read(KEY)!.raw, meta, undefined, LATER);
    expect(today.close.at(-1)).toBe(100);
    expect(today.close.at(-2)).toBeCloseTo(104 * 0.98, 10);
  });

  test('that the source tells late is a correction of the adjusted closes after it, none of prices', () => {
    const store = storeOf(WEEK);
    const late: Row[] = WEEK.map(([date, close, adj]) => [date, close, date < '2020-01-09' ? adj! * 0.98 : adj!]);
    const report = store.merge(KEY, fetched(daily(late.slice(1))));
    expect(report).toMatchObject({ corrected: 2, unchanged: 2 });
    expect(new Set(store.corrections(KEY).map(({ column }) => column))).toEqual(new Set(['adjClose']));
    const { adjClose, close } = store.read(KEY)!.raw;
    const factors = Array.from(adjClose!, (adj, bar) => adj / close[bar]!);
    for (const bar of [0, 1, 2]) expect(factors[bar]! / factors[4]!).toBeCloseTo(0.98, 12);
    expect(factors[3]! / factors[4]!).toBeCloseTo(1, 12);
  });

  test('a split in a source that sends adjusted closes only where there is one: the factor jumps there and nowhere else', () => {
    const minutes = { ...KEY, interval: '1m' } as const;
    const store = createRemoteStore(null);
    const plain = (rows: Row[]) => daily(rows.map(([date, close]) => [date, close]));
    const factors = () => {
      const { adjClose, close } = store.read(minutes)!.raw;
      return Array.from(adjClose!, (adj, bar) => adj / close[bar]!);
    };
    store.merge(minutes, fetched(plain(WEEK.slice(0, 3))));
    const split: Row[] = [
      ['2020-01-08', 102, 51],
      ['2020-01-09', 50, 50],
    ];
    expect(store.merge(minutes, fetched(daily(split)))).toMatchObject({ added: 1, corrected: 0, adjCloseFactor: 0.5 });
    expect(factors()).toEqual([1, 1, 1, 2]);
    const after: Row[] = [
      ['2020-01-09', 50],
      ['2020-01-10', 51],
    ];
    expect(store.merge(minutes, fetched(plain(after)))).toMatchObject({ added: 1, corrected: 0 });
    expect(factors()).toEqual([1, 1, 1, 2, 2]);
  });

  test('a split in a source that rewrites its past without naming it: kept prices stay, the step goes into the bars after', () => {
    const rows: Row[] = WEEK.map(([date, close]) => [date, close]);
    const store = storeOf(rows);
    const halved = daily([...rows.slice(1), ['2020-01-13', 106]]);
    for (const name of ['open', 'high', 'low', 'close'] as const)
      halved[name] = halved[name]!.map((price) => price / 2);
    halved.volume = halved.volume!.map((volume) => volume * 2);
    expect(store.merge(KEY, fetched(halved))).toMatchObject({ added: 1, corrected: 0, unchanged: 4, priceFactor: 0.5 });
    expect(closesOf(store)).toEqual([100, 101, 102, 103, 104, 53]);
    const { adjClose, close, volume } = store.read(KEY)!.raw;
    expect(Array.from(adjClose!, (adjusted, bar) => adjusted / close[bar]!)).toEqual([1, 1, 1, 1, 1, 2]);
    expect(Array.from(volume!)).toEqual([1000, 1000, 1000, 1000, 1000, 2000]);
    const meta = { ...META, source: 'csv', interval: '1d', sourceNotices: [] } as const;
    const { close: shown, volume: traded } = buildSeries(store.read(KEY)!.raw, meta, undefined, LATER);
    expect([...shown]).toEqual([50, 50.5, 51, 51.5, 52, 53]);
    expect([...traded!]).toEqual([2000, 2000, 2000, 2000, 2000, 2000]);
  });

  test('a source that takes each dividend off all its past prices: kept prices stay, and a correction is still seen', () => {
    const rows: Row[] = WEEK.map(([date, close]) => [date, close]);
    const store = storeOf(rows);
    const shown = [...rows, ['2020-01-13', 105] as Row].map(
      ([date, close], bar) => [date, bar < 5 ? close * 0.99 : close] as Row,
    );
    const raw = daily(shown);
    for (const name of ['open', 'high', 'low'] as const)
      raw[name] = daily([...rows, ['2020-01-13', 105]])[name]!.map((price, bar) => price * (bar < 5 ? 0.99 : 1));
    raw.high![2] = 120 * 0.99;
    expect(store.merge(KEY, fetched(raw))).toMatchObject({ added: 1, corrected: 1 });
    expect(closesOf(store)).toEqual([100, 101, 102, 103, 104, 105]);
    expect(store.corrections(KEY)).toMatchObject([{ column: 'high', before: 103 }]);
    expect(store.corrections(KEY)[0]!.after).toBeCloseTo(120, 9);
    const { adjClose, close } = store.read(KEY)!.raw;
    expect(adjClose![5]! / close[5]!).toBeCloseTo(1 / 0.99, 12);
  });

  test('prices a hundredth of the kept ones with the same volume are corrections, each logged, no split', () => {
    const rows: Row[] = WEEK.map(([date, close]) => [date, close]);
    const store = storeOf(rows);
    const pounds = daily(rows);
    pounds.close = pounds.close.map((price) => price / 100);
    expect(store.merge(KEY, fetched(pounds))).toMatchObject({ corrected: 5, priceFactor: 1 });
    expect(store.corrections(KEY)).toHaveLength(5);
  });
});

describe('from where to fetch', () => {
  const from = Date.parse('2019-01-01');

  test('everything that is wanted where nothing is kept or nothing that old was asked for', () => {
    expect(createRemoteStore(null).fetchFrom(KEY, from)).toBe(from);
    expect(storeOf(WEEK).fetchFrom(KEY, from)).toBe(from);
  });

  test('the last five bars where all before them is kept; also from before the first bar there is', () => {
    const store = createRemoteStore(null);
    const bars = manyBars(30);
    store.merge(KEY, fetched(bars));
    expect(store.fetchFrom(KEY, Date.UTC(2000, 0, 1))).toBe(bars.time[25]);
    expect(store.fetchFrom(KEY, LATER)).toBe(bars.time[25]);
    expect(store.fetchFrom(KEY, LATER, 2)).toBe(bars.time[28]);
    const early = Date.UTC(1999, 0, 1);
    store.merge(KEY, { ...fetched(bars), from: early });
    expect(store.fetchFrom(KEY, early)).toBe(bars.time[25]);
  });

  test('everything again after a drop', () => {
    const store = storeOf(WEEK);
    store.drop(KEY);
    expect([store.read(KEY), store.fetchFrom(KEY, from), store.list()]).toEqual([null, from, []]);
  });
});
