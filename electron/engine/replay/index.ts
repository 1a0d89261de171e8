export { createLeakageStore } from './leakage/store.ts';
export { createReplayStore, type ReplayStore } from './replay-store.ts';
export { createReplays, type Replays } from './replays.ts';
export { REPLAY_MIGRATIONS } from './schema.ts';
