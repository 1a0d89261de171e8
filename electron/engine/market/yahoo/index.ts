export { limitInWords, yahooOffers } from './limits.ts';
export { createYahoo } from './yahoo.ts';
