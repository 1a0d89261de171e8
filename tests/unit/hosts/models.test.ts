import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';
import { type ModelServer, modelContent, startModelServer } from '../../support/model-server.ts';

const PHI_SHA256 = 'e4165e3a71af97f1b4820da61079826d8752a2088e313af0c7d346796c38eff5';

describe('models on the command line', () => {
  const dataDir = temporaryFolder('models-cli');
  const own = path.join(temporaryFolder('own'), 'mine.gguf');
  let mirror: ModelServer;
  let llm: FakeLlmServer;
  const env = () => ({ BRAINNET_MODEL_MIRROR: mirror.address, LLM_BACKEND: '', OLLAMA_BASE_URL: '' });
  const cli = (args: string[], more: Record<string, string> = {}) =>
    runCli([...args, '--json', '--data-dir', dataDir], { ...env(), ...more });
  const doctor = async (more: Record<string, string> = {}) =>
    (await cli(['doctor'], more)).lines().find(({ name }) => name === 'language model');

  beforeAll(async () => {
    writeFileSync(own, modelContent(5000));
    mirror = await startModelServer(1000, { status: 404 });
    llm = await startFakeLlm();
  });
  afterAll(() => {
    mirror.stop();
    llm.stop();
  });

  test('list names the model, its size, its hash and where it would come from, and that there is none', async () => {
    const { code, lines } = await cli(['models', 'list']);
    expect([code, lines()]).toMatchObject([
      0,
      [
        {
          type: 'models',
          inUse: null,
          known: {
            ...{ file: 'Phi-3.5-mini-instruct-Q4_K_M.gguf', bytes: 2_393_232_672, sha256: PHI_SHA256, license: 'MIT' },
            address: `${mirror.address}/bartowski/Phi-3.5-mini-instruct-GGUF/resolve/main/Phi-3.5-mini-instruct-Q4_K_M.gguf`,
          },
          problem: { code: 'LLM_MISSING', sentence: expect.stringMatching(/brainnet models download/) },
        },
      ],
    ]);
    expect(await mirror.asked()).toEqual([]);
    expect(await doctor()).toMatchObject({
      state: 'warning',
      sentence: expect.stringMatching(/^There is no language model/),
    });
  });

  test('a download that cannot be says so and ends with 1', async () => {
    const { code, lines } = await cli(['models', 'download']);
    expect(code).toBe(1);
    expect(lines().at(-1)).toMatchObject({ type: 'error', error: { code: 'MODEL_DOWNLOAD_FAILED' } });
    expect(await mirror.asked()).toHaveLength(1);
  });

  test('a file of the user is used, verified, told by doctor, and left again', async () => {
    const used = await cli(['models', 'use', own]);
    expect([used.code, used.lines().at(-1)]).toMatchObject([0, { inUse: { path: own, check: 'own' } }]);
    const verified = await cli(['models', 'verify']);
    expect([verified.code, verified.lines().at(-1)]).toMatchObject([0, { problem: null, inUse: { path: own } }]);
    expect(await doctor()).toMatchObject({
      state: 'ok',
      sentence: expect.stringMatching(/^Embedded: "mine\.gguf, a file of your own"/),
    });
    const changed = modelContent(5000);
    changed[4000]! ^= 1;
    writeFileSync(own, changed);
    const refused = await cli(['models', 'verify']);
    expect([refused.code, refused.lines().at(-1)]).toMatchObject([1, { error: { code: 'MODEL_FILE_DAMAGED' } }]);
    expect(await doctor()).toMatchObject({
      state: 'problem',
      sentence: expect.stringMatching(/it changed since you chose it/),
    });
    const left = await cli(['models', 'use', '--default']);
    expect(left.lines().at(-1)).toMatchObject({ inUse: null });
    const neither = await cli(['models', 'use']);
    expect([neither.code, neither.stdout]).toEqual([2, expect.stringContaining('name a GGUF file, or say --default')]);
    const both = await cli(['models', 'use', '--default', own]);
    expect([both.code, both.stdout]).toEqual([
      2,
      expect.stringMatching(/a GGUF file and --default .*name one of them/),
    ]);
    expect((await cli(['models', 'use', path.dirname(own)])).lines().at(-1)).toMatchObject({
      error: { code: 'MODEL_FILE_REFUSED' },
    });
  });

  test('doctor asks a server of this machine, and says what it answered', async () => {
    const local = { LLM_BACKEND: 'local', OLLAMA_BASE_URL: llm.address };
    expect(await doctor(local)).toMatchObject({
      state: 'ok',
      sentence: `LLM_BACKEND is local: phi-3.5-mini-instruct at ${llm.address}/v1 answers.`,
    });
    expect(await llm.asked()).toEqual([]);
    expect(await doctor({ ...local, OLLAMA_BASE_URL: 'http://127.0.0.1:9' })).toMatchObject({
      state: 'problem',
      sentence: expect.stringMatching(/is the server running\?/),
    });
    const far = { LLM_BACKEND: 'hf', LLM_API_KEY: 'hf_secret' };
    const told = await doctor(far);
    expect(told).toMatchObject({ state: 'ok', sentence: expect.stringMatching(/doctor --online tries it now/) });
    expect(JSON.stringify(told)).not.toContain('hf_secret');
    expect(await doctor({ LLM_BACKEND: 'none' })).toMatchObject({ state: 'ok' });
    expect(await doctor({ LLM_BACKEND: 'azure' })).toMatchObject({
      state: 'problem',
      sentence:
        'LLM_BACKEND is azure. LLM_API_KEY is not set, and LLM_BACKEND azure needs it: the key of your Azure account.',
    });
    expect(await doctor({ LLM_BACKEND: 'auto', OLLAMA_BASE_URL: 'perhaps' })).toMatchObject({
      state: 'problem',
      sentence: expect.stringMatching(/OLLAMA_BASE_URL is perhaps, but it may be an http or https address/),
    });
  });
});
