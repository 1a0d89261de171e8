export { type Resampled, resample, resampled, WAITING } from './resample.ts';
export { emptySentence, type Staleness, sessionsBehind, stalenessOf, staleSentence } from './staleness.ts';
export { TIMEFRAMES, type Timeframe } from './timeframes.ts';
export { type Place, type Session, type SessionAt, sessionOf, sessionOn, sessionZone } from './trading-sessions.ts';
