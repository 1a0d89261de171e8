import { cpSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import type { Decision, Regime } from '../../../shared/domain/index.ts';
import { decide, temporaryFolder, testEngine } from '../../support/engine.ts';
import { forgetLater, importBars, randomWalkCsv, replayToEnd, workingDays } from './support.ts';

const RUNS = Number(process.env.REPLAY_HISTORIES ?? 2);
const BARS = 190;
const SYMBOLS = ['ONE', 'TWO', 'THREE'];
const days = workingDays(BARS);
const AFTER = Date.parse('2005-01-01');
const refs = SYMBOLS.map((symbol) => ({ symbol, source: 'csv' as const }));

let now = AFTER;
/** Every round of refinement is gone through, so that memory, the coarser look and the knowledge base are all read. */
const opened = (dataDir: string) =>
  testEngine({ dataDir, flags: { CONFIDENCE_THRESHOLD: '1', HORIZON_BARS: '4' }, clock: { now: () => now } });

/** Something that a user writes on a day. */
interface Written {
  day: number;
  kind: 'note' | 'pattern' | 'trade' | 'withdrawn' | 'strategy' | 'feedback' | 'adapt' | 'decision';
  symbol: string;
  regime: Regime | undefined;
  words: readonly string[];
}
const WORDS = ['gap', 'fades', 'trend', 'breaks', 'quiet', 'volume'];

const written: fc.Arbitrary<Written> = fc.record({
  day: fc.integer({ min: 90, max: BARS - 1 }),
  kind: fc.constantFrom('note', 'pattern', 'trade', 'withdrawn', 'strategy', 'feedback', 'adapt', 'decision'),
  symbol: fc.constantFrom(...SYMBOLS),
  regime: fc.constantFrom<(Regime | undefined)[]>('trending', 'quiet', undefined),
  words: fc.subarray(WORDS, { minLength: 2 }),
});

async function write(engine: Engine, { day, kind, symbol, regime, words }: Written): Promise<void> {
  const { client } = engine;
  now = Date.parse(days[day]!);
  const text = words.join(' ');
  if (kind === 'pattern') {
    await client.memory.knowledge.addPattern({ name: words[0]!, description: text, symbol, regime });
  } else if (kind === 'trade') {
    const pnl = words.length % 2 === 0 ? 1 : -1;
    const prices = { side: 'long', entry: 10, exit: 10 + pnl, pnl } as const;
    await client.memory.knowledge.logOutcome({ symbol, ...prices, pattern: words[0], strategy: words[1], note: text });
  } else if (kind === 'adapt') {
    await client.analysis.adapt({ symbol, words: text, outcome: 'loss' });
  } else if (kind === 'decision') {
    await decide(engine, { symbols: [{ symbol, source: 'csv' }], asOf: days[day]! });
  } else if (kind === 'withdrawn') {
    const { id } = await client.memory.add({ kind: 'note', text, symbol });
    now += 5 * 86_400_000;
    await client.memory.withdraw({ id });
    now += 5 * 86_400_000;
    if (words.length === 2) await client.memory.restore({ id });
    if (words.length === 3) await client.memory.add({ kind: 'note', text, symbol });
  } else await client.memory.add({ kind, title: words[0], text, symbol, regime });
}

/** All that can be said as of a day: decisions, what is found and handed to a judge, and every figure of the knowledge base. */
async function toldOn(engine: Engine, asOf: string): Promise<{ decisions: Decision[]; told: unknown }> {
  const { memory, decisions } = engine.client;
  const made = await decide(engine, { symbols: refs, asOf });
  const found = [];
  for (const text of [...WORDS, undefined]) found.push(await memory.search({ text, asOf, limit: 50 }));
  const context = await Promise.all(SYMBOLS.map((symbol) => memory.context({ symbol, interval: '1d', asOf })));
  /** The decisions just made are pending on top of those that were stored. */
  const { pending: _pending, ...scorecard } = await decisions.scorecard({ origin: 'both', asOf, by: [] });
  return {
    decisions: made,
    told: {
      decisions: made.map(({ contentHash }) => contentHash),
      found: found.map((all) =>
        all.map(({ memory: { recalled: _recalled, ...memory }, ...rest }) => ({
          memory,
          ...rest,
        })),
      ),
      context,
      patterns: await memory.knowledge.patterns({ asOf }),
      regimes: await memory.knowledge.regimes({ asOf }),
      strategies: await memory.knowledge.strategies({ asOf }),
      scorecard,
    },
  };
}

it(`over ${RUNS} random histories with notes, patterns, trades and feedback: without every later bar and record all that is decided, found, handed to a judge and counted on a day is the same`, async () => {
  let [noted, calibrated, fared, later] = [0, 0, 0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.integer({ min: 165, max: BARS - 8 }),
      fc.array(written, { minLength: 20, maxLength: 30 }),
      async (seed, bars, texts) => {
        const [dataDir, folder] = [temporaryFolder('written'), temporaryFolder('written-cut')];
        now = AFTER;
        const engine = await opened(dataDir);
        for (const [i, symbol] of SYMBOLS.entries()) await importBars(engine, symbol, randomWalkCsv(BARS, seed + i));
        await replayToEnd(engine, { symbols: refs, horizonBars: 4 });
        for (const text of texts) await write(engine, text);
        now = AFTER;
        await engine.client.decisions.settle({});
        const knowing = await toldOn(engine, days[bars - 1]!);
        await engine.close();
        cpSync(dataDir, folder, { recursive: true });
        later += forgetLater(folder, Date.parse(knowing.decisions[0]!.asOf));
        const other = await opened(folder);
        for (const [i, symbol] of SYMBOLS.entries()) {
          const rows = randomWalkCsv(BARS, seed + i).split('\n');
          await importBars(other, symbol, rows.slice(0, bars + 1).join('\n'));
        }
        const forgetful = await toldOn(other, days[bars - 1]!);
        await other.close();
        expect(forgetful.told).toEqual(knowing.told);
        noted += knowing.decisions.filter(({ evidenceFor }) =>
          evidenceFor.some(({ code }) => code === 'pattern'),
        ).length;
        calibrated += knowing.decisions.filter(({ pCorrect }) => pCorrect.state === 'calibrated').length;
        fared += JSON.stringify(knowing.told).match(/"settled":[1-9]/g)?.length ?? 0;
      },
    ),
    { numRuns: RUNS, seed: 23, endOnFailure: true },
  );
  const met = { noted, calibrated, fared, later };
  expect(Object.entries(met).filter(([, count]) => count === 0)).toEqual([]);
}, 300_000);
