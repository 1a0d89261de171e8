import path from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, type Memory } from '../../../electron/engine/memory/index.ts';
import { JOURNAL_MIGRATIONS } from '../../../electron/engine/open-databases.ts';
import { type Database, type Migration, openDatabase } from '../../../electron/engine/platform/index.ts';
import { BrainnetError } from '../../../shared/errors.ts';
import { temporaryFolder } from '../../support/engine.ts';
import { DAY, openJournal, projection } from './support.ts';

let now = 1000 * DAY;
let memory: Memory;
const open = (database: Database): Memory =>
  createMemory({
    ...{ database, projection: () => projection, clock: { now: () => now } },
    onFault: (error) => expect(error).toBeNull(),
  });

beforeEach(() => {
  now = 1000 * DAY;
  memory = open(openJournal());
});

const note = { kind: 'note', text: 'mind the overnight gap', symbol: 'AAPL' } as const;
const trade = { symbol: 'AAPL', side: 'long', entry: 10, at: new Date(900 * DAY).toISOString() } as const;
const won = { ...trade, exit: 12, pnl: 2 };
const found = async (asOf: number, text = 'overnight', of = memory) =>
  (await of.records.search({ text, asOf, limit: 10 })).map(({ memory }) => memory.id);

/** Known from day 1000, taken back on 1010 and known again from 1020 on. */
async function withGap(again: (id: string) => void): Promise<string> {
  const id = memory.records.add(note);
  now = 1010 * DAY;
  memory.records.withdraw(id);
  now = 1020 * DAY;
  expect(await found(now)).toEqual([]);
  again(id);
  return id;
}
const DAYS = [999, 1000, 1009, 1010, 1019, 1020, 1030].map((day) => day * DAY);
const foundOn = async (of = memory) => Promise.all(DAYS.map(async (day) => (await found(day, 'overnight', of)).length));

