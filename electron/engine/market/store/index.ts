export { contradicts } from './join-bars.ts';
export { createRemoteStore } from './remote-bars.ts';
export { REMOTE_BARS_MIGRATION } from './schema.ts';
export type {
  Correction,
  FetchedBars,
  MergeReport,
  RemoteKey,
  RemoteListing,
  RemoteStore,
  StoredBars,
} from './types.ts';
