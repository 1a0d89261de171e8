import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { FinetuneRequest, FinetuneState, HeadsId, HeadsVersions, ModelInfo, NetworkState } from '../domain/index.ts';
import { procedure } from './base.ts';

export const models = {
  convnext: procedure.route({ method: 'GET' }).output(ModelInfo),
  /** Whether the network is loaded, where it runs and how long its last readings took. */
  network: procedure.route({ method: 'GET' }).output(NetworkState),
  finetune: {
    /** Starts a run in the background, one at a time; it goes on when the caller leaves. */
    start: procedure.input(FinetuneRequest).output(FinetuneState),
    cancel: procedure.output(z.object({ cancelled: z.boolean() })),
    /** The run under way or the last one; null where there was none. */
    state: procedure.route({ method: 'GET' }).output(FinetuneState.nullable()),
    /** The newest state whenever it changes, to the end of the run. */
    follow: procedure.output(eventIterator(FinetuneState)),
  },
  /** Versions of the network's heads: the shipped ones and those fitted on the user's series. */
  heads: {
    list: procedure.route({ method: 'GET' }).output(HeadsVersions),
    use: procedure.input(z.object({ id: z.union([HeadsId, z.literal('shipped')]) })).output(HeadsVersions),
    rollback: procedure.output(HeadsVersions),
  },
};
