import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { backendOptions, findLocalServer, serverAddress } from '../../../../electron/engine/llm/openai/index.ts';
import { type FakeLlmServer, startFakeLlm } from '../../../support/fake-llm-server.ts';

describe('an address', () => {
  it.each([
    ['http://localhost:1234', 'http://localhost:1234/v1', true],
    ['http://localhost:11434/', 'http://localhost:11434/v1', true],
    ['http://127.0.0.1:8080/v1/chat/completions', 'http://127.0.0.1:8080/v1', true],
    ['https://router.huggingface.co/v1', 'https://router.huggingface.co/v1', false],
    ['https://mine.openai.azure.com', 'https://mine.openai.azure.com/openai/v1', false],
    ['https://mine.inference.ml.azure.com/v1/', 'https://mine.inference.ml.azure.com/v1', false],
  ])('%s is asked at %s', (given, base, local) => {
    expect(serverAddress(given)).toMatchObject({ base, local, where: base });
  });

  it('keeps its query and shows neither that nor a password', () => {
    const server = serverAddress(
      'https://me:secret@mine.openai.azure.com/openai/deployments/phi?api-version=2024-10-21',
    );
    expect(server).toMatchObject({
      ...{ base: 'https://mine.openai.azure.com/openai/deployments/phi', keyHeader: 'api-key' },
      query: { 'api-version': '2024-10-21' },
    });
    expect(JSON.stringify(server)).not.toContain('secret');
  });

  it.each(['localhost:1234', 'ftp://somewhere', 'nonsense'])('%s is none', (text) => {
    expect(() => serverAddress(text)).toThrow(expect.objectContaining({ code: 'BAD_SETTING' }));
  });
});

describe("the original's variables", () => {
  /** By settings, which hold them but for the key. */
  const of = (LLM_BACKEND: string, { LLM_API_KEY, ...named }: Record<string, string> = {}) =>
    backendOptions({ LLM_BACKEND, ...named }, { ...(LLM_API_KEY && { LLM_API_KEY }) });

  it('name a local server, LM Studio where nothing is said', () => {
    expect(of('local')).toMatchObject({ address: 'http://localhost:1234/v1', model: null, key: undefined });
    const env = { OLLAMA_BASE_URL: 'http://localhost:11434', OLLAMA_MODEL: 'phi3.5:3.8b', LLM_API_KEY: 'k' };
    expect(of('local', env)).toMatchObject({ address: 'http://localhost:11434', model: 'phi3.5:3.8b', key: 'k' });
    expect(of('local', { OLLAMA_MODEL: 'phi-3.5-mini-instruct' })).toMatchObject({ model: null });
  });

  it('say whether the model reads pictures', () => {
    expect(of('local')?.vision).toBe(false);
    expect(of('local', { USE_VISION: 'true' })?.vision).toBe(true);
  });

  it('name Hugging Face and Azure, which need a key', () => {
    expect(of('hf', { LLM_API_KEY: 'k' })).toMatchObject({
      ...{ address: 'https://router.huggingface.co/v1', model: 'microsoft/Phi-3.5-mini-instruct', key: 'k' },
    });
    expect(() => of('hf')).toThrow(
      /^LLM_API_KEY is not set, and LLM_BACKEND hf needs it: the key of your Hugging Face account\.$/,
    );
    expect(() => of('azure', { LLM_API_KEY: 'k' })).toThrow(
      /^OLLAMA_BASE_URL is not set, and LLM_BACKEND azure needs it: the address of your deployment\.$/,
    );
    const env = { LLM_API_KEY: 'k', OLLAMA_BASE_URL: 'https://mine.models.ai.azure.com' };
    expect(of('azure', env)).toMatchObject({ address: env.OLLAMA_BASE_URL, key: 'k' });
  });

  it.each(['embedded', 'none', 'auto'])('name no server with %s', (backend) => {
    expect(of(backend)).toBe(null);
  });
});

describe('auto', () => {
  let server: FakeLlmServer;
  beforeAll(async () => {
    server = await startFakeLlm();
  });
  afterAll(() => server.stop());

  it('finds the first server that answers, and gives it no key that was meant for another', async () => {
    const addresses = ['http://127.0.0.1:9/v1', `${server.address}/v1`];
    const found = await findLocalServer({ LLM_BACKEND: 'auto' }, { LLM_API_KEY: 'for-azure' }, { addresses });
    expect(found).toMatchObject({ address: `${server.address}/v1`, key: undefined });
  });

  it('passes over a server that has neither Phi-3.5 nor the model asked for', async () => {
    const other = await startFakeLlm({ models: ['llama3', 'qwen2.5'] });
    onTestFinished(other.stop);
    await server.set({ models: ['phi3.5:latest', 'mistral'] });
    const addresses = [`${other.address}/v1`, `${server.address}/v1`];
    const found = (OLLAMA_MODEL?: string) =>
      findLocalServer({ LLM_BACKEND: 'auto', OLLAMA_MODEL }, {}, { addresses }).then((options) => options?.address);
    expect(await found()).toBe(addresses[1]);
    expect(await found('phi-3.5-mini-instruct')).toBe(addresses[1]);
    expect(await found('Mistral')).toBe(addresses[1]);
    expect(await found('qwen2.5')).toBe(addresses[0]);
    // Where none has it, the first that answers says which it has.
    expect(await found('gemma')).toBe(addresses[0]);
  });

  it('finds none where nothing answers as a server of models does', async () => {
    await server.set({ modelsHtml: true });
    const addresses = ['http://127.0.0.1:9/v1', `${server.address}/v1`];
    expect(await findLocalServer({ LLM_BACKEND: 'auto' }, {}, { addresses })).toBe(null);
  });
});
