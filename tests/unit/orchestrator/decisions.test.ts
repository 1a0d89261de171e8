import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash, contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { canonicalJson, sha256 } from '../../../electron/engine/platform/index.ts';
import { Decision, REGIMES } from '../../../shared/domain/index.ts';
import { decide, runToEnd, testEngine } from '../../support/engine.ts';

describe('decisions of a sample run', () => {
  let engine: Engine;
  let decisions: Decision[];
  beforeAll(async () => {
    engine = await testEngine();
    decisions = [
      ...(await decide(engine, { watchlist: 'samples' })),
      ...(await decide(engine, { watchlist: 'sp500-20' })),
    ];
  });
  afterAll(() => engine.close());

  it('come for every symbol of the bundled watchlists and leave outcomes ahead', async () => {
    expect(decisions).toHaveLength(27);
    const instruments = await engine.client.market.instruments();
    for (const decision of decisions) {
      const last = instruments.find(
        ({ symbol, source }) => symbol === decision.symbol && source === decision.source,
      )!.lastDate;
      expect(Date.parse(last) - Date.parse(decision.lastBarDate)).toBeGreaterThan(22 * 86_400_000);
    }
  });

  it('rest on no regime that is not traded, and every hold has a reason that can be read', () => {
    const traded = ['trending', 'mean_reverting'];
    for (const { action, regime, holdReasons, confidence, threshold } of decisions) {
      if (action === 'hold') expect(holdReasons.map(({ sentence }) => sentence.length > 20)).toContain(true);
      else
        expect([traded.includes(regime), holdReasons.length, confidence.value >= threshold]).toEqual([true, 0, true]);
    }
  });

  it('can be read back whole from the journal, with the share of holds', async () => {
    const page = await engine.client.decisions.list({ limit: 100 });
    expect(page.total).toBe(27);
    expect(page.holds).toBe(decisions.filter(({ action }) => action === 'hold').length);
    for (const decision of decisions) expect(await engine.client.decisions.get({ id: decision.id })).toEqual(decision);
  });

  it('carry what a repetition needs, and a hash that covers all of it', () => {
    for (const decision of decisions) {
      expect(Decision.parse(decision)).toEqual(decision);
      expect(contentHash(contentOf(decision))).toBe(decision.contentHash);
      expect(decision.provenance.settingsHash).toBe(sha256(canonicalJson(decision.provenance.settings)));
      const looks = decision.rounds.flatMap((round) => round.added).filter(({ kind }) => kind !== 'memory');
      expect(decision.provenance.rawAnswers.map(({ lookHash }) => lookHash)).toEqual(
        looks.map(({ windowHash }) => windowHash),
      );
      expect(looks[0]!.windowHash).toBe(decision.window.hash);
      expect(decision.knownAt).toBe(decision.asOf);
    }
  });

  it('recompute their confidence from the stored raw answers alone', () => {
    for (const { rounds, provenance, regime, confidence } of decisions) {
      const softmax = (logits: number[]) => {
        const weights = logits.map(Math.exp);
        return weights.map((weight) => weight / weights.reduce((a, b) => a + b, 0));
      };
      const answers = [...provenance.rawAnswers];
      const added = rounds.flatMap((round) => round.added);
      const looks = added.flatMap((look, i) => {
        if (look.kind === 'memory') return [REGIMES.map((name) => look.reading.regime[name])];
        const answer = softmax(answers.shift()!.values.slice(0, 4));
        return i > 0 && look.novelty!.flagged ? [] : [answer];
      });
      const product = [0, 1, 2, 3].map((k) => looks.reduce((p, look) => p * look[k]! ** (1 / looks.length), 1));
      const pooled = product.map((p) => p / product.reduce((a, b) => a + b, 0));
      const index = ['trending', 'mean_reverting', 'volatile', 'quiet'].indexOf(regime);
      expect(pooled[index]).toBeCloseTo(rounds.at(-1)!.pooledRegime[regime], 9);
      const eps = Math.min(0.5, 1 - pooled[index]!);
      const capacity = eps === 0 ? 1 : 1 + eps * Math.log2(eps) + (1 - eps) * Math.log2(1 - eps);
      expect(confidence.value).toBeCloseTo(capacity, 9);
    }
  });

  it('look again exactly where the first look was not sure enough, and store every round', () => {
    for (const { rounds, threshold } of decisions) {
      expect(rounds.length > 1).toBe(rounds[0]!.confidence.value < threshold);
      if (rounds[1]) expect(rounds[1].added.map(({ kind }) => kind)).toEqual(['earlier', 'every-second-close']);
    }
    expect(decisions.some(({ rounds }) => rounds.at(-1)!.added.some(({ kind }) => kind === 'coarser'))).toBe(true);
  });
});

describe('a run', () => {
  it('goes on past a bad symbol, which fails with its sentence', async () => {
    const engine = await testEngine();
    const events = await runToEnd(engine, {
      symbols: [{ symbol: 'AAPL' }, { symbol: 'NOSUCH' }, { symbol: 'MSFT' }],
      asOf: '2010-06-30',
    });
    const failures = events.filter((event) => event.type === 'failure');
    expect(failures).toMatchObject([{ symbol: 'NOSUCH', error: { code: 'UNKNOWN_SYMBOL' } }]);
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'done', decided: 2, failed: 1, total: 3 });
    await engine.close();
  });

  it('stops at a cancel, keeps what was decided, and says so', async () => {
    const engine = await testEngine();
    const { runId } = await engine.client.analysis.start({ watchlist: 'sp500-20' });
    const abort = new AbortController();
    for await (const event of await engine.client.system.events({ after: 0 }, { signal: abort.signal })) {
      const { runs } = await engine.client.system.snapshot();
      if (event.type === 'decision' || event.type === 'reset') await engine.client.analysis.cancel({ runId });
      if (runs[0]!.status !== 'running') break;
    }
    abort.abort();
    const [run] = await engine.client.analysis.runs();
    expect(run).toMatchObject({ id: runId, status: 'cancelled' });
    const { total } = await engine.client.decisions.list({});
    expect(run!.items.filter(({ status }) => status === 'done')).toHaveLength(total);
    expect(run!.items.some(({ status }) => status === 'cancelled')).toBe(true);
    await engine.close();
  });

  it('that refuses its input stores nothing', async () => {
    const engine = await testEngine();
    const bad = [
      [{ watchlist: 'nope' }, 'UNKNOWN_WATCHLIST'],
      [{}, 'INVALID_INPUT'],
      [{ symbols: [{ symbol: 'AAPL' }], windowBars: 8 }, 'INVALID_INPUT'],
      [{ symbols: [{ symbol: 'AAPL; rm -rf' }] }, 'INVALID_INPUT'],
      [{ symbols: [{ symbol: 'AAPL' }], asOf: '2012-02-31' }, 'INVALID_INPUT'],
      [{ symbols: [{ symbol: 'AAPL' }], asOf: 'yesterday' }, 'INVALID_INPUT'],
    ] as const;
    for (const [request, code] of bad) await expect(runToEnd(engine, request as never)).rejects.toMatchObject({ code });
    for (const request of [
      { symbols: [{ symbol: 'AAPL' }], windowBars: 128 },
      { symbols: [{ symbol: 'AAPL' }], asOf: '2000-03-20' },
    ]) {
      await expect(decide(engine, request)).rejects.toThrow(/\.$/);
    }
    expect((await engine.client.decisions.list({})).total).toBe(0);
    await engine.close();
  });
});
