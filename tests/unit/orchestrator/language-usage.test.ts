import { afterAll, beforeAll, expect, it } from 'vitest';
import { runToEnd, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'The closes rise.' },
  ...{ evidenceFor: ['They rise.'], evidenceAgainst: ['They stand high.'], invalidationPercent: -5 },
});

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

it.each([
  { prompt_tokens: 400, completion_tokens: 1.5 },
  { prompt_tokens: -5, completion_tokens: 50, prompt_tokens_details: { cached_tokens: -7 } },
  { prompt_tokens: 1e300, completion_tokens: '50' },
])('a server that counts %j gives every symbol its second opinion, which can be read again', async (usage) => {
  await server.set({ answers: [ANSWER], usage });
  const env = { BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, MAX_REFINEMENTS: '0' };
  const engine = await testEngine({ env });
  const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }, { symbol: 'MSFT' }], language: 'wait' });
  const second = events.flatMap((event) =>
    event.type === 'decision' && event.decision.judge === 'llm' ? [event.decision] : [],
  );
  expect(second.map(({ symbol }) => symbol)).toEqual(['AAPL', 'MSFT']);
  expect(events.at(-1)).toMatchObject({ type: 'end', status: 'done' });
  for (const { id } of second) {
    const { language } = await engine.client.decisions.get({ id });
    for (const count of [language!.promptTokens, language!.reusedTokens, language!.generatedTokens]) {
      expect(Number.isSafeInteger(count)).toBe(true);
      expect(count).toBeGreaterThanOrEqual(0);
    }
  }
  await engine.close();
});
