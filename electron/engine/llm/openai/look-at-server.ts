import { createWebFetch } from '../web-fetch.ts';
import { serverAddress } from './address.ts';
import { failure, toldOf, unlistedError } from './failures.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { isWithoutList } from './models.ts';
import type { OpenAiOptions } from './options.ts';
import { whichModel } from './which-model.ts';

/** What a server shows of itself without a word generated. */
export interface Look {
  /** The model that it would be asked for. */
  name: string;
  where: string;
  /**
   * `listed`: the server's own list holds the model. `deployment`: it lists models, which cannot say whether the deployment is there.
   * `unlisted`: it has no list, so nothing is known of it.
   */
  seen: 'listed' | 'deployment' | 'unlisted';
  /** Of its answer where it has no list. */
  status: number | null;
}

/** @throws as `createOpenAiLlm`, also where what came in place of a list is no answer of a server without one */
export async function lookAtServer(options: OpenAiOptions): Promise<Look> {
  const server = serverAddress(options.address);
  const fetch = options.fetch ?? createWebFetch(server.local ? {} : process.env);
  const told = toldOf(options, server);
  const {
    id: name,
    listed,
    unlisted,
  } = await whichModel(options, server, guardedFetch(fetch, server, options.key), told);
  const { where } = server;
  if (!unlisted) return { name, where, seen: listed ? 'listed' : 'deployment', status: null };
  if (!isWithoutList(unlisted)) throw failure(unlistedError(unlisted), told);
  return { name, where, seen: 'unlisted', status: unlisted.status };
}
