import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createSetupMemory,
  type NearestQuery,
  type SetupInput,
  type SetupMemory,
  type SetupOutcome,
} from '../../../electron/engine/memory/index.ts';
import { DAY, openJournal, openSetups, projection, setup, vector } from './support.ts';

const query = (part: Partial<NearestQuery> = {}): NearestQuery => ({
  ...{ embedding: vector(1), k: 10, asOf: 1000 * DAY, resolved: false, origin: 'live' },
  ...part,
});

interface Remembered {
  setup: SetupInput;
  outcome: SetupOutcome | null;
}

/** One of twelve: a window has one picture, however often it is decided. */
const pictureOf = (symbol: string, day: number): number => 1 + ((day * 7 + symbol.length * 5) % 12);

/** Histories with few symbols, windows and pictures, so that likenesses, repeats and equal distances are common. */
const history = fc
  .array(
    fc.record({
      symbol: fc.constantFrom('AAPL', 'IBM'),
      regime: fc.constantFrom('trending' as const, 'quiet' as const),
      side: fc.constantFrom('long' as const, 'short' as const),
      knownAt: fc.integer({ min: 1, max: 40 }),
      settles: fc.option(fc.integer({ min: 1, max: 20 })),
      origin: fc.constantFrom('live' as const, 'replay' as const),
    }),
    { maxLength: 40 },
  )
  .map((all): Remembered[] =>
    all.map(({ knownAt, settles, origin, ...rest }, n) => ({
      setup: setup({
        ...rest,
        ...{ decisionId: `d-${n}`, knownAt: knownAt * DAY, from: (knownAt - 8) * DAY },
        embedding: vector(pictureOf(rest.symbol, knownAt)),
        ...{ origin, replayId: origin === 'replay' ? 'one' : null },
      }),
      outcome:
        settles === null
          ? null
          : {
              knownAt: (knownAt + settles) * DAY,
              longWon: n % 2 === 0,
              shortWon: n % 2 === 1,
              longReturn: n / 100,
            },
    })),
  );

const question = fc.record({
  embedding: fc.integer({ min: 1, max: 12 }).map(vector),
  k: fc.integer({ min: 1, max: 12 }),
  asOf: fc.integer({ min: 1, max: 50 }).map((day) => day * DAY),
  resolved: fc.boolean(),
  withoutOverlaps: fc.boolean(),
  origin: fc.constantFrom('live' as const, 'replay' as const, 'both' as const),
  regime: fc.constantFrom('trending' as const, undefined),
  symbol: fc.constantFrom('AAPL', undefined),
  apartFrom: fc.constantFrom({ symbol: 'AAPL', from: 20 * DAY }, undefined),
});

function remember(memory: SetupMemory, all: readonly Remembered[]): SetupMemory {
  memory.addSetups(all.map(({ setup }) => setup));
  for (const { setup, outcome } of all) if (outcome) memory.resolve(setup.decisionId, outcome);
  return memory;
}

const meantBy = (all: readonly Remembered[], asked: NearestQuery) =>
  all.filter(({ setup, outcome }) => {
    const { apartFrom } = asked;
    const overlaps = apartFrom && setup.symbol === apartFrom.symbol && setup.knownAt > apartFrom.from;
    return (
      setup.knownAt <= asked.asOf &&
      (!asked.resolved || (outcome !== null && outcome.knownAt <= asked.asOf)) &&
      (asked.origin === 'both' || setup.origin === asked.origin) &&
      (!asked.regime || setup.regime === asked.regime) &&
      (!asked.symbol || setup.symbol === asked.symbol) &&
      !overlaps
    );
  });

const distanceTo = (asked: NearestQuery, { embedding }: SetupInput) =>
  Math.hypot(...embedding.map((value, i) => value - asked.embedding[i]!));

/** The definition, read off an array: filters, distances of the whole features, one setup of each window. */
function expected(all: readonly Remembered[], asked: NearestQuery) {
  const windows = Map.groupBy(meantBy(all, asked), ({ setup }) => `${setup.symbol} ${setup.knownAt}`);
  return [...windows.values()]
    .map((same) => Math.min(...same.map(({ setup }) => distanceTo(asked, setup))))
    .sort((a, b) => a - b)
    .slice(0, asked.k);
}

