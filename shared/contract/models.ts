import { ModelInfo, NetworkState } from '../domain/index.ts';
import { procedure } from './base.ts';

export const models = {
  convnext: procedure.route({ method: 'GET' }).output(ModelInfo),
  /** Whether the network is loaded, where it runs and how long its last readings took. */
  network: procedure.route({ method: 'GET' }).output(NetworkState),
};
