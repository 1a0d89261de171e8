import type { ServerAddress } from './address.ts';
import { type Limits, startDeadline, within } from './deadline.ts';
import { failure, type Told, unlistedError } from './failures.ts';
import type { guardedFetch } from './guarded-fetch.ts';
import { ANY_PHI, chooseModel, isWithoutList, listModels, type ServerModel, type Unlisted } from './models.ts';
import type { OpenAiOptions } from './options.ts';

const LISTING: Limits = { firstMs: 15_000, stallMs: 15_000, totalMs: 15_000 };

/** The model that a server is asked for, and what is known of it. */
export interface WhichModel extends ServerModel {
  /** The server's own list holds it. */
  listed: boolean;
  /** What came in place of a list; null where one came. */
  unlisted: Unlisted | null;
}

/**
 * A model of the server's list, or the name that is wanted where the list cannot hold it or there is none. A list that only fails for
 * now is no reason to guess a name.
 * @throws LLM_UNREACHABLE, LLM_REFUSED, LLM_KEY_NEEDED, LLM_UNKNOWN_MODEL, LLM_ANSWER_BAD, CANCELLED
 */
export async function whichModel(
  { model, connectMs, signal, deployment = false }: OpenAiOptions,
  server: ServerAddress,
  fetch: ReturnType<typeof guardedFetch>,
  told: Told,
): Promise<WhichModel> {
  const deadline = startDeadline(server.where, within(LISTING, connectMs), signal);
  try {
    const found = await listModels(fetch, server, deadline.signal);
    if ('unlisted' in found) {
      const { unlisted } = found;
      const refused = [200, 401, 403].includes(unlisted.status);
      if (refused || (model === null && !isWithoutList(unlisted))) throw unlistedError(unlisted);
      return { id: model ?? ANY_PHI, contextTokens: null, listed: false, unlisted };
    }
    if (deployment && model) return { id: model, contextTokens: null, listed: false, unlisted: null };
    const chosen = chooseModel(found.models, model, { where: server.where, deployment });
    return { ...chosen, listed: !deployment, unlisted: null };
  } catch (error) {
    deadline.check();
    throw failure(error, told);
  } finally {
    deadline.stop();
  }
}
