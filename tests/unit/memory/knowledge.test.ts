import { beforeEach, describe, expect, it } from 'vitest';
import { createMemory, type Memory, type SetupInput } from '../../../electron/engine/memory/index.ts';
import { DAY, openJournal, projection, setup, vector } from './support.ts';

let now = 1000 * DAY;
let memory: Memory;

beforeEach(() => {
  now = 1000 * DAY;
  memory = createMemory({
    database: openJournal(),
    projection: () => projection,
    clock: { now: () => now },
    onFault: () => {},
  });
});

/** Settled setups 20 days apart, each known for 10 days before its outcome; `wins` of them won as a long. */
function settled(n: number, wins: number, part: Partial<SetupInput> = {}, from = 100): void {
  for (let i = 0; i < n; i++) {
    const decisionId = `d-${part.symbol ?? 'AAPL'}-${part.regime ?? ''}-${part.replayId ?? ''}-${from}-${i}`;
    const knownAt = (from + 20 * i) * DAY;
    memory.setups.addSetups([setup({ ...part, decisionId, knownAt, embedding: vector(i) })]);
    const won = i < wins;
    const outcome = { longWon: won, shortWon: !won, longReturn: won ? 0.02 : -0.01 };
    memory.setups.resolve(decisionId, { knownAt: knownAt + 10 * DAY, ...outcome });
  }
}

const patterns = (asOf = now) => memory.knowledge.patterns(asOf);

