export { createFinetune, type Finetune, type FinetuneDeps } from './finetune.ts';
export { type GoverningHeads, governing, type SeriesName } from './governing.ts';
export type { HeadsStore } from './heads-store.ts';
export { tunedInfo } from './tuned-info.ts';
export { openTunedNetwork, type TunedNetwork } from './tuned-network.ts';
export { type HeadedConvnext, networkFor, withHeads } from './with-heads.ts';
