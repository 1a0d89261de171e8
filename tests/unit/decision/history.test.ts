import path from 'node:path';
import BetterSqlite3 from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  createJournal,
  createOutcomeStore,
  DECISION_MIGRATIONS,
  type JournalReader,
  summarize,
} from '../../../electron/engine/decision/index.ts';
import { canonicalJson, type Database, openDatabase } from '../../../electron/engine/platform/index.ts';
import { DECISION_SORTS, type Decision, type DecisionSort } from '../../../shared/domain/index.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';

const ALL = { limit: 10_000, offset: 0 };
let database: Database;
let journal: JournalReader;
const store = (parts: readonly Partial<Decision>[]) =>
  parts.map((part) => {
    const decision = storedDecision(part);
    createJournal(database).add(decision);
    return decision;
  });

beforeEach(() => {
  database = openJournalDatabase(temporaryFolder('history'));
  journal = createJournal(database);
});
afterEach(() => void database.close());

describe('the history, sorted', () => {
  const closes = (sort: DecisionSort, descending: boolean, limit = 3, offset = 0) =>
    journal.list({ sort, descending, limit, offset }).decisions.map(({ lastClose }) => lastClose);

  it('is sorted over everything that was stored, not over its newest thousand', () => {
    const parts = Array.from({ length: 1500 }, (_, i) => ({ lastClose: 1000 + ((i * 7) % 1500) }));
    database.transaction(() => store(parts))();
    expect(closes('lastClose', false)).toEqual([1000, 1001, 1002]);
    expect(closes('lastClose', true)).toEqual([2499, 2498, 2497]);
    expect(closes('lastClose', true, 3, 1200)).toEqual([1299, 1298, 1297]);
    expect(journal.list({ sort: 'lastClose', limit: 1, offset: 0 }).total).toBe(1500);
  });

  it('takes every column, numbers as numbers and texts as texts, equals newest first either way', () => {
    const held = (sentence: string): Partial<Decision> => ({
      action: 'hold',
      holdReasons: [{ code: 'low_confidence', sentence }],
    });
    const by = (value: number) => ({ value, eps: 0, interval: null, method: 'numeric' as const, asks: 1 });
    const [a, b, c] = store([
      { ...held('B.'), symbol: 'MSFT', confidence: by(0.5), regime: 'quiet', lastClose: 9.5, horizonBars: 5 },
      { symbol: 'AAPL', lastBarDate: '2010-06-30', confidence: by(0.9), lastClose: 100, horizonBars: 16, judge: 'llm' },
      { ...held('A.'), symbol: 'IBM', sampleStatus: 'training', confidence: by(0.5), lastClose: 20, horizonBars: 16 },
    ]).map(({ id }) => id);
    const ascending: Record<DecisionSort, (string | undefined)[]> = {
      createdAt: [a, b, c],
      lastBarDate: [b, c, a],
      symbol: [b, c, a],
      action: [c, a, b],
      judge: [b, c, a],
      confidence: [c, a, b],
      regime: [a, c, b],
      lastClose: [a, c, b],
      horizonBars: [a, c, b],
      sampleStatus: [b, a, c],
      reason: [b, c, a],
      outcome: [c, b, a],
    };
    const ids = (sort: DecisionSort, descending: boolean) =>
      journal.list({ ...ALL, sort, descending }).decisions.map(({ id }) => id);
    for (const sort of DECISION_SORTS) expect([sort, ids(sort, false)]).toEqual([sort, ascending[sort]]);
    expect(ids('createdAt', true)).toEqual([c, b, a]);
    expect(ids('confidence', true)).toEqual([b, c, a]);
    expect(ids('horizonBars', true)).toEqual([c, b, a]);
    expect(journal.list(ALL).decisions.map(({ id }) => id)).toEqual([c, b, a]);
  });

  it('reads no decision but those of its page: filter, counts and every order are answered by the index', () => {
    const seen: string[] = [];
    const prepare = (sql: string) => {
      seen.push(sql);
      return database.prepare(sql);
    };
    const watched = new Proxy(database, {
      get: (target, name) => (name === 'prepare' ? prepare : Reflect.get(target, name)),
    });
    const reader = createJournal(watched);
    seen.length = 0;
    for (const sort of DECISION_SORTS)
      reader.list({
        ...ALL,
        sort,
        symbol: 'AAPL',
        source: 'samples',
        interval: '1d',
        action: 'hold',
        asOf: '2012-12-31',
      });
    for (const sort of DECISION_SORTS) reader.list({ ...ALL, sort, asOf: '2013-01-01T05:00:00Z' });
    const whole = seen.filter((sql) => !sql.includes('WHERE rowid = ?'));
    expect(whole).toHaveLength(4 * DECISION_SORTS.length);
    for (const sql of whole) {
      const values = Array.from(sql.matchAll(/\?/g), () => 1);
      const plan = database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values) as { detail: string }[];
      expect(plan[0]!.detail).toContain('USING COVERING INDEX decisions_by_symbol');
    }
  });
});

