import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { backendOptions, createOpenAiLlm, serverAddress } from '../../../../electron/engine/llm/openai/index.ts';
import { modelAmong } from '../../../../electron/engine/llm/openai/models.ts';
import { type FakeLlmServer, type LlmFaults, startFakeLlm } from '../../../support/fake-llm-server.ts';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

/** The name that a server of these faults is asked for. */
async function askedOf(faults: LlmFaults, settings: { LLM_BACKEND?: string; OLLAMA_MODEL?: string } = {}) {
  await server.set(faults);
  const named = { LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, ...settings };
  const options = backendOptions(named, { LLM_API_KEY: 'k' })!;
  const llm = await createOpenAiLlm({ ...options, retries: { tries: 1, firstMs: 1 } });
  const [first] = await server.asked();
  expect(llm.info.name).toBe(first!.body.model);
  return llm.info.name;
}

describe('on Azure, whose list holds models and never deployments', () => {
  const models = ['gpt-4o-2024-08-06', 'Phi-3.5-MoE-instruct', 'text-embedding-ada-002'];
  const azure = (OLLAMA_MODEL?: string) =>
    askedOf({ models, deployment: 'my-phi' }, { LLM_BACKEND: 'azure', OLLAMA_MODEL });

  it('the deployment that is named is asked, whatever is listed', async () => {
    expect(await azure('my-phi')).toBe('my-phi');
    const named = 'phi-3.5-mini-instruct';
    expect(await askedOf({ models, deployment: named }, { LLM_BACKEND: 'azure', OLLAMA_MODEL: named })).toBe(named);
  });

  it.each([[undefined], ['yours']])('a deployment that is not there (%s) is told with the way on', async (named) => {
    await expect(azure(named)).rejects.toMatchObject({
      code: 'LLM_UNKNOWN_MODEL',
      message: expect.stringMatching(/; name your deployment with OLLAMA_MODEL\.$/),
    });
  });

  it('an address of Azure is that of Azure with every backend', () => {
    const settings = { OLLAMA_BASE_URL: 'https://mine.openai.azure.com', OLLAMA_MODEL: 'phi-3.5-mini-instruct' };
    expect(serverAddress(settings.OLLAMA_BASE_URL).keyHeader).toBe('api-key');
    expect(backendOptions({ LLM_BACKEND: 'local', ...settings }, {})).toMatchObject({
      ...{ model: 'phi-3.5-mini-instruct', deployment: true },
    });
  });
});

describe('of several models', () => {
  const PHIS = ['phi-3.5-moe-instruct', 'phi-3.5-vision-instruct', 'phi-3.5-mini-instruct'];

  it.each([
    [PHIS, 'phi-3.5-mini-instruct'],
    [['Phi-3.5-mini-instruct-Q4', ...PHIS], 'phi-3.5-mini-instruct'],
    [['phi-3.5-moe-instruct', 'microsoft/Phi-3.5-mini-instruct-awq'], 'microsoft/Phi-3.5-mini-instruct-awq'],
    [['phi-3.5-moe-instruct', 'phi3.5:latest'], 'phi3.5:latest'],
    [['llama3', 'phi-3.5-moe-instruct'], 'phi-3.5-moe-instruct'],
  ])('of %j it is %s, named or not', async (models, name) => {
    expect(await askedOf({ models })).toBe(name);
    expect(await askedOf({ models }, { OLLAMA_MODEL: 'phi-3.5-mini-instruct' })).toBe(name);
  });

  it.each([
    [['llama3:latest', 'LLAMA3', 'llama3'], 'llama3', 'llama3'],
    [['llama3:latest', 'LLAMA3'], 'llama3', 'LLAMA3'],
    [['phi-3.5-vision-instruct', ...PHIS], 'Phi-3.5-Vision-Instruct', 'phi-3.5-vision-instruct'],
  ])('of %j, %s is %s', (models, wanted, name) => {
    const listed = models.map((id) => ({ id, contextTokens: null }));
    expect(modelAmong(listed, wanted)?.id).toBe(name);
  });
});
