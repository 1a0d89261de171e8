import { INTERVALS } from '../../../../shared/domain/index.ts';
import { checkedRange } from '../remote/range.ts';
import { createRequester } from '../remote/requester.ts';
import type { RemoteDeps, RemoteSource } from '../remote/types.ts';
import { yahooSymbol } from '../symbols/index.ts';
import { createYahooClient, YAHOO_HOSTS } from './client.ts';
import { checkRange } from './limits.ts';
import { mapChart } from './mapping.ts';
import { readQuotes, readSearch } from './quotes.ts';
import { SOURCE } from './source.ts';
import { askedRange } from './times.ts';

const MOST_QUOTES = 50;
const MOST_FOUND = 12;

/** Yahoo through yahoo-finance2, of which only `fetch` is ours; the library is loaded at the first request. */
export function createYahoo(deps: RemoteDeps): RemoteSource {
  const client = createYahooClient(createRequester(SOURCE, YAHOO_HOSTS, deps));
  return {
    name: 'yahoo',
    hosts: YAHOO_HOSTS,
    intervals: INTERVALS,
    async bars({ interval, signal, ...request }) {
      const symbol = yahooSymbol(request.symbol);
      const now = deps.clock.now();
      const { from, to } = checkedRange(request.from, request.to, now);
      checkRange(symbol, interval, from, to, now);
      const { start, end } = askedRange(from, interval === '1m' ? to : Math.max(to, now), interval);
      const options = {
        period1: new Date(start),
        period2: new Date(end),
        interval,
        includePrePost: false,
        events: 'div|split',
        return: 'object',
      } as const;
      const chart = await client.call({ symbol, interval }, signal, (library, { fetch }) =>
        library.chart(encodeURIComponent(symbol), options, { fetch }),
      );
      return mapChart(chart, { symbol, interval, from, to, now });
    },
    async search(query, signal) {
      const asked = { symbol: query.slice(0, 40), interval: null };
      const options = { quotesCount: MOST_FOUND, newsCount: 0 };
      return readSearch(
        await client.call(asked, signal, (library, { fetch }) => library.search(query, options, { fetch })),
      );
    },
    async quote(symbols, signal) {
      const names = [...new Set(symbols.map(yahooSymbol))];
      const batches = Array.from({ length: Math.ceil(names.length / MOST_QUOTES) }, (_, index) =>
        names.slice(index * MOST_QUOTES, (index + 1) * MOST_QUOTES),
      );
      const asked = { symbol: names.slice(0, 3).join(', '), interval: null };
      const answers = await Promise.all(
        batches.map((batch) =>
          client.call(asked, signal, (library, { fetch }) => library.quote(batch, { return: 'array' }, { fetch })),
        ),
      );
      return readQuotes(answers.flat());
    },
  };
}
