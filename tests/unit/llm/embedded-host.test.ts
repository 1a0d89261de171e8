import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createLlmHost, type Llm, type LlmHost, type LlmHostDeps } from '../../../electron/engine/llm/index.ts';
import { sha256 } from '../../../electron/engine/platform/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { tinyModel, tinyModelFile } from '../../support/tiny-model/index.ts';
import { TUNING } from './embedded/models.ts';

let host: LlmHost;
afterEach(() => host?.close());

const HI = [{ role: 'user', content: 'Hi' }] as const;
const noFile = new BrainnetError('LLM_MISSING', { problem: 'its file is not here yet' });

function filesOf(file: string | null): LlmHostDeps['files'] {
  const view = {
    known: { title: 'Phi', file: 'phi.gguf', bytes: 1, sha256: '0'.repeat(64), license: 'MIT', address: 'https://x' },
    job: null,
    folder: '/',
    freeBytes: null,
  };
  const about = {
    path: file ?? '',
    place: 'own',
    title: 'Tiny',
    sha256: null,
    checkedAt: null,
    bytes: 1,
    check: 'own',
  } as const;
  return {
    list: () => ({ ...view, inUse: file ? about : null, problem: file ? null : noFile.toData() }),
    forUse: async () => {
      if (!file) throw noFile;
      return { path: file, title: 'Tiny', sha256: sha256(tinyModel()), known: false };
    },
  };
}

function hostOf(deps: Partial<LlmHostDeps>): LlmHost {
  host = createLlmHost({
    backend: () => 'embedded',
    files: filesOf(null),
    dir: mkdtempSync(path.join(tmpdir(), 'brainnet-host-')),
    openServer: () => Promise.reject(new BrainnetError('LLM_UNREACHABLE', { where: 'nowhere', problem: 'refused' })),
    embedded: { gpu: false, tuning: TUNING, contextTokens: 512 },
    ...deps,
  });
  return host;
}

const server = (closed: () => void): Llm => ({
  info: {
    ...{ backend: 'openai', name: 'served', file: null, sha256: null, contextTokens: 4096, device: 'http://x' },
    ...{ vision: false, tokenProbabilities: false, note: null },
  },
  generate: async () => ({
    ...{ text: 'yes', value: null, finish: 'stop', cut: null, leftOut: 0, repaired: false },
    usage: { promptTokens: 10, reusedTokens: 0, evaluatedTokens: 10, generatedTokens: 4 },
    timing: { promptMs: 100, generateMs: 200 },
  }),
  generateWithImage: () => Promise.reject(new Error('no')),
  probabilities: () => Promise.reject(new Error('no')),
  countTokens: () => 1,
  close: async () => closed(),
});

test('without a model the way to get one is said, and nothing is loaded', async () => {
  const sentence =
    'There is no language model (its file is not here yet); get one with brainnet models download, or set LLM_BACKEND to local and start LM Studio or Ollama.';
  hostOf({});
  expect(host.state()).toEqual({ status: 'none', sentence });
  await expect(host.get()).rejects.toThrow(sentence);
  expect(host.state()).toEqual({ status: 'none', sentence });
});

test('none is none', async () => {
  hostOf({ backend: () => 'none', files: filesOf(tinyModelFile()) });
  const sentence =
    'The language model is switched off (LLM_BACKEND is none); to switch it on, set LLM_BACKEND to embedded, auto or local.';
  expect(host.state()).toEqual({ status: 'none', sentence });
  await expect(host.get()).rejects.toMatchObject({ code: 'LLM_OFF', message: sentence });
});

