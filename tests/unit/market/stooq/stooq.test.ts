import { describe, expect, it } from 'vitest';
import { checkOverlap } from '../../../../electron/engine/market/remote/overlap.ts';
import { createStooq } from '../../../../electron/engine/market/stooq/index.ts';
import type { RawColumns } from '../../../../electron/engine/market/types.ts';
import { answering, dates, ms, NOW } from '../../../support/yahoo-fixtures.ts';
import { rejectedBy, thrownBy } from '../support.ts';

const HEADER = 'Date,Open,High,Low,Close,Volume';
const GOOD = `${HEADER}\r\n2020-06-10,100,102,99,101,5000\r\n2020-06-11,101,103,100,102,6000\r\n2020-06-12,102,104,101,103,7000\r\n`;
const request = { symbol: 'AAPL', interval: '1d', from: ms('2020-06-01'), to: NOW } as const;

function stooqOver(fetchStub: typeof fetch, apiKey?: string) {
  return createStooq({
    fetch: fetchStub,
    clock: { now: () => NOW },
    sleep: async () => undefined,
    ...(apiKey ? { apiKey } : {}),
  });
}
const barsOf = (text: string, status = 200) => stooqOver(answering(text, { status })).bars(request);

describe('daily bars from Stooq', () => {
  it('are read as written, and it is said that they are adjusted at the source', async () => {
    const { raw, meta, notices } = await barsOf(GOOD);
    expect(dates(raw)).toEqual(['2020-06-10', '2020-06-11', '2020-06-12']);
    expect([raw.open![1], raw.high![1], raw.low![1], raw.close[1], raw.volume![1]]).toEqual([101, 103, 100, 102, 6000]);
    expect(raw.adjClose).toBeNull();
    expect(meta).toEqual({
      ...{
        symbol: 'aapl.us',
        name: null,
        currency: 'USD',
        timezone: 'America/New_York',
        exchange: null,
        kind: 'equity',
      },
    });
    expect(notices.map(({ rule }) => rule)).toEqual(['adjusted-at-source']);
  });

  it('are asked for at the address of the days wanted, with the key of the user where there is one', async () => {
    const asked: string[] = [];
    const note: typeof fetch = async (input) => {
      asked.push(String(input));
      return new Response(GOOD);
    };
    await stooqOver(note).bars({ ...request, to: ms('2020-06-13') });
    await stooqOver(note, 'k1').bars({ ...request, symbol: '^GSPC', to: ms('2020-06-13') });
    expect(asked).toEqual([
      'https://stooq.com/q/d/l/?s=aapl.us&i=d&d1=20200601&d2=20200612',
      'https://stooq.com/q/d/l/?s=%5Espx&i=d&d1=20200601&d2=20200612&apikey=k1',
    ]);
  });

  it.each([
    ['nothing', '', 200, 'SOURCE_ANSWER_BAD', /it is empty/],
    ['"No data"', 'No data', 200, 'UNKNOWN_SYMBOL', /AAPL is not in Stooq/],
    ['"Brak danych"', 'Brak danych', 200, 'UNKNOWN_SYMBOL', /AAPL is not in Stooq/],
    ['its daily limit', 'Exceeded the daily hits limit', 200, 'SOURCE_LIMITED', /wait until tomorrow/],
    [
      'a demand for a key',
      'Get your apikey:\n1. Open https://stooq.com/q/d/?s=aapl.us&get_apikey',
      200,
      'SOURCE_KEY_NEEDED',
      /key of your own/,
    ],
    [
      'a demand for a key as a page',
      '<html>Open ?s=spy.us&get_apikey</html>',
      200,
      'SOURCE_KEY_NEEDED',
      /key of your own/,
    ],
    ['a web page', '<html><body>captcha</body></html>', 200, 'SOURCE_ANSWER_BAD', /a web page/],
    ['JSON', '{"error":1}', 200, 'SOURCE_ANSWER_BAD', /first line/],
    ['another header', 'Date,Close\n2020-06-10,1', 200, 'SOURCE_ANSWER_BAD', /first line/],
    ['a last line cut in its date', GOOD.slice(0, -28), 200, 'SOURCE_ANSWER_BAD', /last line/],
    [
      'a last line cut in its prices',
      `${HEADER}\n2020-06-10,100,102,99,101,5000\n2020-06-11,101,10`,
      200,
      'SOURCE_ANSWER_BAD',
      /last line/,
    ],
    [
      'a date that does not exist',
      `${HEADER}\n2020-02-30,1,1,1,1,1\n2020-06-11,1,1,1,1,1`,
      200,
      'SOURCE_ANSWER_BAD',
      /not a bar/,
    ],
    [
      'too many cells',
      `${HEADER}\n2020-06-10,1,1,1,1,1,1\n2020-06-11,1,1,1,1,1`,
      200,
      'SOURCE_ANSWER_BAD',
      /not a bar/,
    ],
    ['bars of 2031', `${HEADER}\n2031-06-10,1,1,1,1,1`, 200, 'SOURCE_LYING', /2031-06-10, later than the clock/],
    ['a status nobody expects', GOOD, 404, 'SOURCE_ANSWER_BAD', /status 404/],
    ['a redirect', '', 302, 'SOURCE_ANSWER_BAD', /status 302/],
  ])('%s is refused', async (_, text, status, code, words) => {
    const error = await rejectedBy(barsOf(text, status));
    expect(error.code).toBe(code);
    expect(error.sentence).toMatch(words);
  });

  it('weekly bars under the name of daily ones are refused', async () => {
    const rows = Array.from({ length: 12 }, (_, week) => {
      const date = new Date(ms('2020-03-06') + week * 7 * 86_400_000).toISOString().slice(0, 10);
      return `${date},1,1,1,1,1`;
    });
    expect((await rejectedBy(barsOf([HEADER, ...rows].join('\n')))).sentence).toContain('7 days apart, but 1d bars');
  });

  it('a cell that is no number is missing, a day without trades may lack its volume', async () => {
    const { raw } = await barsOf(`${HEADER}\n2020-06-10,100,102,99,N/A,5000\n2020-06-11,101,103,100,102`);
    expect([...raw.close]).toEqual([Number.NaN, 102]);
    expect([...raw.volume!]).toEqual([5000, Number.NaN]);
  });

  it('newest first is put in order and said', async () => {
    const { raw, notices } = await barsOf(`${HEADER}\n2020-06-11,1,1,1,1,1\n2020-06-10,2,2,2,2,2\n`);
    expect(dates(raw)).toEqual(['2020-06-10', '2020-06-11']);
    expect(notices.map(({ rule }) => rule)).toContain('put-in-order');
  });

  it.each([
    ['VOD.L', 'UNKNOWN_SYMBOL'],
    ['^FTSE', 'UNKNOWN_SYMBOL'],
    ['ZC=F', 'UNKNOWN_SYMBOL'],
  ])('%s has no name there that is sure', async (symbol, code) => {
    expect((await rejectedBy(stooqOver(answering(GOOD)).bars({ ...request, symbol }))).code).toBe(code);
  });

  it('hours are not offered', async () => {
    const error = await rejectedBy(stooqOver(answering(GOOD)).bars({ ...request, interval: '1h' }));
    expect(error.sentence).toBe(
      'Stooq does not offer these bars of AAPL: it gives daily bars only; ask for 1d, or ask another source.',
    );
  });
});