describe('live success rates of patterns', () => {
  it('count settled setups of what the pattern names, with n and Wilson interval', () => {
    settled(20, 12, { regime: 'trending' });
    settled(5, 0, { regime: 'quiet', symbol: 'MSFT' });
    memory.knowledge.addPattern('Trend goes on', 'A trend mostly goes on', 0.8, { regime: 'trending', side: 'long' });
    const [pattern] = patterns();
    expect(pattern).toMatchObject({ name: 'Trend goes on', statedRate: 0.8, regime: 'trending', side: 'long' });
    expect(pattern!.live).toMatchObject({ n: 20, wins: 12, rate: 0.6, setups: 20, trades: 0 });
    // Wilson's interval of 12 of 20 by hand: (0.6 + z^2/40 +- z sqrt(0.24/20 + z^2/1600)) / (1 + z^2/20), z = 1.96
    expect(pattern!.live.low).toBeCloseTo(0.3866, 3);
    expect(pattern!.live.high).toBeCloseTo(0.7812, 3);
  });

  it('take the side of each setup where the pattern names none, and the short side where it names that', () => {
    settled(4, 1);
    settled(2, 0, { symbol: 'MSFT', side: 'short' });
    memory.knowledge.addPattern('any', 'as it leant', undefined, { regime: 'trending' });
    memory.knowledge.addPattern('short', 'against it', undefined, { regime: 'trending', side: 'short' });
    expect(patterns().map(({ name, live }) => [name, live.wins, live.n])).toEqual([
      ['any', 3, 6],
      ['short', 5, 6],
    ]);
  });

  it('leave out what the network was trained on', () => {
    settled(4, 4, { symbol: 'MSFT', inSample: true });
    settled(3, 1, { symbol: 'IBM' });
    memory.knowledge.addPattern('P', 'trend', undefined, { regime: 'trending' });
    expect(patterns()[0]!.live).toMatchObject({ n: 3, wins: 1 });
    expect(memory.knowledge.regimeStats(now).find(({ regime }) => regime === 'trending')!.long.n).toBe(3);
  });

  it('tell no stated rate that is no share', () => {
    memory.records.add({ kind: 'pattern', title: 'P', text: 'from elsewhere', data: { statedRate: 99 } });
    expect(patterns()[0]!.statedRate).toBeNull();
  });

  it('know only what was known by the as-of, and the newest of each name by then', () => {
    settled(10, 10);
    memory.knowledge.addPattern('P', 'first', undefined, { symbol: 'AAPL' });
    const then = now;
    now += DAY;
    memory.knowledge.addPattern('p', 'second', 0.4, { regime: 'quiet' });
    expect(patterns(then - DAY)).toEqual([]);
    expect(patterns(then)).toMatchObject([{ name: 'P', description: 'first', live: { n: 10 } }]);
    expect(patterns(now)).toMatchObject([{ name: 'p', description: 'second', live: { n: 0, rate: null } }]);
  });

  it('count a window once and leave out what overlaps it, and keep replays apart', () => {
    settled(3, 3);
    memory.setups.addSetups([
      setup({ decisionId: 'd-again', knownAt: 100 * DAY }),
      setup({ decisionId: 'd-over', knownAt: 105 * DAY }),
    ]);
    for (const id of ['d-again', 'd-over'])
      memory.setups.resolve(id, { knownAt: 112 * DAY, longWon: false, shortWon: true, longReturn: -1 });
    settled(7, 0, { origin: 'replay', replayId: 'one' });
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(patterns()[0]!.live.n).toBe(3);
    const replayed = memory.knowledge.patterns(now, { origin: 'replay', replayId: 'one' });
    expect(replayed[0]!.live).toMatchObject({ n: 7, wins: 0 });
  });

  it('count a move of one symbol once, whatever source and horizon it was decided by', () => {
    settled(3, 3);
    settled(3, 0, { source: 'samples-closes' }, 101);
    settled(3, 0, { horizonBars: 15, costFraction: 0.002 }, 102);
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(patterns()[0]!.live).toMatchObject({ n: 3, wins: 3 });
  });

  it('count trips of closes that begin where the one before ended, though they were decided on a bar before that', () => {
    for (const day of [100, 110, 120]) {
      const decisionId = `d-close-${day}`;
      memory.setups.addSetups([setup({ decisionId, source: 'samples-closes', knownAt: day * DAY })]);
      const trip = { begins: (day + 1) * DAY, knownAt: (day + 11) * DAY };
      memory.setups.resolve(decisionId, { ...trip, longWon: true, shortWon: false, longReturn: 0.1 });
    }
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(patterns()[0]!.live.n).toBe(3);
  });

  it('leave out decisions that were made late, whatever is asked for', () => {
    settled(3, 3);
    memory.setups.addSetups([setup({ decisionId: 'd-late', knownAt: 90 * DAY })]);
    const won = { longWon: false, shortWon: true, longReturn: -1 };
    memory.setups.resolve('d-late', { knownAt: 95 * DAY, late: true, ...won });
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(patterns()[0]!.live).toMatchObject({ n: 3, wins: 3 });
    expect(memory.knowledge.patterns(now, { origin: 'both' })[0]!.live).toMatchObject({ n: 3, wins: 3 });
    expect(memory.knowledge.regimeStats(now).find(({ regime }) => regime === 'trending')!.short.wins).toBe(0);
  });

  it('count trades logged against a pattern, and nothing where it names nothing', () => {
    settled(5, 5);
    memory.knowledge.addPattern('Gap fade', 'Gaps fade');
    const trade = { symbol: 'AAPL', side: 'short', entry: 100, exit: 99, pattern: 'gap fade' } as const;
    memory.knowledge.logTradeOutcome({ ...trade, pnl: 10, note: 'faded by noon' });
    memory.knowledge.logTradeOutcome({ ...trade, pnl: -5 });
    memory.knowledge.logTradeOutcome({ ...trade, pnl: 3, pattern: 'other' });
    expect(patterns()[0]!.live).toMatchObject({ n: 2, wins: 1, setups: 0, trades: 2 });
  });

  it('refuse what cannot be, in a sentence', () => {
    expect(() => memory.knowledge.addPattern('', 'x')).toThrow(/name has 1 to 80/);
    expect(() => memory.knowledge.addPattern('P', 'x', 60)).toThrow(/successRate/);
    const trade = { symbol: 'AAPL', side: 'long', entry: 1, exit: 1, pnl: 0 } as const;
    expect(() => memory.knowledge.logTradeOutcome({ ...trade, entry: 0 })).toThrow(/entry/);
    const at = new Date(now + DAY).toISOString();
    expect(() => memory.knowledge.logTradeOutcome({ ...trade, at })).toThrow(/future/);
  });
});

