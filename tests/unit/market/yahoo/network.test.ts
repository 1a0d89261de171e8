/** The way out: retries, time-outs, at most four at once, aborts. Only `fetch` and the waiting are replaced. */
import { describe, expect, it } from 'vitest';
import { createYahoo } from '../../../../electron/engine/market/yahoo/index.ts';
import { answering, chartBody, ms, NOW, yahooOver } from '../../../support/yahoo-fixtures.ts';
import { rejectedBy } from '../support.ts';

const request = { symbol: 'TEST', interval: '1d', from: ms('2020-01-01'), to: NOW } as const;
const good = () => new Response(JSON.stringify(chartBody()));
const failed = (code: string) => new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) });

/** A Yahoo whose fetch goes through `answers` (the last one stays), with the waits it made. */
function scripted(...answers: (() => Response | Error)[]) {
  const waits: number[] = [];
  let calls = 0;
  const yahoo = createYahoo({
    fetch: async () => {
      const answer = answers[Math.min(calls++, answers.length - 1)]!();
      if (answer instanceof Error) throw answer;
      return answer;
    },
    clock: { now: () => NOW },
    sleep: async (wait) => void waits.push(wait),
    random: () => 0.5,
  });
  return { yahoo, waits, calls: () => calls };
}

const busy = (status: number, retryAfter?: string) => () =>
  new Response('', { status, headers: retryAfter === undefined ? {} : { 'retry-after': retryAfter } });

describe('retries', () => {
  it.each([
    ['429', busy(429)],
    ['500', busy(500)],
    ['502', busy(502)],
    ['503 with a web page', () => new Response('<html>', { status: 503 })],
    ['a connection that is reset', () => failed('ECONNRESET')],
    ['a connection that ends early', () => failed('UND_ERR_SOCKET')],
  ])('tries again after %s, with half of 500 and 1000 ms at random 0.5', async (_, answer) => {
    const { yahoo, waits, calls } = scripted(answer, answer, good);
    expect((await yahoo.bars(request)).raw.time).toHaveLength(3);
    expect(calls()).toBe(3);
    expect(waits).toEqual([250, 500]);
  });

  it.each([
    [
      '429',
      busy(429),
      'SOURCE_LIMITED',
      'Yahoo has had too many requests from this address; wait a few minutes, then try again.',
    ],
    [
      '503',
      busy(503),
      'SOURCE_UNREACHABLE',
      'Yahoo cannot be reached (it answered with status 503); check the network, or work with imported bars and the samples.',
    ],
    [
      'resets',
      () => failed('ECONNRESET'),
      'SOURCE_UNREACHABLE',
      'Yahoo cannot be reached (the connection was reset); check the network, or work with imported bars and the samples.',
    ],
  ])('gives up after three retries of %s', async (_, answer, code, sentence) => {
    const { yahoo, calls } = scripted(answer);
    expect(await rejectedBy(yahoo.bars(request))).toMatchObject({ code, sentence });
    expect(calls()).toBe(4);
  });

  it.each([
    ['400', busy(400)],
    ['401', busy(401)],
    ['403', busy(403)],
    ['404', busy(404)],
    ['422', busy(422)],
    ['a name that is not found', () => failed('ENOTFOUND')],
    ['a refused connection', () => failed('ECONNREFUSED')],
    ['a bad certificate', () => failed('CERT_HAS_EXPIRED')],
    ['a web page', () => new Response('<html>')],
  ])('does not try again after %s', async (_, answer) => {
    const { yahoo, calls, waits } = scripted(answer);
    await rejectedBy(yahoo.bars(request));
    expect(calls()).toBe(1);
    expect(waits).toEqual([]);
  });

  it('waits as long as Retry-After says, in seconds or as a date', async () => {
    const date = new Date(NOW + 9_000).toUTCString();
    const { yahoo, waits } = scripted(busy(429, '7'), busy(503, date), good);
    await yahoo.bars(request);
    expect(waits).toEqual([7_000, 9_000]);
  });

  it('does not wait where Retry-After is beyond half a minute, but says how long', async () => {
    const { yahoo, waits, calls } = scripted(busy(429, '600'));
    expect((await rejectedBy(yahoo.bars(request))).sentence).toContain('wait 10 minutes, then');
    expect([waits, calls()]).toEqual([[], 1]);
  });

  it('minds no Retry-After that makes no sense', async () => {
    const { yahoo, waits } = scripted(busy(429, 'soon'), busy(429, '-5'), good);
    await yahoo.bars(request);
    expect(waits).toEqual([250, 500]);
  });

  it('spreads waits over the whole of [0, bound)', async () => {
    const waits: number[] = [];
    const random = [0, 0.999, 0.25].values();
    const yahoo = createYahoo({
      fetch: async () => busy(503)(),
      clock: { now: () => NOW },
      sleep: async (wait) => void waits.push(wait),
      random: () => random.next().value!,
    });
    await rejectedBy(yahoo.bars(request));
    expect(waits).toEqual([0, 999, 500]);
  });
});

