import { describe, expect, it } from 'vitest';
import { contentHash, contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { parseCsvSeries } from '../../../electron/engine/market/index.ts';
import { planRoundOne } from '../../../electron/engine/orchestrator/looks.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { decide, runToEnd, sampleCsv, testEngine } from '../../support/engine.ts';

const DAY = 86_400_000;
const importBars = (engine: Engine, symbol: string, content: string) =>
  engine.client.market.importBars({ symbol, interval: '1d', fileName: 'x.csv', content });

/** AAPL up to 2010-06-30 with the closes of chosen rows, counted from the last, made zero. */
function spoiled(rowsFromEnd: readonly number[]): string {
  const [header, ...rows] = sampleCsv('AAPL')
    .trimEnd()
    .split('\n')
    .filter((row, i) => i === 0 || row < '2010-07-01');
  for (const back of rowsFromEnd) rows[rows.length - back] = `${rows[rows.length - back]!.slice(0, 10)},0,0,0,0,0,0`;
  return [header, ...rows].join('\n');
}

describe('a window with bad bars', () => {
  const analyze = async (rowsFromEnd: readonly number[]) => {
    const engine = await testEngine();
    await importBars(engine, 'BAD', spoiled(rowsFromEnd));
    const events = await runToEnd(engine, { symbols: [{ symbol: 'BAD', source: 'csv' }] });
    const field = engine.client.analysis.field({ symbol: 'BAD', source: 'csv' }).then(
      () => 'drawn',
      (error) => error.code,
    );
    const outcome = { events, field: await field };
    await engine.close();
    return outcome;
  };

  it('is refused beyond 5 % (4 of 64), by the analysis and by the field alike, and nothing is stored', async () => {
    const { events, field } = await analyze([10, 20, 30, 40]);
    expect(events.find(({ type }) => type === 'failure')).toMatchObject({
      error: { code: 'TOO_MANY_BAD_BARS', details: { bad: 4, bars: 64 } },
    });
    expect(field).toBe('TOO_MANY_BAD_BARS');
  });

  it('passes at 5 % (3 of 64) and says so with the decision', async () => {
    const { events, field } = await analyze([10, 20, 30]);
    const decision = events.find((event) => event.type === 'decision')!.decision;
    expect(decision.window.notices).toEqual([expect.objectContaining({ bars: 3, effect: 'dropped' })]);
    expect(field).toBe('drawn');
  });

  it('is refused where the bad bars lie behind the last good one, instead of deciding on an old window in silence', async () => {
    const { events } = await analyze([1, 2, 3, 4]);
    expect(events.find(({ type }) => type === 'failure')).toMatchObject({ error: { code: 'TOO_MANY_BAD_BARS' } });
    const told = (await analyze([1, 2])).events.find((event) => event.type === 'decision')!.decision;
    expect(told.window.notices[0]).toMatchObject({ bars: 2 });
    expect(told.lastBarDate).toBe('2010-06-28');
  });
});

describe('the looks of round 1', () => {
  const series = parseCsvSeries({
    symbol: 'AAPL',
    interval: '1d',
    content: sampleCsv('AAPL'),
    asOf: '2010-06-30',
    now: Date.now(),
  });

  it('are the window that ended 16 bars earlier, and every second of the last 127 bars up to the last', () => {
    const { plans, missing } = planRoundOne(series, 64, 16);
    const last = series.close.length - 1;
    expect(missing).toEqual([]);
    expect(plans.map(({ kind }) => kind)).toEqual(['earlier', 'every-second-close']);
    expect(Array.from(plans[0]!.window.close)).toEqual(Array.from(series.close.slice(last - 16 - 63, last - 15)));
    const seconds = Array.from({ length: 64 }, (_, i) => series.close[last - 126 + 2 * i]);
    expect(Array.from(plans[1]!.window.close)).toEqual(seconds);
  });

  it('say why one is missing where the bars are too few', () => {
    const short = parseCsvSeries({
      symbol: 'AAPL',
      interval: '1d',
      content: sampleCsv('AAPL'),
      asOf: '2000-07-12',
      now: Date.now(),
    });
    const { plans, missing } = planRoundOne(short, 64, 16);
    expect(plans.map(({ kind }) => kind)).toEqual(['earlier']);
    expect(missing).toEqual([expect.stringMatching(/every-second-close.*127 bars/)]);
  });

  it('leave out a look of which more than 5 % is bad', () => {
    const from = series.time.at(-70)!;
    const marks = [0, 1, 2, 3, 4, 5, 6, 7].map((day) => ({
      time: from + day * DAY,
      rule: 'price-missing',
      effect: 'dropped' as const,
    }));
    const { plans, missing } = planRoundOne({ ...series, marks }, 64, 16);
    expect(plans).toEqual([]);
    expect(missing).toHaveLength(2);
  });

  it('are not taken where the settings allow no refinement', async () => {
    const engine = await testEngine({ flags: { MAX_REFINEMENTS: '0' } });
    const decisions = await decide(engine, { watchlist: 'samples' });
    await engine.close();
    expect(decisions.map(({ rounds }) => rounds.length)).toEqual(decisions.map(() => 1));
    expect(decisions.some(({ confidence, threshold }) => confidence.value < threshold)).toBe(true);
  });
});

describe('a decision as a record', () => {
  it('has a hash that changes with every field but identifiers and clock times', async () => {
    const engine = await testEngine();
    const [decision] = await decide(engine, { symbols: [{ symbol: 'MSFT' }] });
    await engine.close();
    const free = ['id', 'runId', 'createdAt', 'contentHash'];
    const changed = (value: unknown): unknown =>
      typeof value === 'number' ? value + 1 : typeof value === 'string' ? `${value}x` : [value, 'more'];
    for (const field of Object.keys(decision!) as (keyof Decision)[]) {
      const other = { ...decision!, [field]: changed(decision![field]) } as Decision;
      expect([field, contentHash(contentOf(other)) !== decision!.contentHash]).toEqual([field, !free.includes(field)]);
    }
  });

  it('gives the direction head no veto over a horizon it does not speak of, and says so', async () => {
    const engine = await testEngine();
    const request = { symbols: [{ symbol: 'AAPL', source: 'samples' as const }], asOf: '2012-12-31' };
    const [own] = await decide(engine, request);
    const [other] = await decide(engine, { ...request, horizonBars: 5 });
    await engine.close();
    const said = ({ evidenceFor, evidenceAgainst }: Decision) =>
      [...evidenceFor, ...evidenceAgainst].find(({ code }) => code === 'direction_head')!.sentence;
    expect(said(own!)).toMatch(/direction: no skill measured/);
    expect(said(other!)).toMatch(/another horizon/);
  });
});

describe('the history as of a date', () => {
  it('shows a weekly decision only from the end of its week on, and keeps it off daily rows', async () => {
    const engine = await testEngine();
    const weekly = {
      symbols: [{ symbol: 'MSFT', source: 'samples' as const, interval: '1wk' as const }],
      asOf: '2010-06-30',
    };
    const [decision] = await decide(engine, weekly);
    expect(decision!.lastBarDate).toBe('2010-06-21');
    const on = async (asOf: string) => (await engine.client.decisions.list({ asOf })).total;
    expect([await on('2010-06-24'), await on('2010-06-27'), await on('2010-06-30')]).toEqual([0, 1, 1]);
    const rows = await engine.client.market.rows({ name: 'samples', asOf: '2010-06-30' });
    expect(rows.find(({ symbol }) => symbol === 'MSFT')!).toMatchObject({ interval: '1d', decision: null });
    const ofWeeks = async (day: string) =>
      (await engine.client.market.rows({ name: 'samples', asOf: day, interval: '1wk' })).find(
        ({ symbol }) => symbol === 'MSFT',
      )!;
    expect(await ofWeeks('2010-06-30')).toMatchObject({
      interval: '1wk',
      lastDate: '2010-06-30',
      decision: { id: decision!.id },
    });
    expect((await ofWeeks('2010-06-24')).decision).toBeNull();
    const listed = async (interval: '1wk' | '1d') => (await engine.client.decisions.list({ interval })).total;
    expect([await listed('1wk'), await listed('1d')]).toEqual([1, 0]);
    await engine.close();
  });

  it('shows no decision before it could be known, on rows and in lists', async () => {
    const engine = await testEngine();
    await decide(engine, { symbols: [{ symbol: 'MSFT', source: 'samples' }], asOf: '2010-06-30' });
    const row = async (asOf: string) =>
      (await engine.client.market.rows({ name: 'samples', asOf })).find(({ symbol }) => symbol === 'MSFT')!.decision;
    expect([await row('2010-06-29'), (await row('2010-06-30'))?.symbol]).toEqual([null, 'MSFT']);
    expect((await engine.client.decisions.list({ asOf: '2010-06-29' })).total).toBe(0);
    expect((await engine.client.decisions.list({ asOf: '2010-07-01T03:59:59.999Z' })).total).toBe(0);
    expect((await engine.client.decisions.list({ asOf: '2010-07-01T04:00:00Z' })).total).toBe(1);
    await engine.close();
  });
});

describe('the queue', () => {
  it('runs one at a time; what waits is queued, and ends at once when it is cancelled', async () => {
    const engine = await testEngine();
    const first = await engine.client.analysis.start({ watchlist: 'sp500-20' });
    const second = await engine.client.analysis.start({ watchlist: 'samples' });
    const states = async () =>
      Object.fromEntries((await engine.client.analysis.runs()).map(({ id, status }) => [id, status]));
    expect(await states()).toEqual({ [first.runId]: 'running', [second.runId]: 'queued' });
    expect(await engine.client.analysis.cancel(second)).toEqual({ cancelled: true });
    expect(await states()).toEqual({ [first.runId]: 'running', [second.runId]: 'cancelled' });
    await engine.close();
  });

  it('cancels a run whose stream is left', async () => {
    const engine = await testEngine();
    for await (const event of await engine.client.analysis.run({ watchlist: 'sp500-20' }))
      if (event.type === 'decision') break;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect((await engine.client.analysis.runs())[0]).toMatchObject({ status: 'cancelled' });
    await engine.close();
  });

  it('takes nothing more once the engine closes', async () => {
    const engine = await testEngine();
    await engine.client.analysis.start({ watchlist: 'sp500-20' });
    const closing = engine.close();
    await expect(engine.client.analysis.start({ watchlist: 'samples' })).rejects.toMatchObject({ code: 'CLOSING' });
    await closing;
  });

  it('loads the network again after its device has changed', async () => {
    const engine = await testEngine();
    await engine.client.settings.set({ name: 'DEVICE', value: 'cpu' });
    const ref = { symbol: 'AAPL', source: 'samples' as const };
    expect((await engine.client.analysis.reading(ref)).fallback).toBeNull();
    await engine.client.settings.set({ name: 'DEVICE', value: 'coreml' });
    expect((await engine.client.analysis.reading(ref)).fallback).toMatch(/CPU/);
    await engine.close();
  });
});
