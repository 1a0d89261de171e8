import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { WebFetch } from '../web-fetch.ts';
import type { ServerAddress } from './address.ts';

const Tokens = z.number().int().positive().nullish().catch(null);
const Model = z.object({
  id: z.string(),
  loaded_context_length: Tokens,
  max_model_len: Tokens,
  context_length: Tokens,
  context_window: Tokens,
});
const List = z.object({ data: z.array(Model).max(5000) });

export interface ServerModel {
  id: string;
  /** Tokens it can read; null where the server does not say. */
  contextTokens: number | null;
}

/**
 * The models that a server has; null where it does not list them.
 * @throws LLM_ANSWER_BAD where it answers with something else; what `fetch` throws, and an Error with `status`
 */
export async function listModels(fetch: WebFetch, server: ServerAddress, signal: AbortSignal) {
  const url = new URL(`${server.base}/models`);
  for (const [name, value] of Object.entries(server.query)) url.searchParams.set(name, value);
  const answer = await fetch(url, { signal });
  const { status } = answer;
  if (status === 401 || status === 403) throw new BrainnetError('LLM_REFUSED', { where: server.where });
  if (!answer.ok) return null;
  const list = List.safeParse(await answer.json().catch(() => null));
  if (!list.success) {
    const problem = `${server.where} answered with something that is not a list of models`;
    throw new BrainnetError('LLM_ANSWER_BAD', { problem });
  }
  return list.data.data.map((model): ServerModel => {
    const { loaded_context_length, max_model_len, context_length, context_window } = model;
    const contextTokens = loaded_context_length ?? max_model_len ?? context_length ?? context_window ?? null;
    return { id: model.id, contextTokens };
  });
}

const PHI = /phi-?3\.5/i;
const MOST_NAMED = 8;

/** The model of that name, or Phi-3.5 under whatever name where none is wanted. */
export function modelAmong(models: readonly ServerModel[], wanted: string | null): ServerModel | undefined {
  const same = (id: string) =>
    [id, id.replace(/:latest$/, '')].some((name) => name.toLowerCase() === wanted?.toLowerCase());
  return models.find(({ id }) => (wanted === null ? PHI.test(id) : same(id)));
}

/**
 * The model of a server by its name, or Phi-3.5 under whatever name the server has it.
 * @throws LLM_UNKNOWN_MODEL naming those it has
 */
export function chooseModel(models: readonly ServerModel[], wanted: string | null, where: string): ServerModel {
  const found = modelAmong(models, wanted);
  if (found) return found;
  const names = models.slice(0, MOST_NAMED).map(({ id }) => id.replace(/\p{Cc}/gu, '?').slice(0, 80));
  const more = models.length > MOST_NAMED ? ` and ${models.length - MOST_NAMED} more` : '';
  const known = names.length === 0 ? 'none' : `${names.join(', ')}${more}`;
  throw new BrainnetError('LLM_UNKNOWN_MODEL', { where, model: wanted ?? 'Phi-3.5', known });
}
