import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash, contentOf, createOutcomeStore } from '../../../electron/engine/decision/index.ts';
import type { Engine } from '../../../electron/engine/index.ts';
import { openJournalReader } from '../../../electron/engine/journal-reader.ts';
import { canonicalJson } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { runCli } from '../../support/cli.ts';
import { runToEnd, temporaryFolder, testEngine } from '../../support/engine.ts';
import { startFakeLlm } from '../../support/fake-llm-server.ts';
import { storeDecisions, storedDecision } from '../../support/journal.ts';

const ANSWER = JSON.stringify({
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long', thesis: 'The closes rise.' },
  ...{ evidenceFor: ['They rise.'], evidenceAgainst: ['They stand high.'], invalidationPercent: -5 },
});

/** Writes what an earlier version, or a fault of the disk, left in the journal. */
function plant(dataDir: string, column: 'body' | 'summary', text: string, id: string): void {
  const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
  database.prepare(`UPDATE decisions SET ${column} = ? WHERE id = ?`).run(text, id);
  database.close();
}

const ask = async (work: Promise<unknown>) => work.then(() => null).catch((error) => [error.code, error.message]);

describe('a decision of before counts of a server were checked', () => {
  const dataDir = temporaryFolder('counts');
  let engine: Engine;
  let made: Decision;
  let planted: string;

  /** The same decision as the version that believed every count stored it. */
  function believing(decision: Decision): Decision {
    const then = structuredClone(decision);
    Object.assign(then.language!, { promptTokens: -12.5, reusedTokens: 1e300, generatedTokens: null });
    for (const exchange of then.provenance.language!.exchanges)
      if (exchange.kind !== 'refused') Object.assign(exchange.usage, { promptTokens: 1.5, evaluatedTokens: -7 });
    const text = then.provenance.language!.exchanges.find(({ kind }) => kind === 'text');
    if (text?.kind === 'text')
      Object.assign(text.usage, { promptTokens: -12.5, reusedTokens: 1e300, generatedTokens: null });
    return { ...then, contentHash: contentHash(contentOf(then)) };
  }

  beforeAll(async () => {
    const server = await startFakeLlm({ answers: [ANSWER] });
    const env = { BRAINNET_LOG: 'silent', LLM_BACKEND: 'local', OLLAMA_BASE_URL: server.address, MAX_REFINEMENTS: '0' };
    engine = await testEngine({ dataDir, env });
    const events = await runToEnd(engine, { symbols: [{ symbol: 'AAPL' }], language: 'wait' });
    made = events.flatMap((event) =>
      event.type === 'decision' && event.decision.language ? [event.decision] : [],
    )[0]!;
    planted = canonicalJson(believing(made));
    plant(dataDir, 'body', planted, made.id);
    server.stop();
  });
  afterAll(() => engine.close());

  it('is read, each count that cannot be as none', async () => {
    const { language, provenance, ...rest } = await engine.client.decisions.get({ id: made.id });
    expect(language).toMatchObject({
      promptTokens: 0,
      reusedTokens: 0,
      generatedTokens: 0,
      thesis: 'The closes rise.',
    });
    const [first, second] = provenance.language!.exchanges;
    expect(first).toMatchObject({
      usage: { promptTokens: 0, reusedTokens: 0, evaluatedTokens: 0, generatedTokens: 0 },
    });
    expect(second).toMatchObject({ kind: 'probabilities', usage: { promptTokens: 0, evaluatedTokens: 0 } });
    expect(rest).toMatchObject({ id: made.id, action: made.action, rounds: made.rounds });
  });

  it('stands in the lists, and its outcome can be asked for', async () => {
    const { total, decisions, damaged } = await engine.client.decisions.list({ judge: 'llm' });
    expect([total, decisions.map(({ id }) => id), damaged]).toEqual([1, [made.id], undefined]);
    expect(await engine.client.decisions.outcome({ id: made.id })).toMatchObject({ decisionId: made.id });
  });

  it('comes out again byte for byte, and stays as it was stored', async () => {
    const again = await engine.client.replay.decision({ id: made.id, regenerate: false });
    expect(again).toMatchObject({ identical: true, differs: null });
    const { code, stdout } = await runCli(['decision', made.id, '--json', '--data-dir', dataDir]);
    expect([code, canonicalJson(JSON.parse(stdout).decision)]).toEqual([0, planted]);
  });
});

