import type { Watchlist } from '../../../shared/domain/index.ts';

const SAMPLES = ['AAPL', 'IBM', 'MSFT', 'GOOG', 'FB', '^GSPC', '^IXIC'];
const SP500 = 'AAPL AMD BAC BBY CVX GE HD JNJ JPM KO LLY MRK MSFT PEP PFE PG RRC UNH WMT XOM'.split(' ');

/** The watchlists that ship; their as-of leaves bars ahead, so that outcomes can be seen. */
export const BUNDLED_WATCHLISTS: readonly Watchlist[] = [
  {
    name: 'samples',
    items: SAMPLES.map((symbol) => ({ symbol, source: 'samples' })),
    defaultAsOf: '2012-12-31',
  },
  {
    name: 'sp500-20',
    items: SP500.map((symbol) => ({ symbol, source: 'samples-closes' })),
    defaultAsOf: '2022-09-30',
  },
];
