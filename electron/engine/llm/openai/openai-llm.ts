import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import type { ZodType } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import { plainJson } from '../../platform/index.ts';
import { type Turn, turnsOf, withPicture } from '../turns-of.ts';
import type { Answer, GenerateOptions, Llm, Message, TokenProbabilities, Usage } from '../types.ts';
import { type Asked, type AskOptions, refusedWith } from './asking.ts';
import { connect } from './connection.ts';
import { fitMessages } from './fit.ts';
import { refusesPicture } from './no-vision.ts';
import type { OpenAiOptions } from './options.ts';
import type { Streamed, TopTokens } from './stream.ts';
import { isAboutForm, JSON_MODES, type JsonMode, parseAnswer, responseFormat, schemaInWords } from './structured.ts';
import { tokensOf, tokensOfAll } from './token-estimate.ts';

const MOST_QUOTED = 4000;
/** Answers on end without probabilities after which none is asked for any more: a gateway may miss one. */
const MOST_WITHOUT = 3;

/**
 * A language model behind a server that speaks OpenAI's protocol. It is asked for its models and for one token here, so
 * that what is wrong is said now.
 * @throws LLM_UNREACHABLE, LLM_REFUSED, LLM_LIMITED, LLM_UNKNOWN_MODEL, LLM_ANSWER_BAD, BAD_SETTING
 */
export async function createOpenAiLlm(options: OpenAiOptions): Promise<Llm> {
  const connection = await connect(options);
  const { ask, info, told, oneToken, withoutProbabilities } = connection;
  const closing = new AbortController();
  const withClosing = ({ signal, onToken }: AskOptions): AskOptions => ({
    onToken,
    signal: signal ? AbortSignal.any([signal, closing.signal]) : closing.signal,
  });
  const requireOpen = () => {
    if (closing.signal.aborted) throw new BrainnetError(options.signal?.aborted ? 'CLOSING' : 'MODEL_CLOSED');
  };
  let mode = 0;
  let without = 0;

  /** One answer in the strictest form that the server knows. */
  const askInForm = async (asked: Asked, schema: ZodType | undefined, how: AskOptions): Promise<Streamed> => {
    if (!schema) return ask(asked, how);
    try {
      return await ask(inForm(asked, schema, JSON_MODES[mode]!), how);
    } catch (error) {
      if (!isAboutForm(refusedWith(error)?.said ?? '') || mode === JSON_MODES.length - 1) throw error;
      mode++;
      return askInForm(asked, schema, how);
    }
  };

  /** The same where pictures are shown: a server that refuses them is not shown another. */
  const withPictures = async <R>(messages: readonly Message[], work: () => Promise<R>): Promise<R> => {
    requireOpen();
    if (!messages.some(({ picture }) => picture)) return work();
    const blind = () => new BrainnetError('LLM_NO_VISION', { model: info.name });
    if (!info.vision) throw blind();
    try {
      return await work();
    } catch (error) {
      const refused = refusedWith(error);
      if (!refused || !refusesPicture(refused)) throw error;
      info.vision = false;
      throw blind();
    }
  };

  const generate = <T>(messages: readonly Message[], given: GenerateOptions<T>): Promise<Answer<T>> =>
    withPictures(messages, async () => {
      const { maxTokens, temperature, seed, schema } = given;
      const how = withClosing(given);
      const fitted = fitMessages(messages, info.contextTokens - maxTokens, maxTokens);
      const asked: Asked = { messages: turnsOf(fitted.messages).map(plain), max_tokens: maxTokens, temperature, seed };
      const first = await askInForm(asked, schema, how);
      const usage = usageOf(first, fitted.messages);
      const answer = { ...answerOf(first, usage, fitted), value: null, repaired: false };
      if (!schema) return answer;
      const parsed = parseAnswer(first.text, schema);
      if (parsed.ok) return { ...answer, value: parsed.value };
      const again = await askInForm(repairing(asked, first.text, parsed.problem, schema), schema, how);
      const second = parseAnswer(again.text, schema);
      if (!second.ok) throw new BrainnetError('LLM_ANSWER_BAD', { problem: `${second.problem}, asked twice` });
      const both = added(usage, usageOf(again, fitted.messages));
      const timing = { promptMs: first.promptMs + again.promptMs, generateMs: first.generateMs + again.generateMs };
      return { ...answerOf(again, both, fitted), timing, value: second.value, repaired: true };
    });

  return {
    get info() {
      return info;
    },
    generate,
    generateWithImage: (asked, png, given) => generate(withPicture(asked, png), given),
    probabilities: (messages, words, given = {}): Promise<TokenProbabilities> =>
      withPictures(messages, async () => {
        const unable = () => new BrainnetError('LLM_NO_PROBABILITIES', { model: told.model });
        if (!oneToken || !info.tokenProbabilities) throw unable();
        const { cut, leftOut, ...fitted } = fitMessages(messages, info.contextTokens - 1, 1);
        const asked = oneToken(turnsOf(fitted.messages).map(plain));
        const streamed = await ask(asked, withClosing(given)).catch((error: unknown) => {
          if (!/logprob/i.test(refusedWith(error)?.said ?? '')) throw error;
          withoutProbabilities();
          throw unable();
        });
        without = streamed.first ? 0 : without + 1;
        if (without === MOST_WITHOUT) withoutProbabilities();
        if (!streamed.first) throw unable();
        const usage = usageOf(streamed, fitted.messages);
        const { promptMs, generateMs } = streamed;
        const probabilities = sharesOf(streamed.first, words);
        return { probabilities, usage, timing: { promptMs, generateMs }, cut, leftOut };
      }),
    countTokens: tokensOf,
    async close() {
      closing.abort();
    },
  };
}

