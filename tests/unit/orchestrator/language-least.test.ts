import { afterAll, beforeAll, expect, it } from 'vitest';
import { SETTING_ALLOWED } from '../../../shared/domain/index.ts';
import { runToEnd, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';

/** As long as the form of the answer lets it be, but for the three scores. */
const LONG = 'The closes rise and fall again, as so often before. '.repeat(12);
const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'mean_reverting', action: 'short' },
  ...{ thesis: LONG.slice(0, 600), evidenceFor: [LONG.slice(0, 200), LONG.slice(9, 209)] },
  ...{ evidenceAgainst: [LONG.slice(17, 217), LONG.slice(22, 222)], invalidationPercent: -30 },
});

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm({
    answers: [ANSWER],
    top: [
      { token: 'False', logprob: -1 },
      { token: 'True', logprob: -1 },
    ],
  });
});
afterAll(() => server.stop());

const least = Number(/from (\d+) to/.exec(SETTING_ALLOWED.AGENT_MAX_TOKENS)![1]);

async function asked(more: NodeJS.ProcessEnv) {
  const env = {
    BRAINNET_LOG: 'silent',
    LLM_BACKEND: 'local',
    OLLAMA_BASE_URL: server.address,
    BLIND_MODE: 'off',
    ...more,
  };
  const engine = await testEngine({ env });
  const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
  await engine.close();
  return {
    problems: events.flatMap((event) => (event.type === 'language' ? [event.sentence] : [])),
    decided: events.filter((event) => event.type === 'decision' && event.decision.language).length,
  };
}

it.each([{ USE_VISION: 'false' }, { USE_VISION: 'true' }])(
  'the least AGENT_MAX_TOKENS that is accepted is enough for every round, with %j',
  async (more) => {
    expect(await asked({ AGENT_MAX_TOKENS: String(least), ...more })).toEqual({ problems: [], decided: 1 });
  },
  60_000,
);

it('a model that reads less says how many tokens it takes', async () => {
  const short = {
    answers: [JSON.stringify({ ...JSON.parse(ANSWER), thesis: '', evidenceFor: [], evidenceAgainst: [] })],
  };
  await server.set({ ...short, contextTokens: 1000 });
  const { problems } = await asked({});
  const sentence =
    /^The request has about (\d+) tokens, and the language model can read 300; nothing more could be left out: AGENT_MAX_TOKENS and what the model can read must be at least (\d+)\./;
  const [tokens, needed] = sentence.exec(problems[0]!)!.slice(1).map(Number);
  expect(needed).toBe(tokens! + 700);
  await server.set({ ...short, contextTokens: needed! });
  expect((await asked({ MAX_REFINEMENTS: '0' })).problems).toEqual([]);
}, 60_000);
