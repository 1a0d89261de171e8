import type { LanguageExchange } from '../../../../shared/domain/index.ts';
import { BrainnetError, toErrorData } from '../../../../shared/errors.ts';
import {
  type Answer,
  type GenerateOptions,
  type Llm,
  type LlmInfo,
  type Message,
  parseAnswer,
  type TokenProbabilities,
  withPicture,
} from '../../llm/index.ts';
import { canonicalJson, sha256 } from '../../platform/index.ts';

type Asked = Pick<GenerateOptions<unknown>, 'maxTokens' | 'temperature' | 'seed'> | { words: readonly string[] };

/** SHA-256 of all that is asked: the messages with their pictures, and the words or the options of the answer. */
export function promptHash(messages: readonly Message[], asked: Asked): string {
  const plain = messages.map(({ picture, ...message }) => ({
    ...message,
    ...(picture && { picture: sha256(picture) }),
  }));
  const how = 'words' in asked ? { words: [...asked.words] } : optionsOf(asked);
  return sha256(canonicalJson({ messages: plain, ...how }));
}

const optionsOf = ({ maxTokens, temperature, seed }: Exclude<Asked, { words: readonly string[] }>) => ({
  ...{ maxTokens, temperature, seed: seed ?? null },
});

/** The model, with everything that is asked of it and answered kept in order; a refusal to look at a picture is an answer too. */
export function recordingLlm(llm: Llm): { llm: Llm; exchanges: LanguageExchange[] } {
  const exchanges: LanguageExchange[] = [];
  const keeping = async <A>(prompt: string, ask: () => Promise<A>, of: (answer: A) => LanguageExchange): Promise<A> => {
    try {
      const answer = await ask();
      exchanges.push(of(answer));
      return answer;
    } catch (error) {
      if (error instanceof BrainnetError && error.code === 'LLM_NO_VISION')
        exchanges.push({ kind: 'refused', prompt, error: toErrorData(error) });
      throw error;
    }
  };
  const recording: Llm = {
    get info() {
      return llm.info;
    },
    generate(messages, options) {
      const prompt = promptHash(messages, options);
      return keeping(
        prompt,
        () => llm.generate(messages, options),
        ({ value: _value, ...answer }) => ({ kind: 'text', prompt, ...answer }),
      );
    },
    generateWithImage: (asked, png, options) => recording.generate(withPicture(asked, png), options),
    probabilities(messages, words, options) {
      const prompt = promptHash(messages, { words });
      return keeping(
        prompt,
        () => llm.probabilities(messages, words, options),
        (answer) => ({ kind: 'probabilities', prompt, ...answer }),
      );
    },
    countTokens: (text) => llm.countTokens(text),
    close: () => llm.close(),
  };
  return { llm: recording, exchanges };
}

/** A question that was put otherwise than it was stored; `at` counts the questions from 0, null = there is no stored answer left for it. */
export interface OtherPrompt {
  at: number;
  stored: string | null;
  now: string;
}

/** Asked for more than was stored. */
export class NoStoredAnswer extends Error {}

/**
 * The stored answers in place of the model: each question is answered by what was answered to it, found by its hash. One that was put
 * otherwise is told, and answered by the next stored answer of its kind. A model that refused the picture is not shown another.
 */
export function storedLlm(
  stored: LlmInfo,
  exchanges: readonly LanguageExchange[],
): { llm: Llm; others: OtherPrompt[] } {
  const refused = exchanges.some(({ kind }) => kind === 'refused');
  const info: LlmInfo = { ...stored, vision: stored.vision || refused };
  const left = [...exchanges];
  const others: OtherPrompt[] = [];
  let asked = 0;
  const take = <K extends 'text' | 'probabilities'>(kind: K, now: string): Extract<LanguageExchange, { kind: K }> => {
    const at = asked++;
    let found = left.findIndex(({ prompt }) => prompt === now);
    if (found < 0) {
      found = left.findIndex((exchange) => exchange.kind === kind);
      others.push({ at, stored: left[found]?.prompt ?? null, now });
    }
    const [exchange] = found < 0 ? [] : left.splice(found, 1);
    if (!exchange) throw new NoStoredAnswer();
    if (exchange.kind === 'refused') {
      info.vision = false;
      throw new BrainnetError('LLM_NO_VISION', exchange.error.details);
    }
    return exchange as Extract<LanguageExchange, { kind: K }>;
  };
  const llm: Llm = {
    info,
    async generate<T>(messages: readonly Message[], options: GenerateOptions<T>): Promise<Answer<T>> {
      const { kind: _kind, prompt: _prompt, ...answer } = take('text', promptHash(messages, options));
      const parsed = options.schema && parseAnswer(answer.text, options.schema);
      return { ...answer, value: parsed?.ok ? parsed.value : null };
    },
    generateWithImage: (asked, png, options) => llm.generate(withPicture(asked, png), options),
    async probabilities(messages, words): Promise<TokenProbabilities> {
      const { kind: _kind, prompt: _prompt, ...answer } = take('probabilities', promptHash(messages, { words }));
      return answer;
    },
    countTokens: (text) => text.length,
    close: async () => {},
  };
  return { llm, others };
}
