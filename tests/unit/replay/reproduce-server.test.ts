import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../support/fake-llm-server.ts';
import { importBars, randomWalkCsv } from './support.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'The window rises.' },
  ...{ evidenceFor: ['The closes.'], evidenceAgainst: ['The burst.'], invalidationPercent: -5 },
});
const NO_EYES: LlmFaults = { status: 400, message: 'This model does not support images.', ifPicture: true };

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

/** A decision of both judges on a server that does `faults`, which is asked again by a second engine. */
async function decided(faults: LlmFaults, more: NodeJS.ProcessEnv = {}) {
  await server.set(faults);
  const dataDir = temporaryFolder('reproduce-server');
  const env = {
    ...{ BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, MAX_REFINEMENTS: '2' },
    ...more,
  };
  const open = () => testEngine({ dataDir, env });
  const engine = await open();
  await importBars(engine, 'ONE', randomWalkCsv(300, 1));
  const events = await runToEnd(engine, { symbols: [{ symbol: 'ONE', source: 'csv' }], language: 'wait' });
  const decision = events.flatMap((event) => (event.type === 'decision' ? [event.decision] : [])).at(-1)!;
  expect(decision.judge).toBe('llm');
  return { engine, open, decision };
}

const again = (engine: Engine, { id }: Decision, regenerate: boolean) =>
  engine.client.replay.decision({ id, regenerate });

describe('a decision of a server', () => {
  it.each([
    ['in a fence', `\`\`\`json\n${ANSWER}\n\`\`\``],
    ['inside words', `Sure, here it is: ${ANSWER}\nIs there anything else?`],
  ])('that answered %s comes out again with the stored answers, and from the same answers', async (_how, answer) => {
    const { engine, decision } = await decided({ answers: [answer] });
    expect(decision.provenance.rawTexts![0]!.text).toBe(answer);
    expect(await again(engine, decision, false)).toMatchObject({ identical: true, differs: null });
    expect(await again(engine, decision, true)).toMatchObject({ identical: true, differs: null });
    await engine.close();
  });

  it('that refused the picture and read text comes out again, in the session that knows that and in a new one', async () => {
    const { engine, open, decision } = await decided({ answers: [ANSWER], ...NO_EYES }, { USE_VISION: 'true' });
    expect(decision.language!.picture).toMatchObject({ shown: false });
    const { exchanges } = decision.provenance.language!;
    expect(decision.rounds.length).toBeGreaterThan(1);
    expect(exchanges.map(({ kind }) => kind)).toEqual([
      'refused',
      ...decision.rounds.flatMap(() => ['text', 'probabilities', 'probabilities', 'probabilities']),
    ]);
    expect(await again(engine, decision, false)).toMatchObject({ identical: true, differs: null });
    expect(await again(engine, decision, true)).toMatchObject({ identical: true, differs: null });
    await engine.close();
    const next = await open();
    expect(await again(next, decision, false)).toMatchObject({ identical: true, differs: null });
    const asked = await again(next, decision, true);
    expect(asked).toMatchObject({ identical: true, differs: null });
    expect(asked.regenerated!.answers).toHaveLength(exchanges.length - 1);
    await next.close();
  });

  it('asked again keeps to the budget of tokens and of time, and says so by name', async () => {
    const budget = { LLM_BUDGET_SECONDS: '5', LLM_BUDGET_TOKENS: '30000' };
    const { engine, decision } = await decided({ answers: [ANSWER] }, budget);
    await server.set({ answers: [ANSWER], usage: { prompt_tokens: 30_001, completion_tokens: 1 } });
    await expect(again(engine, decision, true)).rejects.toMatchObject({
      code: 'LLM_OVER_BUDGET_AGAIN',
      message:
        'The language model was asked again and did not finish ONE within 30000 tokens (LLM_BUDGET_TOKENS); the stored decision stands.',
    });
    await server.set({ answers: [ANSWER], endless: true, dripMs: 50 });
    await expect(again(engine, decision, true)).rejects.toThrow(
      'The language model was asked again and did not finish ONE within 5 seconds (LLM_BUDGET_SECONDS); the stored decision stands.',
    );
    await engine.close();
  }, 60_000);

  it('whose answers name the words in another order is asked again without a difference', async () => {
    const { engine, decision } = await decided({ answers: [ANSWER] });
    const { sentence, identical, regenerated } = await again(engine, decision, true);
    expect(identical).toBe(true);
    expect(regenerated!.answers.every(({ same }) => same)).toBe(true);
    expect(sentence).toContain('Every text and figure of its answers is the same');
    await server.set({ answers: [ANSWER], top: [{ token: 'True', logprob: Math.log(0.6) }] });
    const drift = await again(engine, decision, true);
    // True 0.7 and False 0.25 before
    expect(drift.regenerated!.answers[1]!).toMatchObject({
      ...{ kind: 'probabilities', same: false, stored: 'False 0.250000, True 0.700000' },
      now: 'False 0.00000, True 0.600000',
    });
    expect(drift.regenerated!.answers[1]!.difference).toBeCloseTo(0.25, 12);
    await engine.close();
  });
});
