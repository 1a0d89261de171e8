import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash, contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { tuningFile } from '../../../electron/engine/llm/embedded/tuning-file.ts';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import { Decision } from '../../../shared/domain/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';

const env = { BRAINNET_LOG: 'silent' };

async function engineWithModel(more: NodeJS.ProcessEnv = {}, dataDir = temporaryFolder('language')): Promise<Engine> {
  const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
  await files.use(terseModelFile());
  await files.close();
  return testEngine({ dataDir, env: { ...env, ...more } });
}

describe('a watchlist with a language model', () => {
  let engine: Engine;
  let decisions: Decision[];
  let told: string[];
  const dataDir = temporaryFolder('language');
  beforeAll(async () => {
    engine = await engineWithModel({ MAX_REFINEMENTS: '1' }, dataDir);
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }, { symbol: 'MSFT' }], language: 'wait' });
    decisions = events.flatMap((event) => (event.type === 'decision' ? [event.decision] : []));
    told = events.flatMap((event) => (event.type === 'language' ? [event.sentence] : []));
  }, 180_000);
  afterAll(() => engine.close());

  it('decides numerically first, then with both judges, each stored whole', async () => {
    expect(told).toEqual([]);
    expect(decisions.map(({ judge }) => judge)).toEqual(['numeric', 'numeric', 'llm', 'llm']);
    for (const decision of decisions) {
      expect(Decision.parse(decision)).toEqual(decision);
      expect(contentHash(contentOf(decision))).toBe(decision.contentHash);
      expect(await engine.client.decisions.get({ id: decision.id })).toEqual(decision);
    }
  });

  it('keeps both opinions, the answer verbatim, and the hashes of prompts and model', () => {
    for (const numeric of decisions.slice(0, 2)) {
      const joined = decisions.slice(2).find(({ symbol }) => symbol === numeric.symbol)!;
      expect(joined.window.hash).toBe(numeric.window.hash);
      expect(joined.opinions!.follows).toBe(numeric.id);
      expect(joined.language!.blind).toBe(true);
      expect(joined.language!.struck).toBeGreaterThanOrEqual(0);
      expect(Object.keys(joined.provenance.promptHashes).sort()).toEqual(['research', 'support']);
      expect(joined.provenance.modelHashes.llm).toMatch(/^[0-9a-f]{64}$/);
      const { text } = joined.provenance.rawTexts![0]!;
      expect(JSON.parse(text).thesis).toBeTypeOf('string');
      expect(text).not.toContain(joined.symbol);
    }
  });

  it('holds where the random model says neither True nor False, and says so', () => {
    for (const { action, holdReasons, confidence } of decisions.slice(2)) {
      expect(action).toBe('hold');
      expect(holdReasons.map(({ code }) => code)).toContain('judge_abstained');
      expect(confidence.value).toBe(0);
    }
  });

  it('counts each judge apart', async () => {
    const { language, numeric } = decisions[2]!.opinions!;
    expect(language.action).toBe('hold');
    expect(numeric.action).toBe(decisions.find(({ id }) => id === decisions[2]!.opinions!.follows)!.action);
  });

  it('tells in a new session what a symbol takes, before the first is asked for', async () => {
    const { meanMs } = (await engine.client.system.snapshot()).languageQueue;
    expect(meanMs).toBeGreaterThan(0);
    await engine.close();
    engine = await testEngine({ dataDir, env });
    expect((await engine.client.system.snapshot()).languageQueue).toMatchObject({
      available: true,
      meanMs,
      model: null,
    });
  });
});

describe('a model measured to gain by four symbols together', () => {
  it('judges them side by side, each the follower of its own numeric decision', async () => {
    const dataDir = temporaryFolder('language');
    const rates = { promptTokensPerSecond: 1000, generatedTokensPerSecond: 100 };
    const tuning = { threads: 1, batch: 256, lanes: 4, togetherGain: 2, ...rates };
    tuningFile(dataDir, terseModelFile(), 'auto').write(tuning);
    const engine = await engineWithModel({ MAX_REFINEMENTS: '0' }, dataDir);
    let most = 0;
    const { seq } = await engine.client.system.snapshot();
    const told = engine.client.system.events({ after: seq });
    const watching = (async () => {
      for await (const event of await told) {
        if (event.type !== 'language') continue;
        most = Math.max(most, event.queue.current.length);
        if (event.queue.current.length === 0 && most > 0) break;
      }
    })();
    const symbols = ['AAPL', 'MSFT', 'IBM', 'GOOG', 'FB'].map((symbol) => ({ symbol }));
    const events = await runToEnd(engine, { symbols, language: 'wait' });
    const decisions = events.flatMap((event) => (event.type === 'decision' ? [event.decision] : []));
    const numeric = new Map(decisions.filter(({ judge }) => judge === 'numeric').map((one) => [one.id, one.symbol]));
    const joined = decisions.filter(({ judge }) => judge === 'llm');
    expect(joined.map(({ symbol }) => symbol).sort()).toEqual(['AAPL', 'FB', 'GOOG', 'IBM', 'MSFT']);
    for (const { opinions, symbol } of joined) expect(numeric.get(opinions!.follows!)).toBe(symbol);
    await watching;
    expect(most).toBe(4);
    await engine.close();
  }, 120_000);
});

describe('without a language model', () => {
  it('the numeric judge decides alone, and the snapshot says how to get one', async () => {
    const engine = await testEngine();
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
    expect(events.filter(({ type }) => type === 'decision')).toHaveLength(1);
    expect((await engine.client.system.snapshot()).languageModel).toMatch(/brainnet models download/);
    await engine.close();
  }, 60_000);

  it('a setting that names no server is told as soon as it is set, and the numeric judge decides', async () => {
    const engine = await testEngine();
    const { seq } = await engine.client.system.snapshot();
    await engine.client.settings.set({ name: 'LLM_BACKEND', value: 'azure' });
    const sentence =
      'LLM_API_KEY is not set, and LLM_BACKEND azure needs it: the key of your Azure account. The numeric judge decides.';
    for await (const event of await engine.client.system.events({ after: seq }))
      if (event.type === 'language') {
        expect(event.sentence).toBe(sentence);
        break;
      }
    expect(await engine.client.system.snapshot()).toMatchObject({
      languageModel: sentence,
      languageQueue: { available: false },
    });
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
    expect(events.filter(({ type }) => type === 'decision')).toHaveLength(1);
    await engine.close();
  }, 60_000);

  it('a run that asks for none is not followed up', async () => {
    const engine = await engineWithModel();
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'off' });
    expect(events.filter(({ type }) => type === 'decision')).toHaveLength(1);
    expect((await engine.client.system.snapshot()).languageQueue.waiting).toBe(0);
    await engine.close();
  }, 60_000);
});
