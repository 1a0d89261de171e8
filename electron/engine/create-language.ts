import type { Settings } from '../../shared/domain/index.ts';
import { BrainnetError } from '../../shared/errors.ts';
import {
  backendOptions,
  createLlmHost,
  createOpenAiLlm,
  findLocalServer,
  type Llm,
  type LlmHost,
  type LlmHostDeps,
  type ServerBackend,
} from './llm/index.ts';

export interface LanguageDeps extends Pick<LlmHostDeps, 'files' | 'dir' | 'log'> {
  settings: () => Settings;
  env: NodeJS.ProcessEnv;
}

/** The language model that the settings ask for, embedded or behind a server. */
export function createLanguageModel({ settings, env, ...rest }: LanguageDeps): LlmHost {
  const openServer = async (backend: ServerBackend, signal: AbortSignal) => {
    const asked = { ...settings(), LLM_BACKEND: backend };
    const named = backendOptions(asked, env);
    const options = named ?? (await findLocalServer(asked, env));
    if (!options) throw new BrainnetError('LLM_MISSING', { problem: 'no server answers on the usual addresses' });
    return createOpenAiLlm({ ...options, signal, connectMs: 1000 * asked.LLM_BUDGET_SECONDS });
  };
  return createLlmHost({
    ...rest,
    backend: () => settings().LLM_BACKEND,
    openedWith: (backend) => {
      const { AGENT_MAX_TOKENS, OLLAMA_BASE_URL, OLLAMA_MODEL, USE_VISION } = settings();
      const server = [OLLAMA_BASE_URL, OLLAMA_MODEL, USE_VISION];
      return [AGENT_MAX_TOKENS, ...(backend === 'embedded' ? [] : server)].join(' ');
    },
    contextTokens: () => settings().AGENT_MAX_TOKENS,
    openServer,
    checkServer: (backend) => void backendOptions({ ...settings(), LLM_BACKEND: backend }, env),
  });
}

/** The same model for whoever does not own it: closing it closes nothing. */
export function lent(llm: Llm): Llm {
  return {
    get info() {
      return llm.info;
    },
    generate: (messages, options) => llm.generate(messages, options),
    generateWithImage: (asked, png, options) => llm.generateWithImage(asked, png, options),
    probabilities: (messages, words, options) => llm.probabilities(messages, words, options),
    countTokens: (text) => llm.countTokens(text),
    close: async () => {},
  };
}
