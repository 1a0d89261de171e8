/** Answers that are wrong, each with the error or the notice it must end in. */
import { describe, expect, it, vi } from 'vitest';
import { buildSeries } from '../../../../electron/engine/market/series.ts';
import type { Interval } from '../../../../shared/domain/index.ts';
import {
  answering,
  barsOf,
  type ChartParts,
  chartBody,
  dates,
  ms,
  NOW,
  seconds,
  yahooOver,
} from '../../../support/yahoo-fixtures.ts';
import { rejectedBy } from '../support.ts';

const request = { symbol: 'TEST', interval: '1d', from: ms('1990-01-01'), to: NOW } as const;
const chartError = (code: string, description: string) => ({ chart: { result: null, error: { code, description } } });
const day = (count: number, start = '2020-06-01T13:30:00Z') =>
  Array.from({ length: count }, (_, index) => seconds(start) + index * 86_400);

/** name, body, status, code, words of the sentence */
const REFUSED: [string, unknown, number, string, RegExp][] = [
  ['a web page', '<!DOCTYPE html><html><body>Will be right back</body></html>', 200, 'SOURCE_ANSWER_BAD', /a web page/],
  ['a web page after a byte order mark', '\uFEFF  <html>', 200, 'SOURCE_ANSWER_BAD', /a web page/],
  ['nothing', '', 200, 'SOURCE_ANSWER_BAD', /it is empty/],
  ['blanks', '  \n', 200, 'SOURCE_ANSWER_BAD', /it is empty/],
  ['plain words', 'Too Many Requests', 200, 'SOURCE_ANSWER_BAD', /text came instead of data/],
  ['JSON cut off', JSON.stringify(chartBody()).slice(0, 700), 200, 'SOURCE_ANSWER_BAD', /cut off or broken/],
  ['JSON with rubbish behind it', `${JSON.stringify(chartBody())}}}`, 200, 'SOURCE_ANSWER_BAD', /cut off or broken/],
  ['a list', [1, 2, 3], 200, 'SOURCE_ANSWER_BAD', /text came instead/],
  ['an object without a chart', { finance: { result: [] } }, 200, 'SOURCE_ANSWER_BAD', /form/],
  ['an empty object', {}, 200, 'SOURCE_ANSWER_BAD', /form/],
  ['a chart that is null', { chart: null }, 200, 'SOURCE_ANSWER_BAD', /form/],
  ['no result and no error', { chart: { result: null, error: null } }, 200, 'UNKNOWN_SYMBOL', /TEST is not in Yahoo/],
  ['an empty result', { chart: { result: [], error: null } }, 200, 'UNKNOWN_SYMBOL', /TEST is not in Yahoo/],
  [
    'a delisted symbol, 404',
    chartError('Not Found', 'No data found, symbol may be delisted'),
    404,
    'UNKNOWN_SYMBOL',
    /Yahoo/,
  ],
  [
    'a delisted symbol, 200',
    chartError('Not Found', 'No data found, symbol may be delisted'),
    200,
    'UNKNOWN_SYMBOL',
    /Yahoo/,
  ],
  ['404 without words', '', 404, 'UNKNOWN_SYMBOL', /Yahoo/],
  [
    'no bars in these days',
    chartError('Bad Request', "Data doesn't exist for startDate = 1, endDate = 2"),
    400,
    'RANGE_NOT_OFFERED',
    /it has none for these days/,
  ],
  [
    'a refused crumb',
    { finance: { result: null, error: { code: 'Unauthorized', description: 'Invalid Crumb' } } },
    401,
    'SOURCE_ANSWER_BAD',
    /status 401/,
  ],
  ['a forbidden address', '<html>Forbidden</html>', 403, 'SOURCE_ANSWER_BAD', /status 403/],
  ['a status nobody knows', 'teapot', 418, 'SOURCE_ANSWER_BAD', /status 418/],
  [
    'an error without a code',
    { chart: { result: null, error: { description: 'x' } } },
    200,
    'SOURCE_ANSWER_BAD',
    /form/,
  ],
  [
    'prices in words',
    chartBody({ quote: { close: ['1,004', 'b', 'c'] } }),
    200,
    'SOURCE_ANSWER_BAD',
    /something else where numbers belong/,
  ],
  [
    'an object among the prices',
    chartBody({ quote: { close: [1, {}, 3] } }),
    200,
    'SOURCE_ANSWER_BAD',
    /something else where numbers/,
  ],
  ['no closes', chartBody({ quote: { close: undefined } }), 200, 'SOURCE_ANSWER_BAD', /form/],
  [
    'a time that is null',
    chartBody({ timestamps: [null, ...day(2)] }),
    200,
    'SOURCE_ANSWER_BAD',
    /where numbers belong/,
  ],
  [
    'times in words',
    chartBody({ timestamps: ['2020-06-01'] }),
    200,
    'SOURCE_ANSWER_BAD',
    /something else where numbers belong/,
  ],
  ['fewer closes than times', chartBody({ quote: { close: [100] } }), 200, 'SOURCE_ANSWER_BAD', /different lengths/],
  [
    'more adjusted closes than times',
    chartBody({ adjclose: [1, 2, 3, 4] }),
    200,
    'SOURCE_ANSWER_BAD',
    /different lengths/,
  ],
  [
    'no meta',
    { chart: { result: [{ timestamp: [], indicators: { quote: [{}] } }], error: null } },
    200,
    'SOURCE_ANSWER_BAD',
    /form/,
  ],
  [
    'a zone that is none',
    chartBody({ meta: { exchangeTimezoneName: 'Mars/Olympus' } }),
    200,
    'SOURCE_ANSWER_BAD',
    /time zone/,
  ],
  ['a currency that is none', chartBody({ meta: { currency: '<b>' } }), 200, 'SOURCE_ANSWER_BAD', /currency/],
  ['another symbol', chartBody({ symbol: 'META' }), 200, 'SYMBOL_RENAMED', /answered for META when asked for TEST/],
  ['a symbol that is markup', chartBody({ symbol: '<script>' }), 200, 'SYMBOL_RENAMED', /answered for something else/],
  [
    'weekly bars said so',
    chartBody({ meta: { dataGranularity: '1wk' } }),
    200,
    'SOURCE_LYING',
    /1wk bars, but 1d bars were asked for/,
  ],
  [
    'weekly bars not said so',
    chartBody({ timestamps: day(80, '2020-03-02T14:30:00Z').filter((_, i) => i % 7 === 0) }),
    200,
    'SOURCE_LYING',
    /7 days apart/,
  ],
  [
    'hourly bars for days',
    chartBody({ timestamps: day(60).map((_, i) => seconds('2020-06-01T13:30:00Z') + i * 3600) }),
    200,
    'SOURCE_LYING',
    /apart, but 1d/,
  ],
  [
    'bars of the year 2031',
    chartBody({ timestamps: [...day(2), seconds('2031-01-02T14:30:00Z')] }),
    200,
    'SOURCE_LYING',
    /are of 2031-01-02, later than the clock/,
  ],
  [
    'times in milliseconds',
    chartBody({ timestamps: day(3).map((time) => time * 1000) }),
    200,
    'SOURCE_LYING',
    /later than the clock/,
  ],
  [
    'bars of the year 1700',
    chartBody({ timestamps: [seconds('1700-01-01T00:00:00Z'), ...day(2)] }),
    200,
    'SOURCE_LYING',
    /a time that no market had/,
  ],
  ['a time no calendar holds', chartBody({ timestamps: [1e300, ...day(2)] }), 200, 'SOURCE_LYING', /far ahead/],
];