describe('the way out', () => {
  it('says in words why it cannot be reached', async () => {
    const problems = ['ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'ENETUNREACH', 'CERT_HAS_EXPIRED', 'WHO_KNOWS'];
    const said = await Promise.all(
      problems.map(
        async (code) => (await rejectedBy(scripted(() => failed(code)).yahoo.bars(request))).details.problem,
      ),
    );
    expect(said).toEqual([
      'its name could not be looked up',
      'its name could not be looked up',
      'the connection was refused',
      'there is no network',
      'its certificate is not trusted',
      'the connection failed',
    ]);
  });

  it('never has more than four requests under way, over all kinds of calls', async () => {
    let running = 0;
    let most = 0;
    const yahoo = yahooOver(async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 3));
      running--;
      return good();
    });
    const calls = Array.from({ length: 24 }, (_, index) =>
      index % 3 === 2 ? yahoo.search!('test').catch(() => null) : yahoo.bars(request),
    );
    await Promise.all(calls);
    expect(most).toBe(4);
  });

  it('gives the place of a failed request to the next', async () => {
    let calls = 0;
    const yahoo = yahooOver(async () => {
      calls++;
      throw failed('ENOTFOUND');
    });
    const settled = await Promise.allSettled(Array.from({ length: 12 }, () => yahoo.bars(request)));
    expect(settled.every(({ status }) => status === 'rejected')).toBe(true);
    expect(calls).toBe(12);
  });

  it('ends a request that is never answered, even where fetch does not listen to its signal', async () => {
    const yahoo = yahooOver(() => new Promise<Response>(() => undefined), NOW, 30);
    const error = await rejectedBy(yahoo.bars(request));
    expect(error.sentence).toBe(
      'Yahoo did not answer within 1 seconds; try again later, or work with imported bars and the samples.',
    );
  });

  it('ends an answer that stalls in the middle of its body', async () => {
    const stalled = () =>
      new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{"chart":')) });
    const error = await rejectedBy(yahooOver(async () => new Response(stalled()), NOW, 30).bars(request));
    expect(error.code).toBe('SOURCE_TIMEOUT');
  });

  it('stops at once when aborted: under way, waiting for its turn, and between retries', async () => {
    const stop = new AbortController();
    const hanging = yahooOver(() => new Promise<Response>(() => undefined));
    const calls = Array.from({ length: 6 }, () => rejectedBy(hanging.bars({ ...request, signal: stop.signal })));
    const pausing = createYahoo({
      fetch: async () => busy(503)(),
      clock: { now: () => NOW },
      sleep: () => new Promise(() => undefined),
    });
    calls.push(rejectedBy(pausing.bars({ ...request, signal: stop.signal })));
    setTimeout(() => stop.abort(), 20);
    expect((await Promise.all(calls)).map(({ code }) => code)).toEqual(Array(7).fill('CANCELLED'));
  });

  it('asks nothing when it was aborted before', async () => {
    const { yahoo, calls } = scripted(good);
    expect((await rejectedBy(yahoo.bars({ ...request, signal: AbortSignal.abort() }))).code).toBe('CANCELLED');
    expect(calls()).toBe(0);
  });

  it('hands the signal to fetch, so that the connection is let go', async () => {
    const stop = new AbortController();
    let seen: AbortSignal | null | undefined;
    const yahoo = yahooOver((_, init) => {
      seen = init?.signal;
      return new Promise(() => undefined);
    });
    const call = rejectedBy(yahoo.bars({ ...request, signal: stop.signal }));
    setTimeout(() => stop.abort(), 10);
    await call;
    expect(seen?.aborted).toBe(true);
  });

  it('lets other callers have the crumb when the one who fetched it is aborted', async () => {
    const stop = new AbortController();
    const yahoo = yahooOver(async (input) => {
      const { pathname } = new URL(String(input));
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (pathname === '/quote/AAPL')
        return new Response('', { headers: { 'set-cookie': 'A1=y; Domain=.yahoo.com; Max-Age=999' } });
      if (pathname === '/v1/test/getcrumb') return new Response('crumb');
      return new Response(JSON.stringify({ quoteResponse: { result: [], error: null } }));
    });
    const first = rejectedBy(yahoo.quote!(['AAPL'], stop.signal));
    const second = yahoo.quote!(['MSFT']);
    setTimeout(() => stop.abort(), 5);
    expect((await first).code).toBe('CANCELLED');
    expect(await second).toEqual([]);
  });

  it('begins with fresh cookies after a refused crumb', async () => {
    let crumbs = 0;
    const yahoo = yahooOver(async (input) => {
      const url = new URL(String(input));
      if (url.pathname === '/quote/AAPL')
        return new Response('', { headers: { 'set-cookie': 'A1=y; Domain=.yahoo.com; Max-Age=999' } });
      if (url.pathname === '/v1/test/getcrumb') return new Response(`crumb${++crumbs}`);
      const status = url.searchParams.get('crumb') === 'crumb1' ? 401 : 200;
      return new Response(JSON.stringify({ quoteResponse: { result: [], error: null } }), { status });
    });
    expect((await rejectedBy(yahoo.quote!(['AAPL']))).sentence).toContain('status 401');
    expect(await yahoo.quote!(['AAPL'])).toEqual([]);
  });

  it('goes to its own hosts only, wherever the page of consent points', async () => {
    const asked: string[] = [];
    const yahoo = yahooOver(async (input) => {
      asked.push(new URL(String(input)).hostname);
      return new Response(null, {
        status: 302,
        headers: { location: 'https://guce.yahoo.evil.example/consent', 'set-cookie': 'a=b' },
      });
    });
    expect((await rejectedBy(yahoo.quote!(['AAPL']))).code).toBe('SOURCE_ANSWER_BAD');
    expect(asked).not.toContain('guce.yahoo.evil.example');
    expect(asked.every((host) => yahoo.hosts.includes(host))).toBe(true);
  });

  it('keeps a symbol inside its address', async () => {
    const asked: URL[] = [];
    const yahoo = yahooOver(async (input) => {
      asked.push(new URL(String(input)));
      return good();
    });
    await yahoo.bars({ ...request, symbol: '^GSPC' }).catch(() => null);
    await yahoo.bars({ ...request, symbol: 'A/../../X' }).catch(() => null);
    expect(asked.map(({ pathname }) => pathname)).toEqual([
      '/v8/finance/chart/%5EGSPC',
      '/v8/finance/chart/A%2F..%2F..%2FX',
    ]);
    expect(asked[0]!.searchParams.get('includePrePost')).toBe('false');
  });
});

