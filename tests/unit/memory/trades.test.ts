import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, type Memory } from '../../../electron/engine/memory/index.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import { DAY, openJournal, projection } from './support.ts';

let now = 100 * DAY;
let database: Database;
let memory: Memory;

beforeEach(() => {
  now = 100 * DAY;
  database = openJournal();
  memory = createMemory({
    ...{ database, projection: () => projection, clock: { now: () => now } },
    onFault: (error) => expect(error).toBeNull(),
  });
  memory.knowledge.addPattern('Fade', 'Gaps fade');
});

const open = { symbol: 'AAPL', side: 'long', entry: 100, pattern: 'Fade' } as const;
const closed = { ...open, exit: 110, pnl: 10 };
const liveOf = (asOf = now) => memory.knowledge.patterns(asOf)[0]!.live;
const tradesOf = (asOf = now) =>
  memory.knowledge.trades(asOf).map(({ id, state, entry, exit, pnl }) => ({ id, state, entry, exit, pnl }));

describe('trades made by hand', () => {
  it('are pending while they are open and count nowhere, and count from when they are closed', () => {
    const id = memory.knowledge.logTradeOutcome(open);
    expect(tradesOf()).toEqual([{ id, state: 'pending', entry: 100, exit: null, pnl: null }]);
    expect(liveOf()).toMatchObject({ n: 0, trades: 0 });
    now += 5 * DAY;
    const done = memory.knowledge.amendTradeOutcome(id, closed);
    expect(tradesOf()).toEqual([{ id: done, state: 'closed', entry: 100, exit: 110, pnl: 10 }]);
    expect(liveOf()).toMatchObject({ n: 1, wins: 1, trades: 1 });
    expect(tradesOf(now - 1)).toEqual([{ id, state: 'pending', entry: 100, exit: null, pnl: null }]);
  });

  it('can be corrected; what was known before stays known for earlier', () => {
    const id = memory.knowledge.logTradeOutcome({ ...closed, at: new Date(90 * DAY).toISOString() });
    now += DAY;
    memory.knowledge.amendTradeOutcome(id, { ...closed, exit: 95, pnl: -5 });
    expect(memory.knowledge.trades(now)).toMatchObject([{ pnl: -5, at: new Date(90 * DAY).toISOString() }]);
    expect([liveOf(now - 1).wins, liveOf().wins, liveOf().n]).toEqual([1, 0, 1]);
    expect(memory.records.counts().trade).toBe(1);
  });

  it('can be taken back and brought back, and are found nowhere meanwhile', async () => {
    const id = memory.knowledge.logTradeOutcome(closed);
    now += DAY;
    memory.records.withdraw(id);
    const found = async () => (await memory.records.search({ text: 'AAPL', asOf: now, limit: 10 })).length;
    expect([tradesOf(), liveOf().n, await found(), memory.records.counts().trade]).toEqual([[], 0, 0, 0]);
    memory.records.restore(id);
    expect([tradesOf().length, liveOf().n, await found()]).toEqual([1, 1, 1]);
  });

  it('stand again where the same is logged again', () => {
    const trade = { ...closed, at: new Date(90 * DAY).toISOString() };
    const id = memory.knowledge.logTradeOutcome(trade);
    memory.records.withdraw(id);
    expect(memory.knowledge.logTradeOutcome(trade)).toBe(id);
    expect(tradesOf()).toHaveLength(1);
  });

  it('come back one word at a time: what was corrected is not revived beside its correction', () => {
    const at = new Date(90 * DAY).toISOString();
    const first = memory.knowledge.logTradeOutcome({ ...open, at });
    now += DAY;
    const second = memory.knowledge.amendTradeOutcome(first, { ...closed, at, exit: 97, pnl: -3 });
    now += DAY;
    const third = memory.knowledge.amendTradeOutcome(second, { ...closed, at, exit: 102, pnl: 2 });
    for (const id of [first, second])
      expect(() => memory.records.restore(id)).toThrow(new RegExp(`${id} was corrected.*${third}`));
    expect(() => memory.knowledge.logTradeOutcome({ ...open, at })).toThrow(/was corrected/);
    memory.records.restore(third);
    expect(tradesOf().map(({ pnl }) => pnl)).toEqual([2]);
    memory.records.withdraw(third);
    expect(() => memory.records.restore(second)).toThrow(/was corrected/);
    memory.records.restore(third);
    expect([tradesOf().map(({ pnl }) => pnl), liveOf().n]).toEqual([[2], 1]);
  });

  it('can be corrected back to what they said at first, and were never two at any time', () => {
    const at = new Date(90 * DAY).toISOString();
    const first = memory.knowledge.logTradeOutcome({ ...closed, at });
    now += DAY;
    const second = memory.knowledge.amendTradeOutcome(first, { ...closed, at, exit: 97, pnl: -3 });
    now += DAY;
    memory.knowledge.amendTradeOutcome(second, { ...closed, at });
    expect([tradesOf(now - 1), tradesOf()].map((trades) => trades.map(({ pnl }) => pnl))).toEqual([[-3], [10]]);
  });

  it('are listed one by one, however alike they are, the newest first', () => {
    for (let day = 1; day <= 5; day++)
      memory.knowledge.logTradeOutcome({ ...closed, at: new Date(day * DAY).toISOString() });
    expect(memory.knowledge.trades(now).map(({ at }) => Date.parse(at) / DAY)).toEqual([5, 4, 3, 2, 1]);
  });

  it('survive export and import, those taken back included', async () => {
    memory.records.withdraw(memory.knowledge.logTradeOutcome(closed));
    memory.knowledge.logTradeOutcome(open);
    const other = createMemory({
      ...{ database: openJournal(), projection: () => projection },
      clock: { now: () => now },
      onFault: () => {},
    });
    await other.records.import([...memory.records.export()].join(''));
    expect(other.knowledge.trades(now + 1)).toEqual(memory.knowledge.trades(now + 1));
    expect(other.records.counts()).toEqual(memory.records.counts());
  });

  it.each([
    [
      'an exit without a result',
      () => memory.knowledge.logTradeOutcome({ ...open, exit: 110 }),
      /an exit and a result/,
    ],
    [
      'to correct what is none',
      () => memory.knowledge.amendTradeOutcome(memory.records.add({ kind: 'note', text: 'x' }), closed),
      /is not a trade that stands/,
    ],
    ['to take back what is not there', () => memory.records.withdraw('m-none'), /There is no memory m-none/],
  ])('refuse %s', (_, work, sentence) => {
    expect(work).toThrow(sentence);
  });
});
