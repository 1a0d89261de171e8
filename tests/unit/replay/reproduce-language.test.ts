import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash, contentOf } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { createModelFiles } from '../../../electron/engine/llm/index.ts';
import { createLog, systemClock } from '../../../electron/engine/platform/index.ts';
import { Decision } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { type FakeLlmServer, startFakeLlm } from '../../support/fake-llm-server.ts';
import { terseModelFile } from '../../support/tiny-model/index.ts';
import { importBars, randomWalkCsv } from './support.ts';

const env = { BRAINNET_LOG: 'silent' };
const answerOf = (action: string, thesis: string) =>
  JSON.stringify({
    ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action, thesis },
    ...{ evidenceFor: ['The closes.'], evidenceAgainst: ['The burst.'], invalidationPercent: -5 },
  });

async function decidedByBoth(engine: Engine, symbol: string): Promise<Decision> {
  const events = await runToEnd(engine, { symbols: [{ symbol, source: 'csv' }], language: 'wait' });
  const decisions = events.flatMap((event) => (event.type === 'decision' ? [event.decision] : []));
  return decisions.find(({ judge }) => judge === 'llm')!;
}

describe('a decision of a model behind a server', () => {
  const dataDir = temporaryFolder('reproduce-language');
  let server: FakeLlmServer;
  let engine: Engine;
  let decision: Decision;
  const RISES = answerOf('long', 'The window rises.');
  const own = () => ({
    ...{ ...env, MAX_REFINEMENTS: '2', BLIND_MODE: 'off' },
    ...{ LLM_BACKEND: 'local', OLLAMA_BASE_URL: `${server.address}/v1` },
  });
  beforeAll(async () => {
    server = await startFakeLlm({ answers: [RISES] });
    engine = await testEngine({ dataDir, env: own() });
    await importBars(engine, 'ONE', randomWalkCsv(300, 1));
    decision = await decidedByBoth(engine, 'ONE');
  });
  afterAll(async () => {
    await engine.close();
    server.stop();
  });
  const again = (regenerate = false) => engine.client.replay.decision({ id: decision.id, regenerate });

  /** Changes the stored decision behind the engine's back, with the hash of what it says then; put back byte for byte afterwards. */
  async function changed<T>(change: (decision: Decision) => void, look: () => Promise<T>): Promise<T> {
    const at = <R>(work: (database: BetterSqlite3.Database) => R): R => {
      const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
      try {
        return work(database);
      } finally {
        database.close();
      }
    };
    const write = (body: unknown) =>
      at((database) => database.prepare('UPDATE decisions SET body = ? WHERE id = ?').run(body, decision.id));
    const before = at((database) =>
      database.prepare('SELECT body FROM decisions WHERE id = ?').pluck().get(decision.id),
    );
    const other = structuredClone(decision);
    change(other);
    write(JSON.stringify({ ...other, contentHash: contentHash(contentOf(other)) }));
    return look().finally(() => void write(before));
  }

  it('keeps every question by its hash with the answer, and how it was asked', () => {
    expect(Decision.parse(decision)).toEqual(decision);
    const { exchanges, ...asked } = decision.provenance.language!;
    expect(asked).toMatchObject({ seed: 1, backend: 'openai', threads: null, tokenProbabilities: true });
    // a reading and three questions of doubt in each round
    expect(decision.rounds.length).toBeGreaterThan(1);
    expect(exchanges.map(({ kind }) => kind)).toEqual(
      decision.rounds.flatMap(() => ['text', 'probabilities', 'probabilities', 'probabilities']),
    );
    expect(exchanges.every(({ prompt }) => /^[0-9a-f]{64}$/.test(prompt))).toBe(true);
  });

  it('comes out again byte for byte with the stored answers, and the model is not asked', async () => {
    await server.asked();
    expect(await again()).toMatchObject({ identical: true, differs: null, notes: [] });
    expect(await server.asked()).toEqual([]);
  });

  const cases: [string, (decision: Decision) => void][] = [
    ['prompt', ({ provenance }) => (provenance.promptHashes.research = 'b'.repeat(64))],
    ['prompt', ({ provenance }) => (provenance.language!.exchanges[1]!.prompt = 'b'.repeat(64))],
    ['round', ({ rounds }) => (rounds[0]!.confidence.value = 0.123)],
    ['action', (made) => (made.proposed = 'short')],
    ['other', ({ language }) => (language!.thesis = 'It falls.')],
  ];
  it.each(cases)('names the %s where it differs', async (part, change) => {
    const result = await changed(change, () => again());
    expect(result).toMatchObject({ identical: false, differs: { part } });
  });

  it('names the question where an answer is not stored', async () => {
    const result = await changed(
      ({ provenance }) => void provenance.language!.exchanges.pop(),
      () => again(),
    );
    const last = decision.provenance.language!.exchanges.length;
    expect(result.differs).toMatchObject({ part: 'prompt', stored: `question ${last}: no answer to it` });
  });

  it('of before the questions were kept is compared up to the readings, and says so', async () => {
    const result = await changed(
      ({ provenance }) => void delete provenance.language,
      () => again(),
    );
    expect(result).toMatchObject({ identical: true });
    expect(result.notes.join(' ')).toContain('before its answers were kept');
  });

  it('asked again says the same where the model does, and claims no equal bits', async () => {
    const result = await again(true);
    expect(result).toMatchObject({ identical: true, regenerated: { model: { same: true }, setting: [] } });
    expect(result.sentence).toContain('no claim of equal bits');
    expect(result.notes.join(' ')).toContain('logits differ by about 0.15');
  });

  it('asked again names the question, the character and what became of reading, C and action', async () => {
    await server.set({ answers: [answerOf('short', 'The window falls.')], top: [{ token: 'True', logprob: -0.001 }] });
    const result = await again(true);
    await server.set({ answers: [RISES] });
    expect(result.identical).toBe(false);
    const [first, second] = result.regenerated!.answers;
    const at = RISES.indexOf('long');
    expect(first).toMatchObject({ ask: 0, kind: 'text', samePrompt: true, same: false, at });
    // the doubt is asked in the conversation that holds the answer, so its question is another one
    expect(second).toMatchObject({ kind: 'probabilities', samePrompt: false, same: false });
    // 0.6 + 0.1 of True before, exp(-0.001) now; False 0.25 before, 0 now
    expect(second!.difference).toBeCloseTo(Math.exp(-0.001) - 0.7, 6);
    expect(result.regenerated).toMatchObject({ stored: { proposed: 'long' }, now: { proposed: 'short' } });
    expect(result.sentence).toContain(`Same prompt, answer differs at question 1 at character ${at}`);
  });

  it('says by name where another model is in use', async () => {
    await engine.close();
    await server.set({ answers: [RISES], models: ['mistral-7b'] });
    engine = await testEngine({ dataDir, env: { ...own(), OLLAMA_MODEL: 'mistral-7b' } });
    const { sentence, regenerated } = await again(true);
    expect(sentence).toContain('it was decided with phi-3.5-mini-instruct, and mistral-7b was asked now');
    expect(regenerated!.model.same).toBe(false);
    expect((await again()).notes).toEqual(['It was judged by phi-3.5-mini-instruct; the model in use is mistral-7b.']);
  });
});