describe('answers that are refused', () => {
  it.each(REFUSED)('%s', async (_, body, status, code, words) => {
    const error = await rejectedBy(yahooOver(answering(body, { status })).bars(request));
    expect(error.code).toBe(code);
    expect(error.sentence).toMatch(words);
    expect(error.sentence).not.toMatch(/[<>{]|\?,/);
  });

  it('a redirect', async () => {
    const moved = answering('', { status: 302, headers: { location: 'https://evil.example/' } });
    const error = await rejectedBy(yahooOver(moved).bars(request));
    expect(error.sentence).toContain('it sends the request on to another address');
  });

  it('an answer of 40 MiB, of which no more than 33 are read', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        controller.enqueue(new Uint8Array(1024 * 1024).fill(32));
        if (++sent === 40) controller.close();
      },
    });
    const error = await rejectedBy(yahooOver(async () => new Response(body)).bars(request));
    expect(error.sentence).toContain('it is longer than 32 MiB');
    expect(sent).toBeLessThan(36);
  });

  it('never writes to the console', async () => {
    const spies = (['log', 'info', 'warn', 'error', 'debug', 'dir'] as const).map((name) => vi.spyOn(console, name));
    for (const [, body, status] of REFUSED) {
      await rejectedBy(yahooOver(answering(body, { status })).bars(request));
    }
    const calls = spies.flatMap((spy) => spy.mock.calls);
    for (const spy of spies) spy.mockRestore();
    expect(calls).toEqual([]);
  });
});

