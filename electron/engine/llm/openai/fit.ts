import { BrainnetError } from '../../../../shared/errors.ts';
import { cutSentence } from '../cut-sentence.ts';
import type { Message } from '../types.ts';
import { tokensOfAll } from './token-estimate.ts';

/**
 * Leaves out of a request that is too long what may be left out, the lowest `droppable` first.
 * @param room tokens that the request may have
 * @param answer tokens that its answer may have besides
 * @throws LLM_TOO_LONG where that is not enough
 */
export function fitMessages(
  messages: readonly Message[],
  room: number,
  answer = 0,
): { messages: readonly Message[]; cut: string | null; leftOut: number } {
  const whole = tokensOfAll(messages);
  if (whole <= room) return { messages, cut: null, leftOut: 0 };
  const optional = messages.filter(({ droppable }) => droppable !== undefined);
  const order = [...optional].sort((a, b) => a.droppable! - b.droppable!);
  const gone = new Set<Message>();
  let tokens = whole;
  for (const message of order) {
    if (tokens <= room) break;
    gone.add(message);
    tokens -= tokensOfAll([message]);
  }
  if (tokens > room)
    throw new BrainnetError('LLM_TOO_LONG', {
      ...{ tokens: `about ${tokens}`, most: Math.max(0, room), needed: tokens + answer },
    });
  const cut = cutSentence(gone.size, order.length, `about ${whole}`, room);
  return { messages: messages.filter((message) => !gone.has(message)), cut, leftOut: gone.size };
}
