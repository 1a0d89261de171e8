import { afterAll, beforeAll, expect, it } from 'vitest';
import { createOpenAiLlm } from '../../../../electron/engine/llm/openai/index.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../../support/fake-llm-server.ts';

const ASK = [{ role: 'user' as const, content: 'Is it so?' }];

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

async function opened(faults: LlmFaults) {
  await server.set(faults);
  const llm = await createOpenAiLlm({ address: server.address, model: null, retries: { tries: 1, firstMs: 1 } });
  return { llm, probes: (await server.asked()).map(({ body }) => body) };
}

it('as many as any server tells are asked for, over the whole softmax', async () => {
  const { llm, probes } = await opened({});
  expect(probes).toMatchObject([{ top_logprobs: 20, top_p: 1, temperature: 1 }]);
  await llm.probabilities(ASK, ['True', 'False']);
  expect((await server.asked())[0]!.body).toMatchObject({ top_logprobs: 20, top_p: 1 });
});

it.each(['status', 'stream'] as const)(
  'text-generation-inference, which tells 5 and takes no top_p of 1, is asked so, and from then on at once (refused in the %s)',
  async (textGenerationInference) => {
    const { llm, probes } = await opened({ textGenerationInference });
    expect(probes.map(({ top_logprobs, top_p }) => [top_logprobs, top_p])).toEqual([
      [20, 1],
      [5, undefined],
    ]);
    expect(llm.info.tokenProbabilities).toBe(true);
    const { probabilities } = await llm.probabilities(ASK, ['True', 'False']);
    expect(probabilities.True).toBeCloseTo(0.7, 10);
    expect(await server.asked()).toHaveLength(1);
  },
);

it.each<LlmFaults>([{ refuses: ['top_logprobs'] }, { refuses: ['logprobs'] }, { refuses: ['top_logprobs', 'top_p'] }])(
  'a server that refuses them (%j) answers with a stated figure',
  async (faults) => {
    const { llm, probes } = await opened(faults);
    expect(llm.info).toMatchObject({ tokenProbabilities: false, note: expect.stringMatching(/stated figure/) });
    expect(probes.at(-1)).not.toHaveProperty('logprobs');
    expect((await llm.generate(ASK, { maxTokens: 5, temperature: 0 })).text).toBe('True');
  },
);

it('a server that tells only the one it chose, or none that can be read, answers with a stated figure', async () => {
  const unreadable = [
    { token: 'True', logprob: null },
    { token: 'False', logprob: null },
  ] as unknown as LlmFaults['top'];
  for (const top of [[{ token: 'True', logprob: 0 }], unreadable, []]) {
    const { llm } = await opened({ top });
    expect(llm.info.tokenProbabilities).toBe(false);
  }
});

it('a refusal of every request is told as the server says it', async () => {
  await expect(opened({ status: 422, message: 'the model is gone' })).rejects.toThrow(
    /answered 422: the model is gone/,
  );
});

const MISSING = { code: 'LLM_NO_PROBABILITIES' };

it('an answer or two without them costs no more than itself', async () => {
  const { llm } = await opened({});
  for (let round = 0; round < 3; round++) {
    await server.set({ top: null });
    for (let i = 0; i < 2; i++) await expect(llm.probabilities(ASK, ['True'])).rejects.toMatchObject(MISSING);
    expect(llm.info).toMatchObject({ tokenProbabilities: true, note: null });
    await server.set({});
    expect((await llm.probabilities(ASK, ['True'])).probabilities.True).toBeGreaterThan(0);
  }
});

it.each<[string, LlmFaults, number]>([
  ['sends none three times on end', { top: null }, 3],
  ['refuses them', { refuses: ['top_logprobs'] }, 1],
])('a server that %s is told of, and answers with a stated figure from then on', async (_, faults, times) => {
  const { llm } = await opened({});
  await server.set(faults);
  for (let i = 0; i < times; i++) {
    expect(llm.info.tokenProbabilities).toBe(true);
    await expect(llm.probabilities(ASK, ['True'])).rejects.toMatchObject(MISSING);
  }
  expect(llm.info).toMatchObject({ tokenProbabilities: false, note: expect.stringMatching(/stated figure/) });
  await server.asked();
  await expect(llm.probabilities(ASK, ['True'])).rejects.toMatchObject(MISSING);
  expect(await server.asked()).toEqual([]);
});