describe('new bars beside kept ones', () => {
  const claim = { source: 'Yahoo', symbol: 'TEST' };
  const columns = (closes: number[], firstDay = 0): RawColumns => ({
    time: Float64Array.from(closes, (_, index) => (index + firstDay) * 86_400_000),
    ...{ open: null, high: null, low: null, adjClose: null, volume: null },
    close: Float64Array.from(closes),
  });
  const kept = columns([100, 101, 102, 103, 104]);

  it('agree', () => {
    expect(checkOverlap(columns([103, 104, 105], 3), kept, [], claim)).toEqual({ bars: 2, ratio: 1, split: null });
  });

  it('agree where one bar was corrected', () => {
    expect(checkOverlap(columns([100, 300, 102]), kept, [], claim)).toMatchObject({ ratio: 1, split: null });
  });

  it('cannot be compared where none is common', () => {
    expect(checkOverlap(columns([5, 6], 90), kept, [], claim)).toEqual({ bars: 0, ratio: 1, split: null });
  });

  it.each([
    [
      '100 times',
      [10_000, 10_100, 10_200],
      'they are 100 times those kept (median of 3 bars), as where pence and pounds are mixed up',
    ],
    [
      'a hundredth',
      [1, 1.01, 1.02],
      'they are a 100th part of those kept (median of 3 bars), as where pence and pounds are mixed up',
    ],
    [
      'of something else',
      [371, 380, 383],
      'they are 3.75 times those kept (median of 3 bars), and no split explains it',
    ],
  ])('are refused when they are %s', (_, closes, problem) => {
    const error = thrownBy(() => checkOverlap(columns(closes), kept, [], claim));
    expect(error).toMatchObject({ code: 'SOURCE_LYING', details: { source: 'Yahoo', symbol: 'TEST', problem } });
  });

  it.each([
    ['pence after pounds', [104, 105, 10_600], [], 'that of 1970-01-07 is 101 times the one before it, as where pence'],
    ['pounds after pence', [104, 1.05], [], 'that of 1970-01-06 is a 99th part of the one before it, as where pence'],
    ['pence without a common bar', [10_500], [], 'that of 1970-01-06 is 101 times'],
  ])('are refused where only those that are new are of another unit: %s', (_, closes, splits, problem) => {
    const fresh = columns(closes, closes[0] === 104 ? 4 : 5);
    expect(thrownBy(() => checkOverlap(fresh, kept, splits, claim)).sentence).toContain(problem);
  });

  it('may fall by as much within a day, or at a split that is told', () => {
    const fresh = columns([104, 1.05], 4);
    expect(checkOverlap({ ...fresh, open: Float64Array.of(104, 103) }, kept, [], claim).bars).toBe(1);
    expect(checkOverlap(fresh, kept, [{ time: 5 * 86_400_000, ratio: 100 }], claim).bars).toBe(1);
  });

  it('are explained by an announced split, also one of 100', () => {
    expect(checkOverlap(columns([1, 1.01, 1.02]), kept, [{ time: 0, ratio: 100 }], claim).split).toBe(100);
  });

  it('are explained by an exact small fraction, though nothing was announced', () => {
    expect(checkOverlap(columns([25, 25.25, 25.5]), kept, [], claim).split).toBe(4);
    expect(checkOverlap(columns([1000, 1010, 1020]), kept, [], claim).split).toBeCloseTo(0.1);
  });
});
