import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, type Memory, type SetupInput } from '../../../electron/engine/memory/index.ts';
import type { Database } from '../../../electron/engine/platform/index.ts';
import { DAY, openJournal, projection, setup, vector } from './support.ts';

const NOW = 1000 * DAY;
let database: Database;
let memory: Memory;

function open(journal = openJournal()): Memory {
  database = journal;
  const clock = { now: () => NOW };
  return createMemory({ database, projection: () => projection, clock, onFault: (error) => expect(error).toBeNull() });
}

beforeEach(() => {
  memory = open();
});

/** A decision on `day` that these memories were recalled for; settled ten days on with this result of the long side. */
function decided(
  day: number,
  recalled: readonly string[],
  result: 'won' | 'lost' | 'flat' | null,
  part: Partial<SetupInput> = {},
) {
  const decisionId = part.decisionId ?? `d-${day}-${part.symbol ?? ''}${part.origin ?? ''}`;
  memory.setups.addSetups([setup({ decisionId, knownAt: day * DAY, embedding: vector(day), recalled, ...part })]);
  if (result === null) return;
  const won = { longWon: result === 'won', shortWon: result === 'lost' };
  memory.setups.resolve(decisionId, { knownAt: (day + 10) * DAY, longReturn: 0, ...won });
}

const note = (text = 'a note', from?: { origin: 'replay'; replayId: string }) =>
  memory.records.add({ kind: 'note', text }, { knownAt: DAY, ...from });
const faredOf = (id: string) => {
  const { fared, settled } = memory.records.get(id)!;
  return { fared, settled };
};

describe('how a memory fared', () => {
  it('is the mean over the sides that the decisions leant to which it was recalled for', () => {
    const [one, other] = [note('one'), note('other')];
    decided(100, [one, other], 'won');
    decided(120, [one], 'lost', { side: 'short' });
    decided(140, [one], 'flat');
    decided(160, [one], 'lost');
    decided(180, [one], null);
    expect(faredOf(one)).toEqual({ fared: (1 + 1 + 0 - 1) / 4, settled: 4 });
    expect(faredOf(other)).toEqual({ fared: 1, settled: 1 });
    expect(memory.records.get(one)!.recalled).toBe(5);
  });

  it('counts overlapping decisions once, and those in sample never', () => {
    const id = note();
    decided(100, [id], 'won');
    decided(105, [id], 'lost');
    decided(120, [id], 'lost', { inSample: true });
    decided(140, [id], 'won', { symbol: 'IBM' });
    expect(faredOf(id)).toEqual({ fared: 1, settled: 2 });
  });

  it('counts a move of one symbol once across sources and horizons, and late live decisions never', () => {
    const id = note();
    decided(100, [id], 'won');
    decided(101, [id], 'lost', { source: 'samples-closes' });
    decided(102, [id], 'lost', { horizonBars: 15 });
    decided(140, [id], null, { decisionId: 'd-late' });
    memory.setups.resolve('d-late', { knownAt: 150 * DAY, late: true, longWon: false, shortWon: true, longReturn: -1 });
    expect(faredOf(id)).toEqual({ fared: 1, settled: 1 });
  });

  it('keeps live and replayed apart', () => {
    const [live, replayed] = [note(), note('a note', { origin: 'replay', replayId: 'p-1' })];
    decided(100, [live, replayed], 'won');
    decided(100, [live, replayed], 'lost', { origin: 'replay', replayId: 'p-1' });
    decided(100, [live, replayed], 'flat', { decisionId: 'd-other', origin: 'replay', replayId: 'p-2' });
    expect(faredOf(live)).toEqual({ fared: 1, settled: 1 });
    expect(faredOf(replayed)).toEqual({ fared: -1, settled: 1 });
  });

  it('counts a recall of a decision once, and forgets it with the decision', () => {
    const id = note();
    decided(100, [id], 'lost');
    memory.recalls.note({ decisionId: 'd-100-', memories: [id, 'm-of-nothing'] });
    expect(memory.records.get(id)!.recalled).toBe(1);
    memory.setups.forget(['d-100-']);
    expect(faredOf(id)).toEqual({ fared: null, settled: 0 });
    expect(database.prepare('SELECT count(*) FROM memory_recalls').pluck().get()).toBe(0);
  });

  it('is told point in time: over random histories no later decision and no later outcome moves what was known', async () => {
    const day = fc.integer({ min: 20, max: 60 });
    const decision = fc.record({
      day,
      who: fc.subarray([0, 1, 2], { minLength: 1 }),
      result: fc.constantFrom('won', 'lost', 'flat', null),
      side: fc.constantFrom('long', 'short'),
      symbol: fc.constantFrom('AAPL', 'IBM', 'FB'),
    });
    let told = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(decision, { maxLength: 30 }), day, async (all, asOf) => {
        const history = async (cut: boolean) => {
          memory = open();
          const ids = ['gap', 'trend', 'range'].map((text) => note(text));
          all.forEach(({ day, who, result, ...part }, n) => {
            if (cut && day > asOf) return;
            const known = !cut || day + 10 <= asOf;
            const recalled = who.map((i) => ids[i]!);
            decided(day, recalled, known ? result : null, { ...part, decisionId: `d-${n}` } as Partial<SetupInput>);
          });
          const found = await memory.records.search({ text: 'gap trend range', asOf: asOf * DAY, limit: 10 });
          return found.map(({ memory: { text, fared, settled } }) => ({ text, fared, settled }));
        };
        const [whole, without] = [await history(false), await history(true)];
        expect(whole).toEqual(without);
        told += whole.filter(({ settled }) => settled > 0).length;
      }),
      { numRuns: 25, seed: 5 },
    );
    expect(told).toBeGreaterThan(10);
  });
});

describe('what was recalled for', () => {
  const recalledTimes = (times: number, result: 'won' | 'lost') => {
    const id = note(`${result} ${times}`);
    for (let n = 0; n < times; n++) decided(100 + 20 * n, [id], result, { decisionId: `d-${times}${result}${n}` });
    return id;
  };

  it('decides what is pruned: bad over ten decisions goes, bad over nine is chance and stays, and so does good', () => {
    const [bad, chance, good] = [recalledTimes(10, 'lost'), recalledTimes(9, 'lost'), recalledTimes(10, 'won')];
    const report = memory.records.prune({ olderThanDays: 30, dryRun: false });
    expect(report.count).toBe(1);
    expect([bad, chance, good].map((id) => memory.records.get(id) !== null)).toEqual([false, true, true]);
    expect(database.prepare('SELECT DISTINCT memory_id FROM memory_recalls ORDER BY 1').pluck().all()).toEqual(
      [chance, good].sort(),
    );
  });

  it('is made anew where its table is gone', () => {
    const id = recalledTimes(1, 'won');
    database.exec('DROP TABLE memory_recalls');
    const told: unknown[] = [];
    const again = createMemory({
      database,
      projection: () => projection,
      clock: { now: () => NOW },
      onFault: (error) => told.push(error),
    });
    expect(again.records.get(id)).toMatchObject({ fared: null, settled: 0 });
    again.recalls.note({ decisionId: 'd-1won0', memories: [id] });
    expect(again.records.get(id)).toMatchObject({ fared: 1, settled: 1 });
    expect(told).toHaveLength(1);
  });
});