test('the embedded model is loaded when first asked for, once, and its rates are told', async () => {
  hostOf({
    files: filesOf(tinyModelFile()),
    embedded: { gpu: false, tuning: TUNING, contextTokens: 512, idleMs: 200 },
  });
  expect(host.state()).toEqual({
    status: 'unloaded',
    rates: { promptTokensPerSecond: null, generatedTokensPerSecond: null, workMs: null },
  });
  const opening = host.get();
  expect(host.state()).toEqual({ status: 'loading' });
  const [llm, same] = await Promise.all([opening, host.get()]);
  expect(same).toBe(llm);
  expect(host.state()).toMatchObject({
    status: 'ready',
    info: { name: 'Tiny', backend: 'embedded', device: 'CPU', sha256: sha256(tinyModel()), contextTokens: 512 },
    rates: { promptTokensPerSecond: TUNING.promptTokensPerSecond },
  });
  const { usage, timing } = await llm.generate(HI, { maxTokens: 5, temperature: 0 });
  expect(host.state()).toMatchObject({
    rates: { promptTokensPerSecond: (usage.evaluatedTokens / timing.promptMs) * 1000 },
  });
  await expect.poll(() => host.state().status).toBe('unloaded');
  await expect(llm.countTokens('price')).resolves.toBe(1);
});

test('a model that was unloaded when idle is loaded again before it is handed over, once for all who ask', async () => {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'brainnet-host-')), 'model.gguf');
  copyFileSync(tinyModelFile(), file);
  hostOf({ files: filesOf(file), embedded: { gpu: false, tuning: TUNING, contextTokens: 512, idleMs: 200 } });
  const idle = () => expect.poll(() => host.state().status).toBe('unloaded');
  const first = await host.get();
  await idle();
  const again = host.get();
  await expect.poll(() => host.state().status).toBe('loading');
  expect(await again).toBe(first);
  expect(host.state().status).toBe('ready');

  await idle();
  writeFileSync(file, 'no model any more');
  const asked = [host.get(), host.get()];
  for (const each of asked) await expect(each).rejects.toMatchObject({ code: 'LLM_UNLOADABLE' });
  expect(host.state()).toMatchObject({ status: 'failed', sentence: expect.stringContaining('cannot be loaded') });

  copyFileSync(tinyModelFile(), file);
  expect((await host.get()).info.name).toBe('Tiny');
  expect(host.state().status).toBe('ready');
});

test('a model that was closed for another setting says so, idle or at work, and that Brainnet closes only when it does', async () => {
  let context = '512';
  hostOf({ files: filesOf(tinyModelFile()), openedWith: () => context });
  const closed = { code: 'MODEL_CLOSED', message: expect.stringMatching(/^The language model .* was closed/) };
  const llm = await host.get();
  const atWork = expect(llm.generate(HI, { maxTokens: 400, temperature: 1 })).rejects.toMatchObject(closed);
  context = '256';
  const next = await host.get();
  await atWork;
  await expect(llm.generate(HI, { maxTokens: 5, temperature: 0 })).rejects.toMatchObject(closed);
  await expect(next.countTokens('price')).resolves.toBe(1);
  await host.close();
  await expect(next.countTokens('price')).rejects.toMatchObject({ code: 'CLOSING' });
});

test('what was measured stands before the model is loaded again, on the same folder and for the same file', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-host-'));
  const file = tinyModelFile();
  hostOf({ dir, files: filesOf(file) });
  const llm = await host.get();
  const { usage, timing } = await llm.generate(HI, { maxTokens: 5, temperature: 0 });
  host.worked(4000);
  host.worked(2000);
  await host.close();
  const rates = {
    promptTokensPerSecond: (usage.evaluatedTokens / timing.promptMs) * 1000,
    generatedTokensPerSecond: (usage.generatedTokens / timing.generateMs) * 1000,
    workMs: 3000,
  };
  hostOf({ dir, files: filesOf(file) });
  expect(host.state()).toEqual({ status: 'unloaded', rates });
  await host.get();
  expect(host.state()).toMatchObject({ status: 'ready', rates });
  await host.close();
  hostOf({ dir, backend: () => 'local', openedWith: () => 'http://localhost:1' });
  expect(host.state()).toMatchObject({ rates: { promptTokensPerSecond: null, workMs: null } });
});

test('auto prefers a server, and falls back to the file', async () => {
  const closings: string[] = [];
  hostOf({ backend: () => 'auto', openServer: async () => server(() => closings.push('server')) });
  const llm = await host.get();
  expect(llm.info.name).toBe('served');
  await llm.generate(HI, { maxTokens: 5, temperature: 0 });
  expect(host.state()).toMatchObject({ rates: { promptTokensPerSecond: 100, generatedTokensPerSecond: 20 } });
  await host.close();
  expect(closings).toEqual(['server']);
  await expect(host.get()).rejects.toMatchObject({ code: 'CLOSING' });

  hostOf({ backend: () => 'auto', files: filesOf(tinyModelFile()) });
  expect((await host.get()).info.backend).toBe('embedded');
  await host.close();

  hostOf({ backend: () => 'auto' });
  await expect(host.get()).rejects.toMatchObject({ code: 'LLM_UNREACHABLE' });
  expect(host.state()).toMatchObject({ status: 'failed', sentence: expect.stringContaining('cannot be reached') });
});