interface Repaired {
  parts: ChartParts;
  interval?: Interval;
  now?: string;
  from?: string;
  /** Dates or instants of the bars of the series that the room builds of it. */
  bars: string[];
  /** Sentences of the source's notices, then those of the room's repairs. */
  said: RegExp[];
}

const REPAIRED: [string, Repaired][] = [
  [
    'a row of nulls is dropped by the room and counted',
    {
      parts: { closes: [100, null, 102] },
      bars: ['2020-06-01', '2020-06-03'],
      said: [/1 bar dropped: a price is missing/],
    },
  ],
  [
    'a zero price is dropped and counted',
    { parts: { closes: [100, 0, 102] }, bars: ['2020-06-01', '2020-06-03'], said: [/zero or negative price/] },
  ],
  [
    'a negative close is dropped and counted',
    {
      parts: { quote: { close: [100, -5, 102] } },
      bars: ['2020-06-01', '2020-06-03'],
      said: [/zero or negative price/],
    },
  ],
  [
    'a high below the close is widened',
    {
      parts: { quote: { high: [101, 50, 103] } },
      bars: ['2020-06-01', '2020-06-02', '2020-06-03'],
      said: [/1 bar repaired: high or low/],
    },
  ],
  [
    'bars out of order are put in order',
    {
      parts: { timestamps: ['2020-06-03', '2020-06-01', '2020-06-02'].map((date) => seconds(`${date}T13:30:00Z`)) },
      bars: ['2020-06-01', '2020-06-02', '2020-06-03'],
      said: [/came out of order/],
    },
  ],
  [
    'a date given twice in the middle is dropped once',
    {
      parts: { timestamps: ['01', '02', '02', '03'].map((date) => seconds(`2020-06-${date}T13:30:00Z`)) },
      bars: ['2020-06-01', '2020-06-02', '2020-06-03'],
      said: [/time repeated, the first was kept/],
    },
  ],
  [
    'a bar of today under the time of the last trade is recognised as unfinished',
    {
      parts: { timestamps: ['2020-06-11T13:30:00Z', '2020-06-12T13:30:00Z', '2020-06-15T15:59:31Z'].map(seconds) },
      bars: ['2020-06-11', '2020-06-12'],
      said: [/1 bar dropped: the bar has not closed yet/],
    },
  ],
  [
    'a bar a few hours ahead of the clock is dropped, not the whole answer',
    {
      parts: { timestamps: ['2020-06-11T13:30:00Z', '2020-06-12T13:30:00Z', '2020-06-16T13:30:00Z'].map(seconds) },
      bars: ['2020-06-11', '2020-06-12'],
      said: [],
    },
  ],
  [
    'an empty row at a dividend of a weekly answer is no bad bar',
    {
      parts: {
        timestamps: ['2020-06-01T04:00:00Z', '2020-06-04T13:30:00Z', '2020-06-08T04:00:00Z'].map(seconds),
        closes: [100, null, 101],
        events: { dividends: { a: { amount: 0.5, date: seconds('2020-06-04T13:30:00Z') } } },
      },
      interval: '1wk',
      bars: ['2020-06-01', '2020-06-08'],
      said: [/1 bar dropped: a row without prices that only marks a dividend or a split/],
    },
  ],
  [
    'a split of 0 new shares is left out and said',
    {
      parts: {
        events: {
          splits: { a: { date: seconds('2020-06-02T13:30:00Z'), numerator: 0, denominator: 1, splitRatio: '0:1' } },
        },
      },
      bars: ['2020-06-01', '2020-06-02', '2020-06-03'],
      said: [/without a sensible amount/],
    },
  ],
  [
    'minutes before and after the session are left out',
    {
      parts: {
        timestamps: ['13:29', '13:30', '19:59', '20:00'].map((time) => seconds(`2020-06-12T${time}:00Z`)),
        adjclose: null,
      },
      interval: '1m',
      from: '2020-06-12',
      bars: ['2020-06-12T13:30:00.000Z', '2020-06-12T19:59:00.000Z'],
      said: [/2 bars dropped: outside the regular session/],
    },
  ],
];

