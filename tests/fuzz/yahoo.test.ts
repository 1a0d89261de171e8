/**
 * Random and damaged answers through the real library and our mapping: nothing but a BrainnetError is ever thrown, and whatever becomes a
 * series keeps DEFINITIONS 1. FUZZ_INPUTS says how many (2,000), FUZZ_SEED where to begin (1).
 */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { RemoteBars } from '../../electron/engine/market/remote/types.ts';
import { buildSeries } from '../../electron/engine/market/series.ts';
import { barEnd } from '../../electron/engine/market/sessions.ts';
import type { Interval } from '../../shared/domain/index.ts';
import { BrainnetError } from '../../shared/errors.ts';
import { ms, yahooOver } from '../support/yahoo-fixtures.ts';
import { type Chance, chanceOf, garbled, mutated, soundAnswer } from '../support/yahoo-mutations.ts';

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const NOW = ms('2020-06-15T16:00:00Z');

/** What is wrong with the series of these bars by DEFINITIONS 1; null where nothing is, or where no good bar is left. */
function broken({ raw, meta, notices }: RemoteBars, interval: Interval): string | null {
  const series = seriesOf();
  if (!series) return null;
  const { time, open, high, low, close, volume } = series;
  for (const column of [open, high, low, close, volume]) {
    if (column && column.length !== time.length) return 'columns differ in length';
  }
  for (let row = 0; row < time.length; row++) {
    const prices = [open?.[row] ?? close[row]!, high?.[row] ?? close[row]!, low?.[row] ?? close[row]!, close[row]!];
    if (!prices.every((price) => price > 0 && Number.isFinite(price))) return `price ${prices} at ${row}`;
    if (Math.max(...prices) * (1 - 1.1e-4) > prices[1]! || Math.min(...prices) * (1 + 1.1e-4) < prices[2]!)
      return `range ${prices} at ${row}`;
    if (volume && !(volume[row]! >= 0 && Number.isFinite(volume[row]!))) return `volume ${volume[row]} at ${row}`;
    if (row > 0 && !(time[row]! > time[row - 1]!)) return `time runs backwards at ${row}`;
    if (barEnd(time[row]!, interval, meta.timezone) > NOW) return `bar ${row} has not closed`;
  }
  return null;

  function seriesOf() {
    try {
      return buildSeries(raw, { ...meta, source: 'csv', interval, sourceNotices: notices }, undefined, NOW);
    } catch (error) {
      if (error instanceof BrainnetError && error.code === 'TOO_FEW_BARS') return null;
      throw error;
    }
  }
}

function bodyFor(chance: Chance): { interval: Interval; text: string } {
  const { interval, body } = soundAnswer(chance, NOW);
  const kind = chance.below(10);
  const text = JSON.stringify(kind === 0 ? body : mutated(body, chance));
  return { interval, text: kind > 7 ? garbled(text, chance) : text };
}

/** What fetch answers now; one Yahoo serves all trials. */
let answer: () => Response = () => new Response('');
const yahoo = yahooOver(async () => answer(), NOW);