test('a change of the setting or the file closes what was open', async () => {
  let backend: 'local' | 'none' = 'local';
  const closings: string[] = [];
  let opened = 0;
  const openServer = async () => server(() => closings.push(`server ${++opened}`));
  hostOf({ backend: () => backend, openServer });
  await host.get();
  backend = 'none';
  await expect(host.get()).rejects.toMatchObject({ code: 'LLM_OFF' });
  expect(closings).toEqual(['server 1']);
  backend = 'local';
  const before = await host.get();
  host.forget();
  expect(await host.get()).not.toBe(before);
});

test('settings that name no server are told before one is asked, and another server is opened anew', async () => {
  let address = 'perhaps';
  let opened = 0;
  hostOf({
    backend: () => 'local',
    openedWith: () => address,
    checkServer: () => {
      if (address === 'perhaps')
        throw new BrainnetError('BAD_SETTING', { name: 'OLLAMA_BASE_URL', value: address, allowed: 'an address' });
    },
    openServer: async () => {
      opened++;
      return server(() => {});
    },
  });
  const sentence = 'OLLAMA_BASE_URL is perhaps, but it may be an address.';
  expect(host.state()).toEqual({ status: 'none', sentence });
  expect(opened).toBe(0);
  address = 'http://localhost:1';
  expect(host.state().status).toBe('unloaded');
  const before = await host.get();
  expect(await host.get()).toBe(before);
  address = 'http://localhost:2';
  expect(await host.get()).not.toBe(before);
  expect(opened).toBe(2);
});

test('closing ends a load under way', async () => {
  hostOf({ files: filesOf(tinyModelFile()) });
  const opening = host.get();
  opening.catch(() => {});
  await host.close();
  await expect(opening).rejects.toThrow();
});

test('what was measured is kept under no address and no key of a server, and what was so kept before goes', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-host-'));
  const file = path.join(dir, 'language-model-rates.json');
  const rates = { promptTokensPerSecond: 1, generatedTokensPerSecond: 1, workMs: 1 };
  writeFileSync(file, JSON.stringify({ 'local 31000 https://me:PW@x.com?api-key=OLDSECRET on here': rates }));
  const openedWith = () => '31000 https://me:PW@x.com?api-key=SECRET phi';
  const deps = { dir, openedWith, backend: () => 'local' as const, openServer: async () => server(() => {}) };
  hostOf(deps);
  await (await host.get()).generate(HI, { maxTokens: 5, temperature: 0 });
  host.worked(1000);
  await host.close();
  expect(readFileSync(file, 'utf8')).not.toMatch(/SECRET|PW|x\.com/);
  hostOf(deps);
  expect(host.state()).toMatchObject({ rates: { promptTokensPerSecond: 100, workMs: 1000 } });
});

test('auto tells before it is opened what was measured last, of a server or of the file', async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'brainnet-host-'));
  const auto = { dir, files: filesOf(tinyModelFile()), backend: () => 'auto' as const, openedWith: () => '31000' };
  const measure = async (deps: Partial<LlmHostDeps>, ms: number) => {
    hostOf({ ...auto, ...deps });
    await (await host.get()).generate(HI, { maxTokens: 5, temperature: 0 });
    host.worked(ms);
    await host.close();
  };
  const next = () => hostOf(auto).state();
  await measure({}, 4000);
  expect(next()).toMatchObject({ status: 'unloaded', rates: { workMs: 4000 } });
  await measure({ openServer: async () => server(() => {}) }, 1000);
  expect(next()).toMatchObject({ rates: { workMs: 1000, promptTokensPerSecond: 100 } });
  await measure({}, 3000);
  expect(next()).toMatchObject({ rates: { workMs: 3000 } });
});
