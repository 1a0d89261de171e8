export { isDesktop } from './connect.ts';
export { type Failure, sentenceOf, toFailure } from './errors.ts';
export { type Query, queries, useQuery } from './queries.ts';
export type { EngineState, Phase } from './reduce.ts';
export { api, engine, startSession } from './session.ts';
export { createStore, type Store, useStore } from './store.ts';
