import { BrainnetError } from '../../../../shared/errors.ts';
import { cutSentence } from '../cut-sentence.ts';
import type { Message } from '../types.ts';

/** Tokens of a text, counted by the server's own figures: it does not lend its vocabulary. */
export interface TokenEstimate {
  of(text: string): number;
  ofAll(messages: readonly Message[]): number;
  /** What the server counted for a request. */
  learn(messages: readonly Message[], tokens: number): void;
}

/** English has about 4 bytes a token, rows of figures 2; the estimate errs to more tokens. */
const FIRST_BYTES_PER_TOKEN = 2.5;
const TOKENS_PER_MESSAGE = 6;
/** Of a picture of 224 x 224, for the most that models take: Phi-3.5-vision 757. */
const TOKENS_PER_PICTURE = 1000;

export function createTokenEstimate(): TokenEstimate {
  let perByte = 1 / FIRST_BYTES_PER_TOKEN;
  const bytes = (text: string) => Buffer.byteLength(text);
  const of = (text: string) => Math.ceil(bytes(text) * perByte);
  return {
    of,
    ofAll: (messages) =>
      messages.reduce(
        (sum, { content, picture }) => sum + of(content) + TOKENS_PER_MESSAGE + (picture ? TOKENS_PER_PICTURE : 0),
        0,
      ),
    learn(messages, tokens) {
      if (messages.some(({ picture }) => picture)) return;
      const all = messages.reduce((sum, { content }) => sum + bytes(content), 0);
      const seen = (tokens - TOKENS_PER_MESSAGE * messages.length) / all;
      if (all > 2000 && seen > 0.15 && seen < 2) perByte = seen * 1.02;
    },
  };
}

/**
 * Leaves out of a request that is too long what may be left out, the lowest `droppable` first.
 * @param room tokens that the request may have
 * @param answer tokens that its answer may have besides
 * @throws LLM_TOO_LONG where that is not enough
 */
export function fitMessages(
  messages: readonly Message[],
  room: number,
  estimate: TokenEstimate,
  answer = 0,
): { messages: readonly Message[]; cut: string | null; leftOut: number } {
  const whole = estimate.ofAll(messages);
  if (whole <= room) return { messages, cut: null, leftOut: 0 };
  const optional = messages.filter(({ droppable }) => droppable !== undefined);
  const order = [...optional].sort((a, b) => a.droppable! - b.droppable!);
  const gone = new Set<Message>();
  let tokens = whole;
  for (const message of order) {
    if (tokens <= room) break;
    gone.add(message);
    tokens = estimate.ofAll(messages.filter((each) => !gone.has(each)));
  }
  if (tokens > room)
    throw new BrainnetError('LLM_TOO_LONG', { tokens, most: Math.max(0, room), needed: tokens + answer });
  const cut = cutSentence(gone.size, order.length, `about ${whole}`, room);
  return { messages: messages.filter((message) => !gone.has(message)), cut, leftOut: gone.size };
}