describe('what was taken back', () => {
  it('is not taken back a second time, so that nothing between is known in hindsight', async () => {
    const id = memory.records.add(note);
    now = 1010 * DAY;
    memory.records.withdraw(id);
    now = 1020 * DAY;
    expect(() => memory.records.withdraw(id)).toThrow(`${id} was taken back already, on 1972-10-07T00:00:00.000Z`);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 0, 0]);
  });

  it.each([
    ['said again', () => void memory.records.add(note)],
    ['brought back', (id: string) => memory.records.restore(id)],
  ])('and %s is known from then on: between it stays unknown', async (_, again) => {
    const id = await withGap(again);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
    expect(memory.records.counts().note).toBe(1);
    expect(memory.records.get(id)).toMatchObject({
      replacedAt: null,
      gaps: [{ from: '1972-10-07T00:00:00.000Z', until: '1972-10-17T00:00:00.000Z' }],
    });
    memory.records.restore(id);
    memory.records.add(note);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
  });

  it('shows no gap that is known later', async () => {
    await withGap((id) => memory.records.restore(id));
    const [early] = await memory.records.search({ text: 'overnight', asOf: 1005 * DAY, limit: 1 });
    expect(early!.memory).toMatchObject({ replacedAt: null, gaps: [] });
  });

  it('may be so more than once', async () => {
    const id = await withGap((id) => memory.records.restore(id));
    now = 1025 * DAY;
    memory.records.withdraw(id);
    now = 1028 * DAY;
    memory.records.add(note);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
    expect([(await found(1024 * DAY)).length, (await found(1026 * DAY)).length]).toEqual([1, 0]);
  });

  it('is brought back by a clock that was once ahead as by any other', async () => {
    const id = memory.records.add(note);
    now = 2000 * DAY;
    memory.records.withdraw(id);
    now = 1010 * DAY;
    expect((await found(now)).length).toBe(1);
    memory.records.withdraw(id);
    expect((await found(now)).length).toBe(0);
    now = 1020 * DAY;
    memory.records.restore(id);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
  });

  it('keeps its gap in an export, and in a journal that is opened again', async () => {
    const folder = temporaryFolder('gaps');
    const opened = () =>
      openDatabase({
        ...{ file: path.join(folder, 'journal.db'), migrations: JOURNAL_MIGRATIONS, synchronous: 'FULL' },
      });
    const database = opened();
    memory = open(database);
    await withGap((id) => memory.records.restore(id));
    const content = [...memory.records.export()].join('');
    database.close();
    memory = open(opened());
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
    const other = open(openJournal());
    await other.records.import(content);
    expect([...other.records.export()].map((line) => JSON.parse(line).gaps)).toEqual([JSON.parse(content).gaps]);
    expect(await foundOn(other)).toEqual([0, 0, 0, 0, 0, 1, 1]);
  });

  it('is kept as it was in a journal of before there were gaps, and can be brought back there', async () => {
    const file = path.join(temporaryFolder('gaps'), 'journal.db');
    const opened = (migrations: readonly Migration[]) => openDatabase({ file, migrations, synchronous: 'FULL' });
    const old = opened(JOURNAL_MIGRATIONS.filter(({ id }) => id < 37));
    const id = 'm-00000000-0000-4000-8000-000000000001';
    old
      .prepare(
        `INSERT INTO memories (id, kind, title, text, data, origin, known_at, created_at, replaced_at, content_hash, words, likeness)
         VALUES (?, 'note', '', 'mind the overnight gap', '{}', 'live', ?, ?, ?, 'h', 4, 'x')`,
      )
      .run(id, 1000 * DAY, 1000 * DAY, 1010 * DAY);
    old.close();
    memory = open(opened(JOURNAL_MIGRATIONS));
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 0, 0]);
    now = 1020 * DAY;
    memory.records.restore(id);
    expect(await foundOn()).toEqual([0, 1, 1, 0, 0, 1, 1]);
  });

  it('refuses a line whose taking back lies in the future', async () => {
    const lines = [
      { ...note, replacedAt: new Date(now + DAY).toISOString() },
      { ...note, gaps: [{ from: new Date(now - DAY).toISOString(), until: new Date(now + DAY).toISOString() }] },
    ];
    const report = await memory.records.import(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(report).toMatchObject({ added: 0, refused: 2 });
    expect(report.problems.map(({ sentence }) => sentence)).toEqual([
      'Line 1: replacedAt: it lies in the future.',
      'Line 2: gaps: it lies in the future.',
    ]);
  });
});

describe('a trade that was corrected', () => {
  it('is taken back by its last word alone, which the refusal names', () => {
    const first = memory.knowledge.logTradeOutcome(trade);
    now += DAY;
    const second = memory.knowledge.amendTradeOutcome(first, won);
    const before = memory.knowledge.trades(now);
    const asked = now;
    now += DAY;
    const refusal = `${first} was corrected; the last word on it is ${second}`;
    expect(() => memory.records.withdraw(first)).toThrow(refusal);
    expect(() => memory.knowledge.amendTradeOutcome(first, won)).toThrow(refusal);
    expect(memory.knowledge.trades(asked)).toEqual(before);
    memory.records.withdraw(second);
    expect(() => memory.records.withdraw(first)).toThrow(refusal);
    expect(memory.knowledge.trades(now)).toEqual([]);
  });

  it('can be taken back where it stands beside a correction that was imported', async () => {
    const first = memory.knowledge.logTradeOutcome(trade);
    const content = [...memory.records.export()].join('');
    const other = open(openJournal());
    await other.records.import(content);
    other.knowledge.amendTradeOutcome(first, won);
    await memory.records.import([...other.records.export()].join(''));
    memory.records.withdraw(first);
    expect(memory.knowledge.trades(now).map(({ pnl }) => pnl)).toEqual([2]);
  });
});