describe('decisions that cannot be read', () => {
  const dataDir = temporaryFolder('unreadable');
  const decisions = Array.from({ length: 6 }, (_, i) => storedDecision({ symbol: `S${i}` }));
  const ids = decisions.map(({ id }) => id);
  let engine: Engine;
  beforeAll(async () => {
    storeDecisions(dataDir, decisions);
    plant(dataDir, 'body', '{', ids[1]!);
    plant(dataDir, 'body', JSON.stringify({ ...decisions[2]!, rounds: [] }), ids[2]!);
    plant(dataDir, 'summary', '{"confidence":"high"}', ids[3]!);
    engine = await testEngine({ dataDir });
  });
  afterAll(() => engine.close());

  const sentence = (i: number, problem: string) => [
    'DECISION_DAMAGED',
    `The stored decision ${ids[i]} cannot be read (${problem}); nothing in it was changed, and every other decision stands.`,
  ];

  it('are named each by its own sentence, and the others are read', async () => {
    expect(await ask(engine.client.decisions.get({ id: ids[1]! }))).toEqual(sentence(1, 'it is not JSON'));
    expect(await ask(engine.client.decisions.get({ id: ids[2]! }))).toEqual(sentence(2, 'rounds is not of its kind'));
    expect(await ask(engine.client.replay.decision({ id: ids[2]!, regenerate: false }))).toEqual(
      sentence(2, 'rounds is not of its kind'),
    );
    expect(await engine.client.decisions.get({ id: ids[0]! })).toMatchObject({ symbol: 'S0' });
    const { code, stderr } = await runCli(['decision', ids[2]!, '--data-dir', dataDir]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^DECISION_DAMAGED: .*rounds is not of its kind/)]);
  });

  it('are left out of the lists, counted', async () => {
    const page = await engine.client.decisions.list({});
    expect(page).toMatchObject({ total: 6, damaged: 1 });
    expect(page.decisions.map(({ id }) => id)).toEqual([5, 4, 2, 1, 0].map((i) => ids[i]));
    const { code, stdout } = await runCli(['decisions', '--data-dir', dataDir]);
    expect([code, stdout]).toEqual([
      0,
      expect.stringContaining('6 decisions, 0 holds in all. 1 decision cannot be read and is left out.'),
    ]);
  });

  it('do not stand for their symbol nor their run', () => {
    const journal = openJournalReader(dataDir);
    const { runId, symbol, source, interval } = decisions[3]!;
    expect(journal.latest({ symbol, source, interval }, undefined)).toBeNull();
    expect(journal.ofRun(runId)).toEqual([]);
    journal.close();
  });

  it('do not keep the decisions beside them from being settled', async () => {
    // A window that ends in June 2010 and three bars of horizon: the sample has them all.
    const end = '2010-07-01T04:00:00.000Z';
    const past = { asOf: end, knownAt: end, lastBarDate: '2010-06-30', horizonBars: 3 };
    const bodies: ((decision: Decision) => string)[] = [
      () => '{',
      (decision) => JSON.stringify({ ...decision, rounds: [] }),
      ...['x', undefined, null, -5, 0, 16.5].map(
        (horizonBars) => (decision: Decision) => JSON.stringify({ ...decision, horizonBars }),
      ),
      (decision) => JSON.stringify({ ...decision, costFraction: '0.001' }),
      (decision) => JSON.stringify({ ...decision, window: { end: 'yesterday' } }),
      (decision) => JSON.stringify({ ...decision, action: 'wait' }),
      () => 'null',
    ];
    const all = Array.from({ length: bodies.length + 1 }, () =>
      storedDecision({ ...past, window: { ...decisions[0]!.window, end: '2010-06-30T00:00:00.000Z' } }),
    );
    await engine.close();
    storeDecisions(dataDir, all);
    bodies.forEach((body, i) => {
      plant(dataDir, 'body', body(all[i]!), all[i]!.id);
    });
    engine = await testEngine({ dataDir, settlesAtStart: false });
    const report = await engine.client.decisions.settle({ symbol: 'AAPL' });
    expect(report.settled).toBe(1);
    expect(report.failed.map(({ symbol, error }) => [symbol, error.code])).toEqual(
      bodies.map(() => ['AAPL', 'DECISION_DAMAGED']),
    );
    for (const { id } of all.slice(0, -1))
      expect(report.failed.filter(({ error }) => error.details.id === id)).toHaveLength(1);
    const outcomes = await engine.client.decisions.outcomes({ ids: all.map(({ id }) => id) });
    expect(outcomes.map(({ state }) => state)).toEqual([...bodies.map(() => 'pending'), 'settled']);
    const database = new BetterSqlite3(path.join(dataDir, 'journal.db'));
    database.exec("UPDATE outcomes SET judge = 'llm', in_sample = 0, late = 0; UPDATE decisions SET body = '{'");
    expect(createOutcomeStore(database).opinionRecords(Date.now())).toMatchObject({
      numeric: { n: 0 },
      language: { n: 0 },
    });
    database.close();
  });
});
