import type { ChatCompletionMessageParam } from 'openai/resources/chat/completions';
import { type Ask, type Asked, refusedWith } from './asking.ts';

/**
 * How likeliest tokens are asked for: as many as any server tells, over the whole softmax whatever cut it has of its own; then as
 * text-generation-inference takes it, which refuses more than 5, and a top_p of 1, which is no cut there anyway.
 */
const WAYS = [{ top_logprobs: 20, top_p: 1 }, { top_logprobs: 5 }] as const;
const PROBE = [{ role: 'user', content: 'Answer with one word, True or False: 2 is even.' }] as const;

/** A request for one token with its probabilities, at temperature 1, since some servers tell them after it was applied. */
export type OneToken = (messages: ChatCompletionMessageParam[]) => Asked;

/** Asks for one token with its probabilities; null where they do not come. @throws what is wrong with the server besides */
export async function likeliestOf(ask: Ask): Promise<OneToken | null> {
  for (const way of WAYS) {
    const oneToken: OneToken = (messages) => ({ messages, max_tokens: 1, temperature: 1, logprobs: true, ...way });
    try {
      const { first } = await ask(oneToken([...PROBE]));
      return first !== null && first.length > 1 ? oneToken : null;
    } catch (error) {
      if (!mayBeAboutThem(error)) throw error;
    }
  }
  await ask({ messages: [...PROBE], max_tokens: 1, temperature: 0 });
  return null;
}

/** Servers refuse what they do not know in words of their own; one that refuses every request does so without these too. */
function mayBeAboutThem(error: unknown): boolean {
  const refused = refusedWith(error);
  if (!refused) return false;
  return refused.status === 400 || refused.status === 422 || /logprob|top_n_tokens|top_p\b/i.test(refused.said);
}
