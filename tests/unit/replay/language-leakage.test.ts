import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import type { LeakageEvent, LeakageRequest, LeakageResult } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';
import { barsCsv, importBars, randomWalkCsv } from './support.ts';

const env = { BRAINNET_LOG: 'silent', MAX_REFINEMENTS: '0' };
const answerOf = (action: 'long' | 'short') =>
  JSON.stringify({
    ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action, thesis: 'The window says so.' },
    ...{ evidenceFor: ['The closes.'], evidenceAgainst: ['The burst.'], invalidationPercent: -5 },
  });

const of = (symbol: string, windows: number): LeakageRequest => ({
  symbols: [{ symbol, source: 'csv' }],
  judge: 'language',
  windows,
  seed: 0,
});

async function eventsOf(engine: Engine, request: LeakageRequest, signal?: AbortSignal): Promise<LeakageEvent[]> {
  const events: LeakageEvent[] = [];
  for await (const event of await engine.client.replay.leakage(request, { signal })) events.push(event);
  return events;
}
const resultOf = (events: readonly LeakageEvent[]): LeakageResult => {
  const last = events.at(-1);
  if (last?.type !== 'result') throw new Error('no result');
  return last.result;
};

describe('the leakage test of a language model behind a server', () => {
  let server: FakeLlmServer;
  let engine: Engine;
  const dataDir = temporaryFolder('language-leakage');
  const own = () => ({ ...env, LLM_BACKEND: 'local', OLLAMA_BASE_URL: `${server.address}/v1` });
  beforeAll(async () => {
    // prices that rise with each bar: a long wins always, a short never
    server = await startFakeLlm({ answers: [answerOf('short')], when: { LEAKY: answerOf('long') } });
    engine = await testEngine({ dataDir, env: own() });
    await importBars(
      engine,
      'LEAKY',
      barsCsv(300, (i) => 0.004 + 0.003 * Math.sin(i)),
    );
    await importBars(engine, 'HONEST', randomWalkCsv(300, 3));
  });
  afterAll(async () => {
    await engine.close();
    server.stop();
  });

  it('finds a model that knows a symbol by its name: another word and another hit rate once it is hidden', async () => {
    const result = resultOf(await eventsOf(engine, of('LEAKY', 6)));
    expect(result).toMatchObject({ judge: 'language', windows: 6, shownHitRate: { value: 1 }, actions: { long: 6 } });
    const [hidden, rescaled, perturbed] = result.variants;
    expect(hidden).toMatchObject({ actionDiffers: { value: 1 }, hitRate: { value: 0 }, hitDifference: { value: -1 } });
    expect(rescaled).toMatchObject({ actionDiffers: { value: 0 }, hitDifference: { value: 0 } });
    expect(perturbed).toMatchObject({ actionDiffers: { value: 0 }, hitDifference: { value: 0 } });
    expect(result.language).toMatchObject({
      name: 'phi-3.5-mini-instruct',
      sha256: null,
      prompts: { research: expect.stringMatching(/^[0-9a-f]{64}$/), support: expect.stringMatching(/^[0-9a-f]{64}$/) },
      promptVersions: { research: expect.any(Number), support: expect.any(Number) },
    });
    expect(result.sentence).toContain('the language model phi-3.5-mini-instruct decided otherwise on 6 with symbol');
  });

  it('lets one be that reads the picture alone', async () => {
    const result = resultOf(await eventsOf(engine, of('HONEST', 5)));
    for (const variant of result.variants) expect(variant).toMatchObject({ actionDiffers: { value: 0 } });
  });

  it('tells time and progress, is cut short by leaving, and goes on behind its last window', async () => {
    const request = of('LEAKY', 8);
    expect(await engine.client.replay.leakageEstimate(request)).toMatchObject({ windows: 8, done: 0 });
    const leave = new AbortController();
    for await (const event of await engine.client.replay.leakage(request, { signal: leave.signal }))
      if (event.type === 'progress' && event.done === 3) break;
    leave.abort();
    const { done, seconds } = await engine.client.replay.leakageEstimate(request);
    expect(done).toBeGreaterThanOrEqual(3);
    expect(done).toBeLessThan(8);
    expect(seconds).toBeGreaterThan(0);
    await server.asked();
    const events = await eventsOf(engine, request);
    expect(events[0]).toMatchObject({ type: 'progress', done, total: 8 });
    expect(resultOf(events).windows).toBe(8);
    // four readings and three questions of doubt each for every window that was left, and none for those behind it
    expect(await server.asked()).toHaveLength((8 - done) * 4 * 4);
    expect(await engine.client.replay.leakageEstimate(request)).toMatchObject({ done: 0 });
    expect((await engine.client.replay.leakageTests()).length).toBe(3);
  });

  it('leaves out what is over the budget of tokens, says so, and goes on', async () => {
    const answers = { answers: [answerOf('short')], when: { LEAKY: answerOf('long') } };
    await server.set({ ...answers, usageWhen: { HONEST: { prompt_tokens: 200_001, completion_tokens: 1 } } });
    const both = { ...of('LEAKY', 8), symbols: [...of('LEAKY', 8).symbols!, ...of('HONEST', 8).symbols!] };
    const { windows, actions, sentence } = resultOf(await eventsOf(engine, both));
    const asked = (await server.asked()).filter(({ body }) => JSON.stringify(body).includes('HONEST'));
    expect(asked.length).toBe(8 - windows);
    expect(windows).toBeGreaterThan(0);
    expect(windows).toBeLessThan(8);
    expect(actions).toEqual({ long: windows, short: 0, hold: 0 });
    expect(sentence).toContain(`Left out: ${8 - windows} over the budget (LLM_BUDGET_SECONDS, LLM_BUDGET_TOKENS)`);
    await expect(eventsOf(engine, of('HONEST', 4))).rejects.toThrow(
      'none of the 4 windows can be decided: 4 over the budget (LLM_BUDGET_SECONDS, LLM_BUDGET_TOKENS)',
    );
    await server.set(answers);
    expect(resultOf(await eventsOf(engine, of('HONEST', 4)))).toMatchObject({ windows: 4 });
  });

  it('runs from the command line, where its time is told first', async () => {
    await engine.close();
    const args = ['replay', '--symbol', 'LEAKY', '--leakage-test', '--judge', 'language', '--windows', '4', '--json'];
    const { code, lines } = await runCli([...args, '--data-dir', dataDir], own());
    expect(code).toBe(0);
    expect(lines()[0]).toMatchObject({ type: 'estimate', windows: 4, done: 0 });
    expect(lines().at(-1)).toMatchObject({ type: 'leakage', judge: 'language', windows: 4 });
    engine = await testEngine({ dataDir, env: own() });
  });
});

describe('the leakage test of an embedded model', () => {
  it('names the file by its hash', async () => {
    const dataDir = temporaryFolder('embedded-leakage');
    const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
    await files.use(terseModelFile());
    await files.close();
    const engine = await testEngine({ dataDir, env });
    await importBars(engine, 'ONE', randomWalkCsv(300, 1));
    const { language, windows } = resultOf(await eventsOf(engine, of('ONE', 4)));
    expect(language!.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(windows).toBeGreaterThan(0);
    await engine.close();
  }, 120_000);

  it('says how to get one where there is none', async () => {
    const engine = await testEngine();
    await importBars(engine, 'ONE', randomWalkCsv(300, 1));
    await expect(eventsOf(engine, of('ONE', 4))).rejects.toMatchObject({ code: 'LLM_MISSING' });
    await engine.close();
  });
});
