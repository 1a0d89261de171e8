import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ResearchAnswer } from '../../../electron/engine/agents/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import type { EmbeddedLlm } from '../../../electron/engine/llm/embedded/index.ts';
import { type Llm, type Message, metered } from '../../../electron/engine/llm/index.ts';
import { createLanguageJudge, judgeInWords } from '../../../electron/engine/orchestrator/language/language-judge.ts';
import { type Decision, SETTING_DEFAULTS } from '../../../shared/domain/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';
import { MODELS, openModel } from '../llm/embedded/models.ts';
import { asksOf, RECALLED } from './language-cases.ts';

const text = 'a reading of the closes, '.repeat(24);
const LONGEST = ResearchAnswer.parse({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'mean_reverting', action: 'short', thesis: text.slice(0, 600) },
  ...{
    evidenceFor: [text.slice(0, 200), text.slice(0, 200)],
    evidenceAgainst: [text.slice(0, 200), text.slice(0, 200)],
  },
  invalidationPercent: -30,
});

const SHORT = JSON.stringify({ ...LONGEST, thesis: 'It falls.', evidenceFor: [], evidenceAgainst: [] });

describe('a symbol within its budget of tokens', () => {
  const dataDir = temporaryFolder('budget');
  let server: FakeLlmServer;
  let engine: Engine;
  const open = (LLM_BUDGET_TOKENS: string) =>
    testEngine({
      dataDir,
      env: {
        ...{ BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address },
        ...{ MAX_REFINEMENTS: '0', BLIND_MODE: 'off', LLM_BUDGET_TOKENS },
      },
    });
  beforeAll(async () => {
    server = await startFakeLlm({ answers: [SHORT] });
  });
  afterAll(async () => {
    await engine?.close();
    server.stop();
  });
  let first: Decision;

  /** Each symbol with its second opinion, or why it has none. */
  async function opinions(...symbols: string[]): Promise<Record<string, Decision | string>> {
    const events = await runToEnd(engine, { symbols: symbols.map((symbol) => ({ symbol })), language: 'wait' });
    expect(events.at(-1)).toMatchObject({ type: 'end', status: 'done', decided: symbols.length });
    return Object.fromEntries(
      events.flatMap((event): [string, Decision | string][] => {
        if (event.type === 'language') return [[event.symbol, event.sentence]];
        return event.type === 'decision' && event.decision.judge === 'llm'
          ? [[event.decision.symbol, event.decision]]
          : [];
      }),
    );
  }

  it('is judged; one over it keeps its numeric decision and says why, and the next is judged', async () => {
    engine = await open('20000');
    // Four requests of a symbol: 4 x 4,000 within 20,000, and 4 x 6,000 not.
    const told = (prompt_tokens: number) => ({ prompt_tokens, completion_tokens: 0 });
    await server.set({ answers: [SHORT], usage: told(4000), usageWhen: { MSFT: told(6000) } });
    const found = await opinions('MSFT', 'AAPL');
    expect(found.MSFT).toBe(
      'The language model did not finish MSFT within 20000 tokens (LLM_BUDGET_TOKENS); the numeric decision stands.',
    );
    expect(found.AAPL).toMatchObject({ judge: 'llm' });
  });

  it.each([0, -5, 1e300, null, '9'])('with a server that counts %j tokens is judged', async (count) => {
    await server.set({
      answers: [SHORT],
      usage: { prompt_tokens: count, completion_tokens: count, prompt_tokens_details: { cached_tokens: count } },
    });
    expect(await opinions('AAPL')).toMatchObject({ AAPL: { judge: 'llm' } });
  });

  it('comes out again from what is stored under any other budget, and asked anew within the one in force', async () => {
    const used = { prompt_tokens: 9000, completion_tokens: 100 };
    await server.set({ answers: [SHORT], usage: used });
    await engine.close();
    engine = await open('40000');
    first = (await opinions('AAPL')).AAPL as Decision;
    await engine.close();
    engine = await open('20000');
    expect(await opinions('AAPL')).toMatchObject({ AAPL: expect.stringContaining('within 20000 tokens') });
    expect(await engine.client.replay.decision({ id: first.id, regenerate: false })).toMatchObject({ identical: true });
    const again = () => engine.client.replay.decision({ id: first.id, regenerate: true });
    await expect(again()).rejects.toMatchObject({ code: 'LLM_OVER_BUDGET_AGAIN' });
    await engine.close();
    engine = await open('40000');
    expect(await again()).toMatchObject({ identical: true });
  });
});

/** A model that reads nothing, counts with the vocabulary of another, and answers as long as it may, each time asked twice. */
function weighing(llm: EmbeddedLlm): Llm {
  const value = { text: JSON.stringify(LONGEST), value: LONGEST, cut: null, leftOut: 0, timing: {} };
  const read = async (messages: readonly Message[]) => {
    const whole = messages.map(({ role, content }) => `<|${role}|>\n${content}<|end|>\n`).join('');
    return { promptTokens: await llm.countTokens(whole), reusedTokens: 0, evaluatedTokens: 0, generatedTokens: 0 };
  };
  return {
    info: llm.info,
    async generate(messages: readonly Message[]) {
      const { promptTokens } = await read(messages);
      const generatedTokens = 2 * (await llm.countTokens(value.text));
      return { ...value, usage: { ...(await read([])), promptTokens: 2 * promptTokens, generatedTokens } };
    },
    probabilities: async (messages: readonly Message[]) => ({
      ...{ probabilities: { True: 0.4, False: 0.4 }, cut: null, leftOut: 0, timing: {}, usage: await read(messages) },
    }),
  } as unknown as Llm;
}

describe.each(MODELS)('with the vocabulary of $name', ({ file, missing }) => {
  /** Eight setups and 2,000 characters of written memories, as much as a request has. */
  const told = [...Array(8).fill(RECALLED), ...Array.from({ length: 10 }, (_, n) => `${n}: ${text.slice(0, 197)}`)];

  it.skipIf(missing)(
    'half the budget by default is enough for every round, the longest answers and most memories',
    async () => {
      const llm = await openModel(file());
      const symbol = metered(weighing(llm), { symbol: 'ZZQ', tokens: SETTING_DEFAULTS.LLM_BUDGET_TOKENS / 2 });
      const judge = createLanguageJudge(symbol, { blind: false, temperature: 0, maxTokens: 700, vision: false });
      for (const ask of asksOf(1, told)) await judgeInWords(judge, { ...ask, signal: AbortSignal.timeout(60_000) });
      await llm.close();
      expect(judge.exchanges).toHaveLength(16);
    },
  );
});
