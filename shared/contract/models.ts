import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  FinetuneRequest,
  FinetuneState,
  HeadsId,
  HeadsVersions,
  Interval,
  LanguageModelFinding,
  ModelFiles,
  ModelInfo,
  ModelJob,
  NetworkState,
  Source,
  Ticker,
} from '../domain/index.ts';
import { procedure } from './base.ts';

export const models = {
  /** The card of the shipped heads; of a series that fine-tuned heads govern, the card as it is under them. */
  convnext: procedure
    .route({ method: 'GET' })
    .input(z.object({ symbol: Ticker, source: Source, interval: Interval }).optional())
    .output(ModelInfo),
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
  /** Whether the language model of the settings is there; loads none, and asks a server on another machine only `online`. */
  tryLanguage: procedure.input(z.object({ online: z.boolean().default(false) })).output(LanguageModelFinding),
  /** The file of the embedded language model. Nothing is asked of the network but in `download`. */
  files: {
    list: procedure.route({ method: 'GET' }).output(ModelFiles),
    /** Starts the download or goes on with it, in the background; `follow` tells how it goes. */
    download: procedure.output(ModelJob),
    /** The newest state of a download or a verification whenever it changes, to its end. */
    follow: procedure.output(eventIterator(ModelJob)),
    pause: procedure.output(z.object({ paused: z.boolean() })),
    cancel: procedure.output(z.object({ cancelled: z.boolean() })),
    /** Reads the file in use whole; answers when that is done. */
    verify: procedure.output(ModelFiles),
    /** A GGUF file by its whole path on the engine's machine, from where alone it may be named, used where it lies; null: the known model again. */
    use: procedure.input(z.object({ path: z.string().min(1).max(4096).nullable() })).output(ModelFiles),
    /** Deletes what was downloaded; never a file of the user's own. */
    remove: procedure.output(ModelFiles),
  },
};