describe('answers that are repaired', () => {
  it.each(REPAIRED)('%s', async (_, { parts, interval = '1d', now, from, bars, said }) => {
    const clock = now ? ms(now) : NOW;
    const { raw, meta, notices } = await barsOf(parts, { interval, now: clock, ...(from ? { from } : {}) });
    const series = buildSeries(raw, { ...meta, source: 'csv', interval, sourceNotices: notices }, undefined, clock);
    const intraday = bars[0]!.includes('T');
    expect(intraday ? Array.from(series.time, (time) => new Date(time).toISOString()) : dates(series)).toEqual(bars);
    const sentences = series.notices.map(({ sentence }) => sentence).join('\n');
    for (const words of said) expect(sentences).toMatch(words);
  });

  it('keeps the row without prices in what it delivers', async () => {
    const { raw } = await barsOf({ closes: [100, null, 102] });
    expect([...raw.close]).toEqual([100, Number.NaN, 102]);
  });
});

describe('adjusted closes', () => {
  const timestamps = day(8);
  const closes = timestamps.map((_, index) => 100 + index);

  it.each([
    ['that stand still', closes.map(() => 100)],
    ['of something else', closes.map((close, index) => close * (index % 2 ? 0.5 : 0.9))],
  ])('%s are refused', async (_, adjclose) => {
    const error = await rejectedBy(barsOf({ timestamps, closes, adjclose }));
    expect([error.code, error.sentence]).toEqual(['SOURCE_LYING', expect.stringContaining('do not follow the closes')]);
  });

  it('may be rounded where they are small', async () => {
    const small = closes.map((close) => Math.round(close) / 1e6);
    const adjclose = small.map((close) => Math.round(close * 0.31e6) / 1e6);
    expect((await barsOf({ timestamps, closes: small, adjclose })).raw.time).toHaveLength(8);
  });

  it('may step at dividends, and in every month', async () => {
    const adjclose = closes.map((close, index) => close * (index < 3 ? 0.97 : 0.99));
    expect((await barsOf({ timestamps, closes, adjclose })).raw.time).toHaveLength(8);
    const months = closes.map((_, index) => seconds(`2019-0${index + 1}-01T05:00:00Z`));
    const monthly = closes.map((close, index) => close * (0.9 + index / 100));
    const { raw } = await barsOf({ timestamps: months, closes, adjclose: monthly }, { interval: '1mo' });
    expect(raw.time).toHaveLength(8);
  });
});
