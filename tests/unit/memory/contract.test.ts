import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { MEMORY_KINDS } from '../../../shared/domain/index.ts';
import { decide, testEngine } from '../../support/engine.ts';

let engine: Engine;
const room = () => engine.client.memory;

beforeAll(async () => {
  engine = await testEngine();
});
afterAll(() => engine.close());

describe('the memory over the contract', () => {
  it('begins empty, with every kind at none', async () => {
    const state = await room().state();
    expect(state).toMatchObject({ setups: 0, settledSetups: 0, problem: null });
    expect(state.records).toEqual(Object.fromEntries(MEMORY_KINDS.map((kind) => [kind, 0])));
    expect(await room().search({})).toEqual([]);
    expect(await room().context({ symbol: 'AAPL' })).toEqual({ text: '', ids: [] });
    expect(await room().export({})).toEqual({ content: '', records: 0, next: null });
  });

  it('remembers, finds, hands out, and says to every page that it changed', async () => {
    const { seq } = await engine.client.system.snapshot();
    const memory = await room().add({ kind: 'note', text: 'Gaps fade', symbol: 'aapl' });
    expect(memory).toMatchObject({ kind: 'note', symbol: 'AAPL', origin: 'live', recalled: 0, fared: null });
    const [found] = await room().search({ text: 'gap' });
    expect(found?.memory.id).toBe(memory.id);
    expect(await room().search({ text: 'gap', asOf: '2012-12-31' })).toEqual([]);
    const { text, ids } = await room().context({ symbol: 'AAPL' });
    expect(ids).toEqual([memory.id]);
    expect(text).toContain('"Gaps fade"');
    const stop = new AbortController();
    for await (const event of await engine.client.system.events({ after: seq }, { signal: stop.signal })) {
      expect(event.type).toBe('memory');
      break;
    }
    stop.abort();
  });

  it('refuses what cannot be with a sentence', async () => {
    await expect(room().add({ kind: 'note', text: '' })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(room().search({ limit: 0 })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(room().prune({ olderThanDays: 1, kinds: ['trade' as 'note'] })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    const trade = { symbol: 'AAPL', side: 'long', entry: 1, exit: 1, pnl: 0, at: '2999-01-01T00:00:00Z' } as const;
    await expect(room().knowledge.logOutcome(trade)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/future/),
    });
  });

  it('remembers the picture of every decision, and finds notes on decisions like it', async () => {
    const [first, second] = [
      ...(await decide(engine, { symbols: [{ symbol: 'AAPL' }], asOf: '2010-06-30' })),
      ...(await decide(engine, { symbols: [{ symbol: 'AAPL' }], asOf: '2010-07-01' })),
    ];
    expect((await room().state()).setups).toBe(2);
    await room().add({ kind: 'feedback', text: 'Too early', decisionId: first!.id });
    const like = await room().search({ likeDecision: second!.id });
    expect(like.map(({ memory }) => memory.text)).toEqual(['Too early']);
  });

  it('knows patterns with their rates, trades by pattern and strategy, and all regimes', async () => {
    const pattern = await room().knowledge.addPattern({ name: 'Fade', description: 'Gaps fade', successRate: 0.6 });
    expect(pattern).toMatchObject({ name: 'Fade', statedRate: 0.6, live: { n: 0, rate: null } });
    const trade = {
      symbol: 'AAPL',
      side: 'short',
      entry: 100,
      exit: 99,
      pnl: 1,
      pattern: 'Fade',
      strategy: 'S',
    } as const;
    await room().knowledge.logOutcome(trade);
    expect((await room().knowledge.patterns({}))[0]!.live).toMatchObject({ n: 1, wins: 1, trades: 1 });
    expect(await room().knowledge.strategies({})).toMatchObject([{ name: 'S', trades: { n: 1 }, pnl: 1 }]);
    expect((await room().knowledge.regimes({})).map(({ regime }) => regime)).toHaveLength(4);
  });

  it('exports what it imports without adding to it', async () => {
    const { content, records } = await room().export({});
    expect(await room().import({ content })).toMatchObject({ lines: records, added: 0, merged: records, refused: 0 });
  });
});
