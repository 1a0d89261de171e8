import { BrainnetError } from '../../../shared/errors.ts';
import type { Llm, Message, Usage } from './types.ts';

/** What a symbol may take. */
export interface TokenBudget {
  symbol: string;
  /** Tokens read and written over all its requests. What was reused from an earlier request counts too: so a symbol takes the same wherever it stands in a queue. */
  tokens: number;
}

/** No text of a prompt or an answer has more bytes a token on the average, whatever a server counts. */
const MOST_BYTES_A_TOKEN = 8;

/**
 * The same model for one symbol, its tokens counted. A request is begun only where its longest answer still fits, never with a shorter one,
 * so that no answer is another for its budget; what ends over it is the symbol.
 * @throws LLM_OVER_BUDGET, before a request or after one that has taken too much, at most that request over the budget
 */
export function metered(llm: Llm, { symbol, tokens }: TokenBudget): Llm {
  let spent = 0;
  const within = async <A extends { usage: Usage }>(
    asked: string | readonly Message[],
    most: number,
    ask: () => Promise<A>,
  ): Promise<A> => {
    refuseOver(spent + most);
    const answer = await ask();
    spent += tokensOf(answer.usage, asked, 'text' in answer ? String(answer.text) : '');
    refuseOver(spent);
    return answer;
  };
  const refuseOver = (taken: number) => {
    if (taken > tokens)
      throw new BrainnetError('LLM_OVER_BUDGET', { symbol, limit: `${tokens} tokens (LLM_BUDGET_TOKENS)` });
  };
  return {
    get info() {
      return llm.info;
    },
    generate: (messages, options) => within(messages, options.maxTokens, () => llm.generate(messages, options)),
    generateWithImage: (asked, png, options) =>
      within(asked, options.maxTokens, () => llm.generateWithImage(asked, png, options)),
    probabilities: (messages, words, options) => within(messages, 1, () => llm.probabilities(messages, words, options)),
    countTokens: (text) => llm.countTokens(text),
    close: () => llm.close(),
  };
}

/** As counted, but no fewer than the texts can have: of the prompt what is always sent, of the answer all. */
function tokensOf({ promptTokens, generatedTokens }: Usage, asked: string | readonly Message[], text: string): number {
  const sent =
    typeof asked === 'string'
      ? asked
      : asked
          .filter(isAlwaysSent)
          .map(({ content }) => content)
          .join('');
  return atLeast(promptTokens, sent) + atLeast(generatedTokens, text);
}

const isAlwaysSent = ({ droppable }: Message) => droppable === undefined;

function atLeast(counted: number, text: string): number {
  const least = Math.ceil(Buffer.byteLength(text) / MOST_BYTES_A_TOKEN);
  return Number.isSafeInteger(counted) ? Math.max(counted, least) : least;
}
