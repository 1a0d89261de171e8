import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { WebFetch } from '../web-fetch.ts';
import type { ServerAddress } from './address.ts';

const Tokens = z.number().int().positive().nullish().catch(null);
/** No name that a person gives a model is as long; what is longer would be stored with every decision. */
const MOST_NAME = 500;
const Model = z.object({
  id: z.string().min(1).max(MOST_NAME),
  loaded_context_length: Tokens,
  max_model_len: Tokens,
  context_length: Tokens,
  context_window: Tokens,
});
/** Some servers without a model say null. */
const List = z.object({ data: z.array(z.unknown()).max(5000).nullable() });

export interface ServerModel {
  id: string;
  /** Tokens it can read; null where the server does not say. */
  contextTokens: number | null;
}

/** What a server answered in place of a list of its models. */
export interface Unlisted {
  status: number;
  headers: Headers;
  text: string;
}

/** Whether it is the answer of a server that has no list; a web page with the same status is any web server. */
export const isWithoutList = ({ status, headers }: Unlisted) =>
  [404, 405, 501].includes(status) && !/text\/html/i.test(headers.get('content-type') ?? '');

/**
 * The models that a server has; those without a usable name are passed over.
 * @throws LLM_ANSWER_BAD where it answers with something else; what `fetch` throws
 */
export async function listModels(
  fetch: WebFetch,
  server: ServerAddress,
  signal: AbortSignal,
): Promise<{ models: ServerModel[] } | { unlisted: Unlisted }> {
  const url = new URL(`${server.base}/models`);
  for (const [name, value] of Object.entries(server.query)) url.searchParams.set(name, value);
  const { ok, status, headers, ...answer } = await textOf(await fetch(url, { signal }));
  const json = jsonOf(answer.text);
  if (!ok || hasError(json)) return { unlisted: { status, headers, text: answer.text } };
  const list = List.safeParse(json);
  const models = list.success ? (list.data.data ?? []).flatMap(modelOf) : [];
  if (!list.success || (models.length === 0 && list.data.data?.length)) {
    const problem = `${server.where} answered with something that is not a list of models`;
    throw new BrainnetError('LLM_ANSWER_BAD', { problem });
  }
  return { models };
}

async function textOf(answer: Response) {
  const { ok, status, headers } = answer;
  return { ok, status, headers, text: await answer.text() };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const hasError = (json: unknown) => z.object({ error: z.unknown().refine(Boolean) }).safeParse(json).success;

function modelOf(raw: unknown): ServerModel[] {
  const model = Model.safeParse(raw);
  if (!model.success) return [];
  const { id, loaded_context_length, max_model_len, context_length, context_window } = model.data;
  return [{ id, contextTokens: loaded_context_length ?? max_model_len ?? context_length ?? context_window ?? null }];
}

/** The original's default name, which no server has to have just so. */
export const ANY_PHI = 'phi-3.5-mini-instruct';
const PHI = /phi-?3\.5/i;
const MOST_NAMED = 8;

const isSame = (id: string, name: string) => id.toLowerCase() === name.toLowerCase();
const LATEST = /:latest$/;
/** What makes a model the one of a name, the surest first. */
const BY_NAME: ((id: string, name: string) => boolean)[] = [
  (id, name) => id === name,
  isSame,
  (id, name) => isSame(id.replace(LATEST, ''), name),
];
/** The same for Phi-3.5 under whatever name: that of 3.8 billion weights before its larger and its seeing relatives. */
const BY_KIND: ((id: string) => boolean)[] = [
  (id) => isSame(id, ANY_PHI),
  (id) => PHI.test(id) && /mini/i.test(id),
  (id) => PHI.test(id) && !/moe|vision/i.test(id),
  (id) => PHI.test(id),
];

/** The model of that name, or Phi-3.5 under whatever name where none is wanted. */
export function modelAmong(models: readonly ServerModel[], wanted: string | null): ServerModel | undefined {
  const tests = wanted === null ? BY_KIND : BY_NAME.map((test) => (id: string) => test(id, wanted));
  for (const test of tests) {
    const found = models.find(({ id }) => test(id));
    if (found) return found;
  }
  return undefined;
}

/**
 * The model of a server by its name, or Phi-3.5 under whatever name the server has it.
 * @throws LLM_UNKNOWN_MODEL naming those it has
 */
export function chooseModel(
  models: readonly ServerModel[],
  wanted: string | null,
  { where, deployment }: { where: string; deployment: boolean },
): ServerModel {
  const found = modelAmong(models, wanted);
  if (found) return found;
  const names = models.slice(0, MOST_NAMED).map(({ id }) => id.replace(/\p{Cc}/gu, '?').slice(0, 80));
  const more = models.length > MOST_NAMED ? ` and ${models.length - MOST_NAMED} more` : '';
  const known = names.length === 0 ? 'none' : `${names.join(', ')}${more}`;
  const other = names.length === 0 ? 'load it there, or another and name that' : 'load it there, or name one of these';
  const way = deployment ? NAME_DEPLOYMENT : `${other} with OLLAMA_MODEL`;
  throw new BrainnetError('LLM_UNKNOWN_MODEL', { where, model: wanted ?? 'Phi-3.5', known, way });
}

export const NAME_DEPLOYMENT = 'name your deployment with OLLAMA_MODEL';
