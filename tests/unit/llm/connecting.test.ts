import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createLanguageModel } from '../../../electron/engine/create-language.ts';
import type { LlmHost } from '../../../electron/engine/llm/index.ts';
import { SETTING_DEFAULTS } from '../../../shared/domain/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());
/** It lists its models, and never says a word. */
beforeEach(() => server.set({ waitMs: 120_000 }));

/** The host of a model that has as long for a symbol, in seconds. */
function hostWith(LLM_BUDGET_SECONDS: number): LlmHost {
  const settings = { ...SETTING_DEFAULTS, LLM_BACKEND: 'local' as const, OLLAMA_BASE_URL: server.address };
  const none = { files: [], inUse: null, problem: null, job: null };
  const files = { list: () => none, forUse: () => Promise.reject(new Error('not asked')) };
  return createLanguageModel({
    ...{
      files: files as unknown as Parameters<typeof createLanguageModel>[0]['files'],
      dir: temporaryFolder('connect'),
    },
    ...{ env: {}, settings: () => ({ ...settings, LLM_BUDGET_SECONDS }) },
  });
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'answered',
    (error: unknown) => toErrorData(error).code,
  );

describe('a server that lists its models and then hangs', () => {
  it('is given up once it has taken what a symbol may take', async () => {
    const host = hostWith(0.3);
    expect(await codeOf(host.get())).toBe('LLM_UNREACHABLE');
    expect(host.state()).toMatchObject({
      status: 'failed',
      sentence: expect.stringContaining('it did not answer within 1 seconds'),
    });
    await host.close();
  });

  it('holds nobody up who leaves', async () => {
    const host = hostWith(120);
    const asked = codeOf(host.get());
    await expect.poll(() => server.asked()).toHaveLength(1);
    await host.close();
    expect(await asked).toBe('CANCELLED');
  });
});