describe("Yahoo's limits", () => {
  const DAY = 86_400_000;
  it.each([
    [
      '1m',
      31,
      30,
      'it keeps 1m bars for 30 days and gives at most 7 days at a time; ask for later days, or for a longer interval',
    ],
    [
      '1m',
      8,
      0,
      'it keeps 1m bars for 30 days and gives at most 7 days at a time; ask for later days, or for a longer interval',
    ],
    ['5m', 61, 0, 'it keeps 5m bars for 60 days; ask for later days, or for a longer interval'],
    ['30m', 400, 390, 'it keeps 30m bars for 60 days; ask for later days, or for a longer interval'],
    ['1h', 731, 0, 'it keeps 1h bars for 730 days; ask for later days, or for a longer interval'],
  ] as const)('%s from %i days ago is refused before anything is asked', async (interval, back, until, problem) => {
    const { yahoo, calls } = scripted(good);
    const error = await rejectedBy(
      yahoo.bars({ symbol: 'TEST', interval, from: NOW - back * DAY, to: NOW - until * DAY }),
    );
    expect(error).toMatchObject({ code: 'RANGE_NOT_OFFERED', details: { problem } });
    expect(calls()).toBe(0);
  });

  it('passes on what Yahoo itself refuses', async () => {
    const words =
      '1m data not available for startTime=1 and endTime=2. Only 8 days worth of 1m granularity data are allowed.';
    const body = { chart: { result: null, error: { code: 'Unprocessable Entity', description: words } } };
    const yahoo = yahooOver(answering(body, { status: 422 }));
    const error = await rejectedBy(yahoo.bars({ ...request, interval: '1m', from: NOW - 6 * DAY }));
    expect(error.code).toBe('RANGE_NOT_OFFERED');
  });

  it.each([
    ['backwards', ms('2020-06-02'), ms('2020-06-01')],
    ['empty', NOW, NOW],
    ['no number', Number.NaN, NOW],
    ['all ahead of now', NOW + 5 * DAY, NOW + 9 * DAY],
  ])('a range that is %s is refused', async (_, from, to) => {
    expect((await rejectedBy(scripted(good).yahoo.bars({ ...request, from, to }))).code).toBe('INVALID_INPUT');
  });

  it('takes all of time as the time there were markets', async () => {
    expect((await scripted(good).yahoo.bars({ ...request, from: -Infinity, to: Infinity })).raw.time).toHaveLength(3);
  });
});