function plain({ role, content, picture }: Turn): ChatCompletionMessageParam {
  if (role !== 'user' || !picture) return { role, content };
  const url = `data:image/png;base64,${Buffer.from(picture).toString('base64')}`;
  return {
    role,
    content: [
      { type: 'text', text: content },
      { type: 'image_url', image_url: { url } },
    ],
  };
}

function inForm(asked: Asked, schema: ZodType, mode: JsonMode): Asked {
  const words: ChatCompletionMessageParam = { role: 'user', content: schemaInWords(schema) };
  const messages = mode === 'json_schema' ? asked.messages : [...asked.messages, words];
  return { ...asked, messages, response_format: responseFormat(mode, schema) };
}

/** The request once more, with the answer that was not as asked, its marks of a model escaped, and why. */
function repairing(asked: Asked, text: string, problem: string, schema: ZodType): Asked {
  const wrong = { role: 'assistant' as const, content: plainJson(text.slice(0, MOST_QUOTED)) || '(nothing)' };
  const again = { role: 'user' as const, content: `That cannot be used: ${problem}. ${schemaInWords(schema)}` };
  return { ...asked, messages: [...asked.messages, wrong, again] };
}

/** Shares of words among the likeliest tokens; with and without the space that begins a word in a vocabulary. */
function sharesOf(top: TopTokens, words: readonly string[]): Record<string, number> {
  const share = (word: string) =>
    top
      .filter(({ token }) => token.replace(/^[\s\u2581\u0120]+/, '') === word)
      .reduce((sum, { logprob }) => sum + Math.exp(Math.min(0, logprob)), 0);
  return Object.fromEntries(words.map((word) => [word, Math.min(1, share(word))]));
}

/** As the server counted, else as estimated. */
function usageOf(streamed: Streamed, messages: readonly Message[]): Usage {
  const promptTokens = streamed.prompt ?? tokensOfAll(messages);
  const reusedTokens = Math.min(promptTokens, Math.max(0, streamed.cached));
  const generatedTokens = streamed.generated ?? tokensOf(streamed.text);
  return { promptTokens, reusedTokens, evaluatedTokens: promptTokens - reusedTokens, generatedTokens };
}

function added(a: Usage, b: Usage): Usage {
  return {
    promptTokens: a.promptTokens + b.promptTokens,
    reusedTokens: a.reusedTokens + b.reusedTokens,
    evaluatedTokens: a.evaluatedTokens + b.evaluatedTokens,
    generatedTokens: a.generatedTokens + b.generatedTokens,
  };
}

function answerOf(
  { text, finish, promptMs, generateMs }: Streamed,
  usage: Usage,
  { cut, leftOut }: Pick<Answer<never>, 'cut' | 'leftOut'>,
) {
  return { text, finish, usage, timing: { promptMs, generateMs }, cut, leftOut };
}