type Step = { what: 'note' | 'trade' | 'pattern' | 'remove' | 'restore' | 'amend' | 'again' | 'import'; nth: number };
const steps = fc.array(
  fc.record({
    what: fc.constantFrom('note', 'trade', 'pattern', 'remove', 'remove', 'restore', 'amend', 'again', 'import'),
    nth: fc.nat(5),
  }) as fc.Arbitrary<Step>,
  { minLength: 4, maxLength: 25 },
);
const NAMES = ['gap', 'fade', 'trend', 'range', 'quiet', 'volume'];

describe('whatever is done later', () => {
  it('changes no answer of a search, a context, the trades and the figures as of an earlier moment', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        now = 1000 * DAY;
        const of = open(openJournal());
        const told: { asOf: number; answers: unknown }[] = [];
        const known: { id: string; again: () => string; stood: [from: number, stands: boolean][] }[] = [];
        for (const step of all) {
          now += DAY;
          act(of, known, step);
          if (step.what === 'import') await of.records.import([...of.records.export()].join(''));
          told.push({ asOf: now, answers: await answersOf(of, now) });
        }
        now += DAY;
        for (const { asOf, answers } of told) {
          expect(await answersOf(of, asOf)).toEqual(answers);
          const standing = known.filter(({ stood }) => stood.findLast(([from]) => from <= asOf)?.[1] === true);
          const ids = await of.records.search({ kinds: ['trade', 'note', 'pattern'], asOf, limit: 200 });
          expect(ids.reduce((sum, { alike }) => sum + 1 + alike, 0)).toBe(standing.length);
        }
      }),
      { numRuns: 40 },
    );
  });

  async function answersOf({ records, knowledge }: Memory, asOf: number): Promise<unknown> {
    const found = [];
    for (const text of ['gap fade trend', undefined])
      for (const { memory, ...rest } of await records.search({ text, asOf, limit: 50 }))
        found.push({ ...rest, memory: { ...memory, recalled: null } });
    const context = await records.getContext({ symbol: 'AAPL', asOf, maxCharacters: 5000 });
    const [trades, patterns] = [knowledge.trades(asOf), knowledge.patterns(asOf)];
    return { found, context, trades, patterns, strategies: knowledge.strategyPerformance(asOf) };
  }

  /** Does a step, or nothing where it is refused; `known` says by itself what stands since when. */
  function act(
    { records, knowledge }: Memory,
    known: { id: string; again: () => string; stood: [number, boolean][] }[],
    { what, nth }: Step,
  ): void {
    const name = NAMES[nth]!;
    const at = new Date((900 + nth) * DAY).toISOString();
    const say = (again: () => string) => {
      const id = again();
      const one = known.find((one) => one.id === id);
      if (!one) known.push({ id, again, stood: [[now, true]] });
      else if (!one.stood.at(-1)![1]) one.stood.push([now, true]);
    };
    const log = () => knowledge.logTradeOutcome({ ...won, at, pattern: name, strategy: name });
    const one = known.length === 0 ? undefined : known[nth % known.length];
    const stands = one?.stood.at(-1)?.[1];
    try {
      if (what === 'note') say(() => records.add({ ...note, text: `${name} ${NAMES[(nth + 2) % 6]} noted` }));
      else if (what === 'trade') say(log);
      else if (what === 'pattern') say(() => knowledge.addPattern(name, `${name} is seen`));
      else if (!one) return;
      else if (what === 'again') say(one.again);
      else if (what === 'restore') {
        records.restore(one.id);
        if (!stands) one.stood.push([now, true]);
      } else if (what === 'remove') {
        records.withdraw(one.id);
        expect(stands).toBe(true);
        one.stood.push([now, false]);
      } else if (what === 'amend') {
        const id = knowledge.amendTradeOutcome(one.id, { ...won, pnl: nth, at, strategy: name });
        one.stood.push([now, false]);
        known.push({ id, again: log, stood: [[now, true]] });
      }
    } catch (error) {
      if (!(error instanceof BrainnetError)) throw error;
    }
  }
});
