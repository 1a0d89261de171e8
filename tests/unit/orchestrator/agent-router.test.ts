import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { testEngine } from '../../support/engine.ts';
import { fakeYahoo } from '../../support/fake-yahoo.ts';

let engine: Engine | null = null;
afterEach(async () => {
  await engine?.close();
  engine = null;
});

const said = ({ evidenceFor, evidenceAgainst }: Decision) =>
  [...evidenceFor, ...evidenceAgainst].map(({ sentence }) => sentence).join(' ');

describe('the router of an orchestrator', () => {
  it('triggers a whole run on the series it is given, and stores what the graph alone gives', async () => {
    engine = await testEngine();
    const { buildGraph, createInitialState, router } = engine.orchestrator;
    const series = await engine.series({ symbol: 'MSFT', source: 'samples' }, '2010-06-30');
    const { content } = await (await buildGraph()).invoke(createInitialState(series, 'MSFT'));
    expect((await engine.client.decisions.list({})).total).toBe(0);
    const { decision, confidence, refinements } = await router.trigger(series, 'MSFT');
    const { id, runId: _, createdAt: __, contentHash: ___, ...made } = decision;
    expect(made).toEqual(content);
    expect(decision.lastBarDate).toBe('2010-06-30');
    expect([confidence, refinements]).toEqual([decision.confidence.value, decision.rounds.length - 1]);
    expect((await engine.client.decisions.get({ id })).contentHash).toBe(decision.contentHash);
  });

  it('takes the bars that an analysis without a clock takes', async () => {
    engine = await testEngine();
    const series = await engine.series({ symbol: 'AAPL' });
    expect(new Date(series.asOf).toISOString()).toBe('2013-01-01T05:00:00.000Z');
  });

  it('refuses a series of another symbol, and bars that are far behind', async () => {
    const lastDay = Date.parse('2026-02-20');
    const { fetch } = fakeYahoo({ symbol: 'TEST', name: 'Test', exchange: 'NMS', lastDay });
    engine = await testEngine({ clock: { now: () => Date.parse('2026-03-07T15:00:00Z') }, fetch });
    const { router } = engine.orchestrator;
    const series = await engine.series({ symbol: 'TEST', source: 'yahoo' });
    await expect(router.trigger(series, 'AAPL')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(router.trigger(series, 'TEST')).rejects.toMatchObject({ code: 'STALE_BARS' });
    const { decision } = await router.trigger(series, 'TEST', { allowStale: true });
    expect(decision.lastBarDate).toBe('2026-02-20');
  });
});

describe('feedback', () => {
  it('is remembered, and says plainly that it changed nothing', async () => {
    engine = await testEngine();
    const { decision } = await engine.orchestrator.router.trigger(await engine.series({ symbol: 'AAPL' }), 'AAPL');
    const words = 'The earnings call comes next week.';
    const adapted = await engine.client.analysis.adapt({ decisionId: decision.id, words, outcome: 'loss' });
    expect(adapted.changed).toEqual([]);
    expect(adapted.sentence).toMatch(/changed nothing.*numeric judge reads prices and settled outcomes, not words/s);
    expect([adapted.before?.id, adapted.after.asOf]).toEqual([decision.id, decision.asOf]);
    const [found] = await engine.client.memory.search({ text: 'earnings', kinds: ['feedback'] });
    expect(found!.memory).toMatchObject({ id: adapted.memoryId, text: words, symbol: 'AAPL', decisionId: decision.id });
    expect(found!.memory.data).toEqual({ outcome: 'loss' });
  });

  it('tells each thing that is different now', async () => {
    engine = await testEngine();
    const { decision } = await engine.orchestrator.router.trigger(await engine.series({ symbol: 'AAPL' }), 'AAPL');
    expect(decision.action).toBe('short');
    await engine.client.settings.set({ name: 'CONFIDENCE_THRESHOLD', value: 1 });
    await engine.client.settings.set({ name: 'MAX_REFINEMENTS', value: 0 });
    const { changed } = await engine.client.analysis.adapt({ decisionId: decision.id, words: 'Be surer.' });
    expect(changed).toEqual([
      'action: short -> hold',
      'setting maxRefinements: 3 -> 0',
      'setting threshold: 0.78 -> 1',
      expect.stringMatching(/^holds now: .*/),
    ]);
  });

  it('stands beside later decisions of that symbol in the third look, never beside those of before it was given', async () => {
    let now = Date.parse('2011-06-01T12:00:00Z');
    engine = await testEngine({ clock: { now: () => now }, flags: { CONFIDENCE_THRESHOLD: '1' } });
    const ask = async (asOf: string) => {
      const series = await engine!.series({ symbol: 'MSFT', source: 'samples' }, asOf);
      return (await engine!.orchestrator.router.trigger(series, 'MSFT')).decision;
    };
    await engine.client.analysis.adapt({ symbol: 'MSFT', source: 'samples', words: 'Gaps on Mondays fool it.' });
    now = Date.parse('2026-01-01T00:00:00Z');
    expect(said(await ask('2012-12-31'))).toContain('Gaps on Mondays fool it.');
    expect(said(await ask('2011-05-31'))).not.toContain('Gaps on Mondays');
  });

  it('is refused, and nothing of it kept, where it says nothing or speaks of nothing', async () => {
    engine = await testEngine();
    const { adapt } = engine.client.analysis;
    const refused = [
      [{ symbol: 'AAPL' }, 'INVALID_INPUT'],
      [{ words: 'hello' }, 'INVALID_INPUT'],
      [{ symbol: 'NOPE', words: 'hello' }, 'UNKNOWN_SYMBOL'],
      [{ decisionId: 'd-00000000-0000-4000-8000-000000000000', words: 'hello' }, 'UNKNOWN_DECISION'],
    ] as const;
    for (const [feedback, code] of refused) {
      const failure = await adapt(feedback).catch((error: { code: string }) => error.code);
      expect([
        feedback,
        code === 'INVALID_INPUT' ? ['BAD_REQUEST', code].includes(String(failure)) : failure === code,
      ]).toEqual([feedback, true]);
    }
    expect(await engine.client.memory.search({})).toEqual([]);
  });

  it('with a trade logs the trade', async () => {
    engine = await testEngine();
    const trade = { side: 'long', entry: 100, exit: 104, pnl: 40 } as const;
    await engine.client.analysis.adapt({ symbol: 'AAPL', outcome: 'win', trade });
    const found = await engine.client.memory.search({ kinds: ['trade'], symbol: 'AAPL' });
    expect(found).toHaveLength(1);
    expect(found[0]!.memory.data).toMatchObject({ entry: 100, exit: 104, pnl: 40 });
  });
});
