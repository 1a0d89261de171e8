export { MARKET_CACHE_MIGRATIONS } from './bars-cache.ts';
export { BUNDLED_WATCHLISTS } from './lists.ts';
export { checkSources, type SourceState } from './live/index.ts';
export { createMarket } from './market.ts';
export { noticesBetween } from './notices.ts';
export { parseCsvSeries, readCsvSeries } from './parse-series.ts';
export { previewCsv } from './preview-csv.ts';
export type { BarMark, ImportInput, Market, MarketDeps, Series } from './types.ts';
export { createWatchlistStore, WATCHLIST_MIGRATIONS, type WatchlistStore } from './watchlists.ts';
