import type { Interval } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { DatedNotice } from '../notices.ts';
import { checkSpacing, checkTimes, notData } from '../remote/checks.ts';
import { checkedRange } from '../remote/range.ts';
import { createRequester } from '../remote/requester.ts';
import { columnsOf, inOrder } from '../remote/rows.ts';
import type { BarsRequest, RemoteBars, RemoteDeps, RemoteSource } from '../remote/types.ts';
import { type StooqName, stooqSymbol } from '../symbols/index.ts';
import { readStooqCsv, SOURCE } from './csv.ts';

const HOST = 'stooq.com';
const INTERVALS: readonly Interval[] = ['1d'];

const ADJUSTED_AT_SOURCE: DatedNotice = {
  rule: 'adjusted-at-source',
  effect: 'info',
  bars: 0,
  sentence:
    'Stooq adjusts prices for all splits and dividends up to the day it is first asked: levels are not the prices of the day, moves between bars are.',
  at: null,
};

/** Daily bars from Stooq's CSV addresses. It asks for a key in many places now; `apiKey` is one of the user's own. */
export function createStooq(deps: RemoteDeps & { apiKey?: string | undefined }): RemoteSource {
  const ask = createRequester(SOURCE, [HOST], deps);
  return {
    name: 'stooq',
    hosts: [HOST],
    intervals: INTERVALS,
    async bars(request) {
      const asked = { ...request, ...checkedRange(request.from, request.to, deps.clock.now()) };
      const name = nameOf(asked);
      const { status, text } = await ask(addressOf(name, asked, deps.apiKey), {}, asked.signal);
      if (status !== 200) throw notData(SOURCE, `it refused the request with status ${status}`);
      return mapCsv(text, name, asked, deps.clock.now());
    },
  };
}

/** A text of Stooq as bars, still unrepaired. @throws what `readStooqCsv` throws, SOURCE_LYING */
export function mapCsv(text: string, name: StooqName, { symbol, from, to }: BarsRequest, now: number): RemoteBars {
  const claim = { source: SOURCE, symbol };
  const { rows: written, volume } = readStooqCsv(text, symbol);
  const { rows, movedFrom } = inOrder(written);
  const times = rows.map(({ time }) => time);
  checkTimes(times, now, claim);
  checkSpacing(times, '1d', claim);
  const cut = rows.filter(({ time }) => time >= from && time < to);
  const disorder = 'bars came out of order and were put in order of time';
  const facts: DatedNotice[] = [
    ...(movedFrom === null ? [] : [fact('put-in-order', rows.length, disorder, movedFrom)]),
    ...(cut.length === 0 ? [fact('no-bars', 0, `${SOURCE} has no bars of ${symbol} for these days`, from)] : []),
  ];
  return {
    raw: columnsOf(cut, { adjClose: false, volume: volume && name.kind !== 'fx' }),
    meta: { ...name, name: null, exchange: null },
    notices: [ADJUSTED_AT_SOURCE, ...facts],
    splits: [],
    dividends: [],
    fetchedAt: now,
  };
}

function nameOf({ symbol, interval }: BarsRequest): StooqName {
  if (!INTERVALS.includes(interval)) {
    const problem = 'it gives daily bars only; ask for 1d, or ask another source';
    throw new BrainnetError('RANGE_NOT_OFFERED', { source: SOURCE, symbol, problem });
  }
  const name = stooqSymbol(symbol);
  if (!name) throw new BrainnetError('UNKNOWN_SYMBOL', { symbol, where: SOURCE });
  return name;
}

function addressOf({ symbol }: StooqName, { from, to }: BarsRequest, apiKey: string | undefined): string {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
  const query = new URLSearchParams({ s: symbol, i: 'd', d1: day(from), d2: day(to - 1) });
  if (apiKey) query.set('apikey', apiKey);
  return `https://${HOST}/q/d/l/?${query}`;
}

function fact(rule: string, bars: number, sentence: string, at: number): DatedNotice {
  return { rule, effect: 'info', bars, sentence, at: [at] };
}