describe('what the knowledge base says to a setup', () => {
  const asked = { symbol: 'AAPL', interval: '1d', regime: 'trending', asOf: 1000 * DAY } as const;

  it('is at most three patterns that name it and nothing else, the closest first, each with rate and n', () => {
    settled(20, 12);
    memory.knowledge.addPattern('nothing named', 'x');
    memory.knowledge.addPattern('other symbol', 'x', undefined, { symbol: 'MSFT', regime: 'trending' });
    memory.knowledge.addPattern('regime', 'x', undefined, { regime: 'trending' });
    memory.knowledge.addPattern('both', 'Trends of it go on', 0.7, { regime: 'trending', symbol: 'AAPL' });
    memory.knowledge.addPattern('symbol', 'x', undefined, { symbol: 'AAPL' });
    memory.knowledge.addPattern('interval', 'x', undefined, { interval: '1d' });
    const notes = memory.knowledge.notesFor(asked);
    expect(notes).toHaveLength(3);
    expect(notes[0]).toEqual({
      memoryId: expect.stringMatching(/^m-/),
      code: 'pattern',
      sentence:
        'The pattern "both" ("Trends of it go on") fits: of 20 settled cases 12 won (60 %, 95 % interval 39 to 78 %). Its author states 70 %.'.replace(
          '39 to',
          '39 % to',
        ),
    });
    expect(notes.map(({ sentence }) => sentence).join()).not.toMatch(/other symbol|nothing named/);
  });

  it('gives no rate below ten cases', () => {
    settled(9, 9);
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(memory.knowledge.notesFor(asked)[0]!.sentence).toBe(
      'The pattern "P" ("x") fits: of 9 settled cases 9 won, too few for a rate.',
    );
  });

  it('is nothing before it was written', () => {
    memory.knowledge.addPattern('P', 'x', undefined, { symbol: 'AAPL' });
    expect(memory.knowledge.notesFor({ ...asked, asOf: now - 1 })).toEqual([]);
    expect(memory.knowledge.notesFor(asked)[0]!.sentence).toMatch(/nothing that it names has settled yet/);
  });
});

describe('regimes and strategies', () => {
  it('say how often either side won in each regime, with n', () => {
    settled(4, 3, { regime: 'quiet' });
    const stats = memory.knowledge.regimeStats(now);
    expect(stats.map(({ regime, long }) => [regime, long.n])).toEqual([
      ['trending', 0],
      ['mean_reverting', 0],
      ['volatile', 0],
      ['quiet', 4],
    ]);
    expect(stats[3]).toMatchObject({ long: { wins: 3, rate: 0.75 }, short: { wins: 1, rate: 0.25 } });
    expect(stats[3]!.meanLongReturn).toBeCloseTo((3 * 0.02 - 0.01) / 4, 12);
    expect(memory.knowledge.regimeStats(109 * DAY)[3]!.long.n).toBe(0);
  });

  it('add up the trades of each strategy beside what was last noted of it', () => {
    const trade = { symbol: 'AAPL', side: 'long', entry: 100, exit: 101 } as const;
    memory.knowledge.logTradeOutcome({ ...trade, pnl: 10, strategy: 'Momentum' });
    memory.knowledge.logTradeOutcome({ ...trade, pnl: -4, strategy: 'momentum' });
    memory.records.add({
      kind: 'strategy',
      title: 'Momentum',
      text: 'Sharpe 0.4 in the last backtest',
      data: { sharpe: 0.4 },
    });
    expect(memory.knowledge.strategyPerformance(now)).toMatchObject([
      {
        name: 'Momentum',
        trades: { n: 2, wins: 1 },
        pnl: 6,
        note: 'Sharpe 0.4 in the last backtest',
        data: { sharpe: 0.4 },
      },
    ]);
  });
});
