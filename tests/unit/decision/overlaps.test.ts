import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  createJournal,
  createOutcomeStore,
  fitCalibration,
  scorecardOf,
  settle,
} from '../../../electron/engine/decision/index.ts';
import type { Series } from '../../../electron/engine/market/index.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import type { Decision } from '../../../shared/domain/index.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { openJournalDatabase, storedDecision } from '../../support/journal.ts';

const DAY = 86_400_000;
const START = Date.UTC(2024, 0, 1);
const BARS = 200;
const iso = (ms: number) => new Date(ms).toISOString();

let database: Database;
beforeEach(() => {
  database = openJournalDatabase(temporaryFolder('overlaps'));
});
afterEach(() => void database.close());

/** Daily bars of every day in UTC that rise by one. */
function bars(closeOnly: boolean): Series {
  const close = Float64Array.from({ length: BARS }, (_, i) => 100 + i);
  const time = close.map((_, i) => START + i * DAY);
  const open = closeOnly ? null : close.map((price) => price - 0.5);
  return {
    ...{ symbol: 'TEST', source: 'csv', interval: '1d', currency: 'USD', timezone: 'UTC', adjustment: 'none' },
    ...{ closeOnly, time, open, high: open && close, low: open, close, volume: null, marks: [], notices: [] },
    asOf: START + BARS * DAY,
  };
}

const cut = (all: Series, until: number): Series => {
  const n = all.time.filter((time) => time + DAY <= until).length;
  const of = (column: Float64Array | null) => column?.slice(0, n) ?? null;
  const [open, high, low] = [of(all.open), of(all.high), of(all.low)];
  return { ...all, open, high, low, time: all.time.slice(0, n), close: all.close.slice(0, n), asOf: until };
};

/** Stores decisions on these bars with what became of them, as the engine settles them. */
async function decided(on: readonly number[], horizonBars: number, closeOnly: boolean, part: Partial<Decision> = {}) {
  const [journal, outcomes] = [createJournal(database), createOutcomeStore(database)];
  const all = { ...bars(closeOnly), symbol: part.symbol ?? 'TEST', source: part.source ?? 'csv' };
  const market = { series: async (_: unknown, asOf?: string) => cut(all, Date.parse(asOf!)) };
  for (const bar of on) {
    const asOf = iso(START + (bar + 1) * DAY);
    const at = iso(START + bar * DAY);
    const decision = storedDecision({
      ...{ symbol: 'TEST', source: 'csv', timezone: 'UTC', horizonBars, asOf, knownAt: asOf },
      ...{ origin: 'replay', replayId: 'p-1' },
      window: { bars: 64, start: at, end: at, hash: 'a'.repeat(64), notices: [] },
      ...part,
    });
    journal.add(decision);
    const settlement = await settle(market, all, decision, 0);
    if (settlement.state !== 'settled') throw new Error(settlement.state);
    outcomes.add(settlement.outcome, decision);
  }
}

const every = (step: number, count: number) => Array.from({ length: count }, (_, i) => i * step);

/** How many count: in the scorecard, in the payoff, and in P(correct), which goes by twenties. */
function counted(): { scored: number; overlapping: number; paid: number; learnt: number } {
  const store = createOutcomeStore(database);
  const card = scorecardOf(store, { origin: 'both', judge: 'numeric', by: [] });
  return {
    scored: card.settled - card.overlapping,
    overlapping: card.overlapping,
    paid: store.payoff({ origin: 'both' }, Infinity).n,
    learnt: fitCalibration(store.records({ origin: 'both' }), Infinity).n,
  };
}

describe('trips that share a bar', () => {
  test('of one bar, 80 decisions with a horizon of one are one trip', async () => {
    await decided(Array(80).fill(5), 1, false);
    expect(counted()).toEqual({ scored: 1, overlapping: 79, paid: 1, learnt: 0 });
  });

  test('overlap where one is left on the bar that the next is entered on: the open of it lies before its close', async () => {
    // decided on t, from the open of t+1 to the close of t+4; on t+3 from the open of t+4
    await decided(every(3, 40), 4, false);
    expect(counted()).toEqual({ scored: 20, overlapping: 20, paid: 20, learnt: 20 });
  });

  test('that follow one another bar by bar do not overlap', async () => {
    await decided(every(4, 40), 4, false);
    expect(counted()).toEqual({ scored: 40, overlapping: 0, paid: 40, learnt: 40 });
    database.exec('DELETE FROM outcomes; DELETE FROM decisions');
    await decided(every(1, 60), 1, false);
    expect(counted()).toEqual({ scored: 60, overlapping: 0, paid: 60, learnt: 60 });
  });

  test('of closes alone begin at the close that the one before ended at, and share no move', async () => {
    await decided(every(4, 40), 4, true);
    expect(counted()).toEqual({ scored: 40, overlapping: 0, paid: 40, learnt: 40 });
    database.exec('DELETE FROM outcomes; DELETE FROM decisions');
    await decided(every(3, 40), 4, true);
    expect(counted()).toEqual({ scored: 20, overlapping: 20, paid: 20, learnt: 20 });
  });

  test('of closes alone repeated on one bar are one', async () => {
    await decided(Array(30).fill(5), 1, true);
    expect(counted()).toMatchObject({ scored: 1, overlapping: 29 });
  });

  test('of two sources and horizons are one move', async () => {
    await decided([5], 16, false, { source: 'samples' });
    await decided([5], 16, true, { source: 'samples-closes' });
    await decided([5], 15, false, { source: 'samples' });
    expect(counted()).toMatchObject({ scored: 1, overlapping: 2 });
  });
});
