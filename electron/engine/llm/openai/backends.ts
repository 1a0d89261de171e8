import type { Settings } from '../../../../shared/domain/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { createWebFetch, type WebFetch } from '../web-fetch.ts';
import { serverAddress } from './address.ts';
import { guardedFetch } from './guarded-fetch.ts';
import { ANY_PHI, listModels, modelAmong, type ServerModel } from './models.ts';
import type { OpenAiOptions } from './options.ts';

/** Where LM Studio and Ollama listen unless they are told otherwise. */
export const USUAL_ADDRESSES = ['http://localhost:1234/v1', 'http://localhost:11434/v1'] as const;
const HUGGING_FACE = 'https://router.huggingface.co/v1';
const PHI_OF_HUGGING_FACE = 'microsoft/Phi-3.5-mini-instruct';
const PROBE_MS = 1500;

/** What says which server is asked; the names are those of the original, an empty text is not set. */
export interface BackendSettings extends Partial<Pick<Settings, 'USE_VISION' | 'AGENT_MAX_TOKENS'>> {
  LLM_BACKEND: string;
  OLLAMA_BASE_URL?: string;
  OLLAMA_MODEL?: string;
}

/**
 * The server that the settings name; null where `auto` has still to look for one, or none is asked at all.
 * @param env the key is taken from LLM_API_KEY here and nowhere else
 * @throws SETTING_MISSING where azure has no address or no key, or hf no key; BAD_SETTING where the address is none
 */
export function backendOptions(settings: BackendSettings, env: NodeJS.ProcessEnv): OpenAiOptions | null {
  const { LLM_BACKEND: backend, AGENT_MAX_TOKENS } = settings;
  const vision = settings.USE_VISION === 'true';
  const address = settings.OLLAMA_BASE_URL || undefined;
  const named = settings.OLLAMA_MODEL || null;
  const model = named?.toLowerCase() === ANY_PHI ? null : named;
  const key = env.LLM_API_KEY?.trim() || undefined;
  const options = (at: string, name: string | null): OpenAiOptions => {
    const { local, keyHeader } = serverAddress(at);
    const deployment = backend === 'azure' || keyHeader === 'api-key';
    return {
      ...{ address: at, model: deployment ? named : name, deployment, key, vision, contextTokens: AGENT_MAX_TOKENS },
      fetch: createWebFetch(local ? {} : env),
    };
  };
  if (backend === 'local') return options(address ?? USUAL_ADDRESSES[0], model);
  if (backend === 'auto') return address ? options(address, model) : null;
  if (backend !== 'azure' && backend !== 'hf') return null;
  if (!key)
    throw missing('LLM_API_KEY', backend, `the key of your ${backend === 'hf' ? 'Hugging Face' : 'Azure'} account`);
  if (backend === 'hf') return options(address ?? HUGGING_FACE, model ?? PHI_OF_HUGGING_FACE);
  if (!address) throw missing('OLLAMA_BASE_URL', backend, 'the address of your deployment');
  return options(address, model);
}

/**
 * A server on this machine at one of the usual addresses: the first that has Phi-3.5 or the model asked for, else the first that answers with
 * models at all, so that it can be said which it has; null where none does.
 */
export async function findLocalServer(
  settings: BackendSettings,
  env: NodeJS.ProcessEnv,
  { addresses = USUAL_ADDRESSES as readonly string[], fetch = createWebFetch({}) } = {},
): Promise<OpenAiOptions | null> {
  const asked = (address: string) =>
    backendOptions({ ...settings, LLM_BACKEND: 'local', OLLAMA_BASE_URL: address }, env);
  const answering = (await Promise.all(addresses.map((address) => modelsAt(address, fetch)))).flatMap((models, at) => {
    const options = models.length > 0 ? asked(addresses[at]!) : null;
    return options ? [{ options, models }] : [];
  });
  const found = answering.find(({ options, models }) => modelAmong(models, options.model)) ?? answering[0];
  // A key is meant for the server that it was given for, not for whatever listens here.
  return found ? { ...found.options, key: undefined } : null;
}

/** Empty where nothing answers, or not with a list of models. */
async function modelsAt(address: string, fetch: WebFetch): Promise<ServerModel[]> {
  const server = serverAddress(address);
  try {
    const guarded = guardedFetch(fetch, server, undefined);
    const listed = await listModels(guarded, server, AbortSignal.timeout(PROBE_MS));
    return 'models' in listed ? listed.models : [];
  } catch {
    return [];
  }
}

function missing(name: string, backend: string, what: string): BrainnetError {
  return new BrainnetError('SETTING_MISSING', { name, backend, what });
}