it('a setup whose feature other weights made is kept and never found, until those weights are back', async () => {
  const database = openJournal();
  const earlier = { ...projection, network: 'e'.repeat(64) };
  const before = createSetupMemory(database, () => earlier);
  before.addSetups([setup()]);
  const now = openSetups(database);
  now.addSetups([setup({ decisionId: 'd-2', knownAt: 50 * DAY })]);
  const idsOf = async (memory: SetupMemory) => (await memory.nearest(query())).map(({ decisionId }) => decisionId);
  expect(await idsOf(now)).toEqual(['d-2']);
  expect(await idsOf(createSetupMemory(database, () => earlier))).toEqual(['d-1']);
  expect(now.count().setups).toBe(2);
});

describe('setups by likeness', () => {
  it('finds what the definition finds over random histories, one setup of each window', async () => {
    await fc.assert(
      fc.asyncProperty(history, question, async (all, part) => {
        const asked = { ...part, withoutOverlaps: false };
        const found = await remember(openSetups(), all).nearest(asked);
        const distances = expected(all, asked);
        expect(found.map(({ distance }) => distance.toFixed(3))).toEqual(distances.map((each) => each.toFixed(3)));
        const windows = found.map(({ symbol, knownAt }) => `${symbol} ${knownAt}`);
        expect(new Set(windows).size).toBe(windows.length);
        for (const { outcome } of found) expect(outcome === null || outcome.knownAt <= asked.asOf).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('takes of overlapping trips of a symbol the nearest, whatever source they are of, and looks on until there are enough', async () => {
    await fc.assert(
      fc.asyncProperty(history, question, async (all, part) => {
        const asked = { ...part, resolved: true, withoutOverlaps: true };
        const found = await remember(openSetups(), all).nearest(asked);
        const trips = found.map(({ symbol, knownAt, outcome, distance }) => ({
          ...{ symbol, distance },
          ...{ begins: knownAt, ends: outcome!.knownAt },
        }));
        const share = (a: Omit<(typeof trips)[number], 'distance'>, b: typeof a) =>
          a.symbol === b.symbol && a.begins < b.ends && b.begins < a.ends;
        for (const [i, trip] of trips.entries())
          expect(trips.slice(i + 1).filter((other) => share(trip, other))).toEqual([]);
        const last = found.length < asked.k ? Infinity : trips.at(-1)!.distance;
        const left = meantBy(all, asked).filter(({ setup }) =>
          found.every(({ decisionId }) => decisionId !== setup.decisionId),
        );
        for (const { setup, outcome } of left) {
          const distance = distanceTo(asked, setup);
          const own = { symbol: setup.symbol, begins: setup.knownAt, ends: outcome!.knownAt };
          const nearer = trips.filter((trip) => trip.distance <= distance + 1e-3 && share(trip, own));
          expect(nearer.length > 0 || distance >= last - 1e-3).toBe(true);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('fills a track record from far behind 600 nearer setups of one move', async () => {
    const memory = openSetups();
    const add = (n: number, symbol: string, day: number, source: 'samples' | 'csv', far: number) => {
      const embedding = Float32Array.from({ length: 768 }, (_, i) => (i === 0 ? far : 0));
      const decisionId = `d-${n}`;
      memory.addSetups([setup({ decisionId, symbol, source, knownAt: day * DAY, embedding })]);
      const outcome = { longWon: true, shortWon: false, longReturn: 0.1 };
      memory.resolve(decisionId, { ...outcome, begins: (day + 1) * DAY, knownAt: (day + 901) * DAY });
    };
    for (let n = 0; n < 600; n++) add(n, 'AAPL', 100 + n, n % 2 === 0 ? 'samples' : 'csv', n / 1000);
    for (let n = 600; n < 660; n++) add(n, `S${n}`, 100, 'samples', n / 1000);
    const embedding = new Float32Array(768);
    const found = await memory.nearest(
      query({ embedding, k: 50, asOf: 5000 * DAY, resolved: true, withoutOverlaps: true }),
    );
    expect(found.map(({ decisionId }) => decisionId)).toEqual([
      'd-0',
      ...Array.from({ length: 49 }, (_, i) => `d-${600 + i}`),
    ]);
  });

  it('leaves out what shares bars with the window that asks, also where another source holds them', async () => {
    const memory = openSetups();
    memory.addSetups([
      setup({ decisionId: 'd-own', knownAt: 30 * DAY }),
      setup({ decisionId: 'd-elsewhere', source: 'samples-closes', knownAt: 31 * DAY }),
      setup({ decisionId: 'd-before', source: 'samples-closes', knownAt: 19 * DAY }),
      setup({ decisionId: 'd-other', symbol: 'IBM', knownAt: 30 * DAY }),
    ]);
    const found = await memory.nearest(query({ apartFrom: { symbol: 'AAPL', from: 20 * DAY } }));
    expect(found.map(({ decisionId }) => decisionId).sort()).toEqual(['d-before', 'd-other']);
  });

  it('changes no neighbour when every later setup and every later outcome is deleted', async () => {
    await fc.assert(
      fc.asyncProperty(history, question, async (all, asked) => {
        const known = all
          .filter(({ setup }) => setup.knownAt <= asked.asOf)
          .map(({ setup, outcome }) => ({ setup, outcome: outcome && outcome.knownAt <= asked.asOf ? outcome : null }));
        const [whole, cut] = [remember(openSetups(), all), remember(openSetups(), known)];
        expect(await cut.nearest(asked)).toEqual(await whole.nearest(asked));
      }),
      { numRuns: 25 },
    );
  });

  it('changes no neighbour when setups were added in another order, or in other batches', async () => {
    await fc.assert(
      fc.asyncProperty(history, question, fc.infiniteStream(fc.nat()), async (all, asked, keys) => {
        const shuffled = all.map((one) => ({ one, key: keys.next().value! })).sort((a, b) => a.key - b.key);
        const [first, second] = [remember(openSetups(), all), openSetups()];
        for (const { one } of shuffled) {
          remember(second, [one]);
          if (one.setup.knownAt % 3 === 0) await second.nearest(asked);
        }
        expect(await second.nearest(asked)).toEqual(await first.nearest(asked));
      }),
      { numRuns: 25 },
    );
  });

  it('finds the same after the journal was closed and opened again', async () => {
    const database = openJournal();
    const before = openSetups(database);
    before.addSetups([setup(), setup({ decisionId: 'd-2', knownAt: 50 * DAY, embedding: vector(2) })]);
    before.resolve('d-2', { knownAt: 60 * DAY, longWon: true, shortWon: false, longReturn: 0.02 });
    const found = await before.nearest(query());
    expect(found.map(({ decisionId, outcome }) => [decisionId, outcome?.longReturn ?? null])).toEqual([
      ['d-1', null],
      ['d-2', 0.02],
    ]);
    expect(await openSetups(database).nearest(query())).toEqual(found);
  });

  it('keeps what the network was trained on and never finds it', async () => {
    const database = openJournal();
    const memory = openSetups(database);
    memory.addSetups([setup({ inSample: true }), setup({ decisionId: 'd-2', knownAt: 50 * DAY })]);
    for (const held of [memory, openSetups(database)])
      expect((await held.nearest(query())).map(({ decisionId }) => decisionId)).toEqual(['d-2']);
    expect([memory.count().setups, memory.embedding('d-1')?.length]).toEqual([2, 768]);
  });

  it('keeps what was decided late, and finds it among no settled ones, which later decisions are judged by', async () => {
    const database = openJournal();
    const memory = openSetups(database);
    memory.addSetups([setup(), setup({ decisionId: 'd-2', knownAt: 150 * DAY, embedding: vector(2) })]);
    await memory.nearest(query());
    const outcome = { longWon: true, shortWon: false, longReturn: 0.1 };
    memory.resolve('d-1', { ...outcome, knownAt: 120 * DAY, late: true });
    memory.resolve('d-2', { ...outcome, knownAt: 170 * DAY });
    for (const held of [memory, openSetups(database)])
      for (const origin of ['live', 'both'] as const) {
        const found = await held.nearest(query({ resolved: true, origin }));
        expect(found.map(({ decisionId }) => decisionId)).toEqual(['d-2']);
        expect(await held.nearest(query({ origin }))).toHaveLength(2);
      }
  });

  it('counts a window that was decided three times once, live and replayed together', async () => {
    const memory = openSetups();
    memory.addSetups([
      setup({ decisionId: 'd-a' }),
      setup({ decisionId: 'd-b', side: 'short', regime: 'quiet' }),
      setup({ decisionId: 'd-c', origin: 'replay', replayId: 'one' }),
      setup({ decisionId: 'd-d', horizonBars: 8 }),
      setup({ decisionId: 'd-e', knownAt: 90 * DAY }),
    ]);
    const found = await memory.nearest(query({ origin: 'both' }));
    expect(found).toHaveLength(3);
    expect(found.map(({ horizonBars }) => horizonBars).sort()).toEqual([16, 16, 8].sort());
    expect((await memory.nearest(query({ side: 'short' }))).map(({ decisionId }) => decisionId)).toEqual(['d-b']);
  });

  it('is not crowded out by 2,000 repeats of one window', async () => {
    const memory = openSetups();
    const repeats = Array.from({ length: 2000 }, (_, n) => setup({ decisionId: `d-again-${n}` }));
    const other = setup({ decisionId: 'd-other', knownAt: 90 * DAY, embedding: vector(2) });
    memory.addSetups([...repeats, other]);
    const found = await memory.nearest(query());
    expect(found).toHaveLength(2);
    expect(found[1]!.decisionId).toBe('d-other');
  });
});

describe('setups and transactions', () => {
  const rolledBack = (work: () => void, database: ReturnType<typeof openJournal>) => {
    const stop = new Error('stop');
    expect(() =>
      database.transaction(() => {
        work();
        throw stop;
      })(),
    ).toThrow(stop);
  };

  it('forgets setups and outcomes of a transaction that was rolled back', async () => {
    const database = openJournal();
    const memory = openSetups(database);
    memory.addSetups([setup({ decisionId: 'd-kept' })]);
    await memory.nearest(query());
    rolledBack(() => {
      memory.addSetups([setup({ decisionId: 'd-lost', knownAt: 99 * DAY })]);
      memory.resolve('d-kept', { knownAt: 120 * DAY, longWon: true, shortWon: false, longReturn: 0.1 });
    }, database);
    const found = await memory.nearest(query());
    expect(found.map(({ decisionId, outcome }) => [decisionId, outcome])).toEqual([['d-kept', null]]);
    expect(await memory.nearest(query({ resolved: true }))).toEqual([]);
    memory.addSetups([setup({ decisionId: 'd-next', knownAt: 98 * DAY })]);
    expect((await memory.nearest(query())).map(({ decisionId }) => decisionId).sort()).toEqual(['d-kept', 'd-next']);
  });

  it('answers inside a transaction from what is committed', async () => {
    const database = openJournal();
    const memory = openSetups(database);
    memory.addSetups([setup({ decisionId: 'd-kept' })]);
    await memory.nearest(query());
    let asked: ReturnType<SetupMemory['nearest']> | null = null;
    rolledBack(() => {
      memory.addSetups([setup({ decisionId: 'd-lost', knownAt: 99 * DAY })]);
      asked = memory.nearest(query());
    }, database);
    expect((await asked!).map(({ decisionId }) => decisionId)).toEqual(['d-kept']);
  });

  it('keeps the first of two setups of a decision, and the first of two outcomes', async () => {
    const memory = openSetups();
    memory.addSetups([setup(), setup({ regime: 'quiet' })]);
    memory.resolve('d-1', { knownAt: 120 * DAY, longWon: true, shortWon: false, longReturn: 0.1 });
    memory.resolve('d-1', { knownAt: 130 * DAY, longWon: false, shortWon: true, longReturn: -0.1 });
    const [found] = await memory.nearest(query({ resolved: true }));
    expect(found).toMatchObject({ regime: 'trending', outcome: { knownAt: 120 * DAY, longReturn: 0.1 } });
  });
});