async function trial(seed: number): Promise<'bars' | 'refused'> {
  const chance = chanceOf(seed);
  const { interval, text } = bodyFor(chance);
  const status = chance.often(0.95) ? 200 : chance.pick([204, 302, 400, 401, 404, 422, 429, 500]);
  answer = () => new Response(status === 204 ? null : text, { status });
  const days = { '1m': 6, '1h': 300, '1d': 4000, '1wk': 4000, '1mo': 9000 } as Record<string, number>;
  const from = NOW - (days[interval] ?? 50) * 86_400_000;
  try {
    const bars = await yahoo.bars({ symbol: 'TEST', interval, from, to: NOW });
    const problem = broken(bars, interval);
    if (problem) throw new Error(`seed ${seed}: ${problem}`);
    if (bars.notices.some(({ sentence }) => /undefined|NaN|Infinity/.test(sentence)))
      throw new Error(`seed ${seed}: notice`);
    return 'bars';
  } catch (error) {
    if (!(error instanceof BrainnetError)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
    if (error.code === 'INTERNAL' || /undefined|NaN|[?{}<>]/.test(error.message))
      throw new Error(`seed ${seed}: ${error.message}`);
    return 'refused';
  }
}

const TIMES_TAKEN =
  'Quotes News Algowatchlist PredefinedScreener Crunchbase Nav ResearchReports ScreenerField CulturalAssets SearchLists';
const SEARCH = {
  ...Object.fromEntries(TIMES_TAKEN.split(' ').map((part) => [`timeTakenFor${part}`, 0])),
  ...{ explains: [], count: 1, news: [], nav: [], lists: [], researchReports: [], totalTime: 1 },
  quotes: [
    {
      ...{ symbol: 'TEST', quoteType: 'EQUITY', exchange: 'NMS', index: 'quotes', score: 1, typeDisp: 'Equity' },
      ...{ isYahooFinance: true, shortname: 'Test' },
    },
  ],
};
const QUOTES = {
  quoteResponse: {
    result: [
      {
        ...{ symbol: 'TEST', quoteType: 'EQUITY', language: 'en-US', region: 'US', triggerable: true, currency: 'GBp' },
        ...{ regularMarketPrice: 12_345, regularMarketTime: 1_591_018_200, marketState: 'CLOSED', exchange: 'LSE' },
        ...{ market: 'gb_market', esgPopulated: false, fullExchangeName: 'LSE', sourceInterval: 15, tradeable: false },
        ...{ exchangeDataDelayedBy: 15, priceHint: 2, cryptoTradeable: false, exchangeTimezoneName: 'Europe/London' },
        ...{ exchangeTimezoneShortName: 'BST', gmtOffSetMilliseconds: 3_600_000 },
      },
    ],
    error: null,
  },
};

/** How many instruments or quotes were read. */
async function lookUpTrial(seed: number): Promise<number> {
  const chance = chanceOf(seed);
  const text = JSON.stringify(mutated(seed % 2 === 0 ? SEARCH : QUOTES, chance));
  const body = chance.often(0.2) ? garbled(text, chance) : text;
  answer = () => new Response(body, { headers: { 'set-cookie': 'A1=y; Domain=.yahoo.com; Max-Age=9999999' } });
  const call = seed % 2 === 0 ? yahoo.search!('test') : yahoo.quote!(['TEST']);
  const found = await call.catch((error: unknown) => {
    if (!(error instanceof BrainnetError)) throw new Error(`seed ${seed}: ${error}`, { cause: error });
    return [];
  });
  const odd = found
    .flatMap(Object.values)
    .some((value) => value === undefined || /\b(?:null|undefined)\b|^NaN$/.test(textOf(value)));
  if (odd) throw new Error(`seed ${seed}: ${JSON.stringify(found)}`);
  return found.length;
}

/** A value's text; a number that is none is its word, and null, which a currency may be, says nothing. */
const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '');

const VOICES = ['log', 'info', 'warn', 'error', 'debug', 'dir'] as const;
const said: unknown[] = [];
beforeAll(() => {
  for (const name of VOICES) vi.spyOn(console, name).mockImplementation((...words: unknown[]) => void said.push(words));
});
afterAll(() => void vi.restoreAllMocks());

describe('the Yahoo mapping', () => {
  it(`stands ${INPUTS} answers`, { timeout: 60_000 + INPUTS * 20 }, async () => {
    const counts = { bars: 0, refused: 0 };
    for (let seed = SEED; seed < SEED + INPUTS; seed++) counts[await trial(seed)]++;
    // both ways are walked, else the fuzzer tests nothing
    expect(counts.bars).toBeGreaterThan(INPUTS / 20);
    expect(counts.refused).toBeGreaterThan(INPUTS / 20);
  });

  it('stands searches and quotes too', { timeout: 60_000 + INPUTS * 2 }, async () => {
    let found = 0;
    for (let seed = SEED; seed < SEED + INPUTS / 10; seed++) found += await lookUpTrial(seed);
    expect(found).toBeGreaterThan(INPUTS / 200);
  });

  it('has the library say nothing on standard output or error', () => {
    expect(said).toEqual([]);
  });
});
