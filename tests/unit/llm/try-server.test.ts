import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkLanguageModel } from '../../../electron/engine/llm/index.ts';
import { createOpenAiLlm } from '../../../electron/engine/llm/openai/index.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../support/fake-llm-server.ts';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

async function tried(faults: LlmFaults, settings: { LLM_BACKEND?: string; OLLAMA_MODEL?: string } = {}) {
  await server.set(faults);
  const files = { list: () => Promise.reject(new Error('not asked')) } as never;
  const named = { LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, ...settings };
  const found = await checkLanguageModel({ settings: named, env: { LLM_API_KEY: 'k' }, files, online: true });
  expect(await server.asked()).toEqual([]);
  return { ...found, sentence: found.sentence.replaceAll(server.address, 'HERE') };
}
const listing = (status: number, body = '{}', type?: string) => ({
  modelsAnswer: { status, body, type, headers: { location: 'http://127.0.0.1:9/v1/models', 'retry-after': '7' } },
});

it('a server that lists the model answers', async () => {
  expect(await tried({})).toMatchObject({
    state: 'ok',
    sentence: 'LLM_BACKEND is local: phi-3.5-mini-instruct at HERE/v1 answers.',
  });
});

it.each<[string, LlmFaults, RegExp]>([
  ['any web server', listing(404, '<!doctype html><title>Error response</title>', 'text/html'), /404 with a web page/],
  ['too many requests', listing(429), /too many requests; wait 7 seconds/],
  ['a fault', listing(500, '{"error":{"message":"out of memory"}}'), /answered 500: out of memory\.$/],
  ['a gateway', listing(502, '<html><h1>502 Bad Gateway</h1>', 'text/html'), /answered 502 with a web page/],
  ['a redirect', listing(302), /sends elsewhere \(302\)/],
  ['a fault with status 200', listing(200, '{"error":{"message":"still loading"}}'), /still loading\.$/],
  ['something else', listing(200, '[]'), /not a list of models/],
])('%s is a problem that is named, and no model that answers', async (_, faults, sentence) => {
  const found = await tried(faults);
  expect(found).toMatchObject({ state: 'problem', sentence: expect.stringMatching(sentence) });
  expect(found.sentence).not.toMatch(/answers\./);
});

it.each([404, 405])('a server that does not list its models (%i) is told as it was seen', async (status) => {
  const faults = listing(status, '{"detail":"Not Found"}');
  for (const OLLAMA_MODEL of ['', 'mine']) {
    const found = await tried(faults, { OLLAMA_MODEL });
    expect(found).toMatchObject({
      state: 'warning',
      sentence: `LLM_BACKEND is local: HERE/v1 does not list its models (${status}), so whether ${OLLAMA_MODEL || 'phi-3.5-mini-instruct'} answers there is seen only in an analysis; a wrong OLLAMA_BASE_URL looks the same.`,
    });
  }
});

it.each([404, 429, 500])(
  'a server whose list fails with %i and that answers is used in an analysis',
  async (status) => {
    await server.set(listing(status));
    expect((await createOpenAiLlm({ address: server.address, model: 'mine' })).info.name).toBe('mine');
  },
);

it.each([
  [429, 'LLM_LIMITED', /wait 7 seconds/],
  [503, 'LLM_ANSWER_BAD', /answered 503/],
])(
  'where no name is given and the list fails with %i for now, that is said, and no name is guessed',
  async (status, code, sentence) => {
    await server.set({ ...listing(status), status: 404, message: 'model not found, try pulling it first' });
    const opened = createOpenAiLlm({ address: server.address, model: null });
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringMatching(sentence) });
    expect(await server.asked()).toEqual([]);
  },
);

it('a deployment of Azure is not told to answer by a list that cannot hold it', async () => {
  const found = await tried({ models: ['gpt-4o'] }, { LLM_BACKEND: 'azure', OLLAMA_MODEL: 'no-such' });
  expect(found).toMatchObject({
    state: 'ok',
    sentence:
      'LLM_BACKEND is azure: HERE/v1 answers; whether it has a deployment named no-such is seen only in an analysis, since it lists none.',
  });
});