describe('the history by what became of it', () => {
  const DAY = 86_400_000;
  const settle = (decision: Decision, gross: number, knownAt: number) =>
    createOutcomeStore(database).add(
      {
        decisionId: decision.id,
        ...{ settledAt: '2026-02-01T00:00:00.000Z', knownAt: new Date(knownAt).toISOString() },
        ...{ entryTime: '2013-01-02T00:00:00.000Z', exitTime: '2013-01-20T00:00:00.000Z' },
        ...{ entryPrice: 100, exitPrice: 100 * (1 + gross), result: null },
        long: { grossReturn: gross, result: gross > 0 ? 'win' : 'loss' },
        short: { grossReturn: -gross, result: gross > 0 ? 'loss' : 'win' },
      },
      decision,
    );

  it('orders positions by their return, holds and what was not known at the clock last', () => {
    const [lost, won, held, open, later] = store([
      { action: 'short' },
      { action: 'long' },
      { action: 'hold' },
      { action: 'long' },
      { action: 'long' },
    ]) as [Decision, Decision, Decision, Decision, Decision];
    const known = Date.UTC(2013, 0, 21);
    for (const [decision, gross, at] of [
      [lost, 0.05, known],
      [won, 0.02, known],
      [held, 0.09, known],
      [later, 0.3, known + 60 * DAY],
    ] as const)
      settle(decision, gross, at);
    const ids = (descending: boolean, asOf?: string) =>
      journal.list({ ...ALL, sort: 'outcome', descending, asOf }).decisions.map(({ id }) => id);
    expect(ids(true)).toEqual([later, won, lost, open, held].map(({ id }) => id));
    expect(ids(false)).toEqual([lost, won, later, open, held].map(({ id }) => id));
    expect(ids(true, '2013-01-25')).toEqual([won, lost, later, open, held].map(({ id }) => id));
    expect(ids(true, '2013-01-10')).toEqual([later, open, held, won, lost].map(({ id }) => id));
  });

  it('lists one judge alone, in the list and in the counts', () => {
    const [, both] = store([{ action: 'hold' }, { judge: 'llm' }, {}]);
    expect(journal.list({ ...ALL, judge: 'llm' })).toMatchObject({ total: 1, holds: 0, decisions: [{ id: both!.id }] });
    expect(journal.list({ ...ALL, judge: 'numeric' })).toMatchObject({ total: 2, holds: 1 });
  });
});

describe('the history of one interval', () => {
  it('leaves out the others, in the list and in the counts', () => {
    store([{ interval: '1wk', action: 'hold' }, { interval: '1d' }, { interval: '1wk', action: 'short' }]);
    const { total, holds, decisions } = journal.list({ ...ALL, interval: '1wk' });
    expect([total, holds, decisions.map(({ action }) => action)]).toEqual([2, 1, ['short', 'hold']]);
    expect(journal.list({ ...ALL, interval: '5m' })).toEqual({ total: 0, holds: 0, decisions: [] });
  });

  it('has a newest decision of its own, known at the clock', () => {
    const [weekly, daily] = store([
      { interval: '1wk', knownAt: '2012-12-29T05:00:00.000Z' },
      { interval: '1d', knownAt: '2012-12-28T05:00:00.000Z' },
    ]);
    const newest = (interval: '1d' | '1wk', clock?: string) =>
      journal.latest({ symbol: 'AAPL', source: 'samples', interval }, clock)?.id ?? null;
    expect([newest('1wk'), newest('1d')]).toEqual([weekly!.id, daily!.id]);
    expect([newest('1wk', '2012-12-27'), newest('1d', '2012-12-27')]).toEqual([null, daily!.id]);
    expect([newest('1wk', '2012-12-28'), newest('1wk', '2012-12-29T04:59:59Z')]).toEqual([weekly!.id, null]);
  });
});

describe('a journal of before', () => {
  it('is brought up to date with its decisions, and one that cannot be read is set aside with a word', () => {
    const folder = temporaryFolder('history');
    const file = path.join(folder, 'journal.db');
    const old = DECISION_MIGRATIONS.filter(({ id }) => id === 1);
    const open = (migrations: typeof old) => openDatabase({ file, migrations, synchronous: 'FULL' });
    const before = open(old);
    const decision = storedDecision();
    const { id, runId, symbol, source, interval, action, contentHash } = decision;
    before
      .prepare('INSERT INTO decisions VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)')
      .run(
        ...[id, runId, symbol, source, interval, action, Date.parse(decision.knownAt), decision.lastBarDate],
        ...[contentHash, canonicalJson(summarize(decision)), canonicalJson(decision)],
      );
    before.close();
    const after = open([...DECISION_MIGRATIONS]);
    expect(createJournal(after).list({ ...ALL, sort: 'confidence' }).decisions[0]?.id).toBe(decision.id);
    after.exec('DELETE FROM schema_steps WHERE id = 11');
    after.close();
    const spoiled = new BetterSqlite3(file);
    spoiled.exec("DROP INDEX decisions_by_symbol; UPDATE decisions SET summary = '{';");
    spoiled.exec(
      'ALTER TABLE decisions DROP COLUMN origin; ALTER TABLE decisions DROP COLUMN replay_id; ALTER TABLE decisions DROP COLUMN judge;',
    );
    spoiled.exec('CREATE INDEX decisions_by_symbol ON decisions (symbol)');
    spoiled.close();
    expect(() => open([...DECISION_MIGRATIONS])).toThrow(expect.objectContaining({ code: 'DATABASE_DAMAGED' }));
  });
});
