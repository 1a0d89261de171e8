import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createJournal, createOutcomeStore } from '../../../electron/engine/decision/index.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import type { Decision, Outcome } from '../../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';
import { importBars, randomWalkCsv, workingDays } from '../replay/support.ts';

let database: Database;
beforeEach(() => {
  database = openJournalDatabase(temporaryFolder('late'));
});
afterEach(() => database.close());

/** Stores a decision on the bar of Thursday 2015-06-11 in New York, entered on Friday, and says whether its outcome is late. */
function isLate(createdAt: string, part: Partial<Decision> = {}, entryTime = '2015-06-12T00:00:00.000Z'): boolean {
  const end = '2015-06-12T04:00:00.000Z';
  const decision = storedDecision({ asOf: end, knownAt: end, lastBarDate: '2015-06-11', createdAt, ...part });
  const long = { grossReturn: 0.01, result: 'win' as const };
  const outcome: Outcome = {
    ...{ decisionId: decision.id, settledAt: '2015-07-01T00:00:00.000Z', knownAt: '2015-06-20T04:00:00.000Z' },
    ...{ entryTime, exitTime: entryTime, entryPrice: 100, exitPrice: 101, result: 'win' },
    ...{ long, short: { grossReturn: -0.01, result: 'loss' } },
  };
  createJournal(database).add(decision);
  const store = createOutcomeStore(database);
  store.add(outcome, decision);
  return store.get(decision.id)!.late === true;
}

describe('a decision is late from the close of the session of its entry bar on', () => {
  // 16:00 in New York is 20:00 UTC in summer
  test.each([
    ['before the open of the entry day', '2015-06-12T13:00:00.000Z', false],
    ['a moment before its close', '2015-06-12T19:59:59.000Z', false],
    ['at its close', '2015-06-12T20:00:00.000Z', true],
    ['at 23:58 of that day, when the outcome of one bar is known', '2015-06-13T03:58:00.000Z', true],
  ])('%s', (_when, createdAt, late) => {
    expect(isLate(createdAt, { horizonBars: 1 })).toBe(late);
  });

  test('a currency closes at 17:00 in New York, a coin with the day in UTC', () => {
    const fx = { symbol: 'EURUSD=X', timezone: 'Europe/London' };
    expect(isLate('2015-06-12T20:59:00.000Z', fx)).toBe(false);
    expect(isLate('2015-06-12T21:00:00.000Z', fx)).toBe(true);
    const coin = { symbol: 'BTC-USD', timezone: 'UTC' };
    expect(isLate('2015-06-12T23:59:00.000Z', coin)).toBe(false);
    expect(isLate('2015-06-13T00:00:00.000Z', coin)).toBe(true);
  });

  test('a week of trading ends on its Friday, an hour with itself', () => {
    const week = { interval: '1wk' as const };
    expect(isLate('2015-06-19T19:59:00.000Z', week, '2015-06-15T00:00:00.000Z')).toBe(false);
    expect(isLate('2015-06-19T20:00:00.000Z', week, '2015-06-15T00:00:00.000Z')).toBe(true);
    const hour = { interval: '1h' as const };
    expect(isLate('2015-06-12T14:29:00.000Z', hour, '2015-06-12T13:30:00.000Z')).toBe(false);
    expect(isLate('2015-06-12T14:30:00.000Z', hour, '2015-06-12T13:30:00.000Z')).toBe(true);
  });
});

describe('a clock that is wrong', () => {
  test('once ahead, makes the decision that it dated late and none of the honest ones after it', () => {
    expect(isLate('2016-06-12T04:01:00.000Z')).toBe(true);
    expect(isLate('2015-06-12T04:01:00.000Z')).toBe(false);
  });

  test('set back behind a bar that was decided on makes a decision late, whichever symbol that bar is of', () => {
    const later = '2015-07-11T04:00:00.000Z';
    isLate('2015-07-11T04:01:00.000Z', { symbol: 'MSFT', asOf: later, knownAt: later, lastBarDate: '2015-07-10' });
    expect(isLate('2015-06-12T04:01:00.000Z')).toBe(true);
  });

  test('once ahead, when a file with bars of then was decided on, makes no decision on another symbol late', () => {
    const later = '2016-06-11T04:00:00.000Z';
    const ahead = { source: 'csv', asOf: later, knownAt: later, lastBarDate: '2016-06-10' } as const;
    isLate('2016-06-11T04:01:00.000Z', { ...ahead, symbol: 'FUT' }, '2016-06-13T00:00:00.000Z');
    expect(isLate('2015-06-12T04:01:00.000Z')).toBe(false);
    expect(isLate('2015-06-12T04:01:00.000Z', { source: 'csv', symbol: 'FRESH' })).toBe(false);
    expect(isLate('2015-06-12T04:01:00.000Z', { source: 'csv', symbol: 'FUT' })).toBe(true);
  });
});

describe('bars on this machine', () => {
  const days = workingDays(220);
  /** 06:00 UTC of the day after a bar, when it has ended in New York. */
  const morningAfter = (bar: number) => Date.parse(days[bar]!) + 30 * 3_600_000;
  const decideAt = async (bar: number, held: number) => {
    let now = morningAfter(held);
    const engine = await testEngine({ dataDir: temporaryFolder('late'), clock: { now: () => now } });
    try {
      const [header, ...rows] = randomWalkCsv(220, 9).split('\n');
      const upTo = (last: number) => [header, ...rows.slice(0, last + 1)].join('\n');
      await importBars(engine, 'ONE', upTo(held));
      now = morningAfter(bar);
      const [decision] = await decide(engine, { symbols: [{ symbol: 'ONE', source: 'csv' }] });
      expect(decision!.lastBarDate).toBe(days[bar]!.slice(0, 10));
      now = morningAfter(219);
      await importBars(engine, 'ONE', upTo(219));
      await engine.client.decisions.settle({ symbol: 'ONE' });
      const state = await engine.client.decisions.outcome({ id: decision!.id });
      if (state.state !== 'settled') throw new Error(state.state);
      return state.outcome.late === true;
    } finally {
      await engine.close();
    }
  };

  test('that reach beyond the bar of a decision when it is stored make it late, though the clock says that they are yet to come', async () => {
    expect(await decideAt(150, 200)).toBe(true);
    expect(await decideAt(150, 151)).toBe(true);
  });

  test('that come later make no decision late', async () => {
    expect(await decideAt(150, 150)).toBe(false);
  });
});
