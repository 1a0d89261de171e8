import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';

describe('trying the language model of the settings', () => {
  let engine: Engine;
  let llm: FakeLlmServer;
  /** Everything that leaves this machine would go through it. */
  const proxy = http.createServer();
  let outward = 0;
  const set = (name: string, value: string) => engine.client.settings.set({ name, value });
  const inForce = async (name: string) => (await engine.client.settings.get()).find((one) => one.name === name)?.value;

  beforeAll(async () => {
    proxy.on('connection', (socket) => {
      outward++;
      socket.destroy();
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const through = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    llm = await startFakeLlm({ models: ['qwen-tiny', 'phi-3.5-mini'] });
    const proxies = { HTTP_PROXY: through, HTTPS_PROXY: through };
    engine = await testEngine({ env: { BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', ...proxies } });
  });
  afterAll(async () => {
    await engine?.close();
    llm?.stop();
    proxy.close();
  });

  it('says which model of a server here would answer, or which it has', async () => {
    await set('OLLAMA_BASE_URL', llm.address);
    expect(await engine.client.models.tryLanguage({})).toEqual({
      state: 'ok',
      sentence: `LLM_BACKEND is local: phi-3.5-mini at ${llm.address}/v1 answers.`,
      unasked: null,
    });
    await set('OLLAMA_MODEL', 'Llama');
    expect(await engine.client.models.tryLanguage({})).toEqual({
      state: 'problem',
      sentence: `LLM_BACKEND is local. ${llm.address}/v1 has no language model named Llama; it has: qwen-tiny, phi-3.5-mini; load it there, or name one of these with OLLAMA_MODEL.`,
      unasked: null,
    });
    await set('OLLAMA_MODEL', '');
  });

  it('asks an address elsewhere only on word', async () => {
    await set('OLLAMA_BASE_URL', 'http://models.example.com');
    const unasked = await engine.client.models.tryLanguage({});
    expect([unasked.state, unasked.unasked, outward]).toEqual(['ok', 'http://models.example.com/v1', 0]);
    const asked = await engine.client.models.tryLanguage({ online: true });
    expect([asked.state, asked.unasked]).toEqual(['problem', null]);
    expect(asked.sentence).toContain('http://models.example.com/v1 cannot be reached');
    expect(outward).toBeGreaterThan(0);
  });

  it('refuses an address that nothing can be asked at, and one with a key in it, and keeps what was there', async () => {
    await set('OLLAMA_BASE_URL', 'https://models.example.com/v1?api-version=2024-05-01-preview');
    expect(await inForce('OLLAMA_BASE_URL')).toBe('https://models.example.com/v1?api-version=2024-05-01-preview');
    for (const wrong of ['localhost:1234', 'my server', 'ftp://models.example.com']) {
      await expect(set('OLLAMA_BASE_URL', wrong)).rejects.toMatchObject({
        code: 'BAD_SETTING',
        message: `OLLAMA_BASE_URL is ${wrong}, but it may be an http or https address such as http://localhost:1234.`,
      });
    }
    await expect(set('OLLAMA_BASE_URL', 'https://models.example.org/v1?api-key=SECRET')).rejects.toMatchObject({
      message: expect.stringMatching(
        /^OLLAMA_BASE_URL is an address with a user, a password or a query, but it may be/,
      ),
    });
    expect(await inForce('OLLAMA_BASE_URL')).toBe('https://models.example.com/v1?api-version=2024-05-01-preview');
    await set('OLLAMA_BASE_URL', '');
    expect(await inForce('OLLAMA_BASE_URL')).toBe('');
    await expect(set('AGENT_TEMPERATURE', '')).rejects.toMatchObject({
      message: 'AGENT_TEMPERATURE is empty, but it may be a number from 0 to 2.',
    });
  });
});