describe('a decision of the embedded model', () => {
  const dataDir = temporaryFolder('reproduce-embedded');
  let decision: Decision;
  beforeAll(async () => {
    const files = createModelFiles({ dataDir, resourceDirs: [], env, clock: systemClock, log: createLog(env) });
    await files.use(terseModelFile());
    await files.close();
    const engine = await testEngine({ dataDir, env: { ...env, MAX_REFINEMENTS: '1' } });
    await importBars(engine, 'ONE', randomWalkCsv(300, 1));
    decision = await decidedByBoth(engine, 'ONE');
    await engine.close();
  }, 180_000);
  const cli = (...args: string[]) => runCli(['replay-decision', decision.id, ...args, '--json', '--data-dir', dataDir]);

  it('comes out again with the stored answers, and is asked again with the same file, seed and threads', async () => {
    const same = await cli();
    expect([same.code, same.lines()[0]]).toMatchObject([0, { type: 'reproduction', identical: true }]);
    const { lines } = await cli('--regenerate');
    expect(lines()[0]).toMatchObject({
      regenerated: {
        model: { same: true, stored: { sha256: decision.provenance.modelHashes.llm } },
        answers: { length: decision.provenance.language!.exchanges.length },
      },
    });
    expect(decision.provenance.language!.threads).toBeGreaterThan(0);
  }, 120_000);
});
