export { createFinetune, type Finetune, type FinetuneDeps } from './finetune.ts';
export type { HeadsStore } from './heads-store.ts';
export { openTunedNetwork, type TunedNetwork } from './tuned-network.ts';
export { tunedInfo, withHeads } from './with-heads.ts';
