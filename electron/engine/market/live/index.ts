export { checkSources, type SourceState } from './check-sources.ts';
export { createLiveBars, type LiveBars } from './live-bars.ts';
export { createLiveMarket, isLive, type LiveMarket, type LiveRef } from './live-market.ts';
