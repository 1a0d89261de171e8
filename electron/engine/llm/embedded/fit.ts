import { BrainnetError } from '../../../../shared/errors.ts';
import { cutSentence } from '../cut-sentence.ts';
import type { Message } from '../types.ts';
import type { Prompt, Render } from './turns.ts';

export interface Fitted extends Prompt {
  cut: string | null;
  /** How many messages were left out. */
  leftOut: number;
}

/**
 * Renders a request into at most `room` tokens: what may be left out goes, the lowest `droppable` first, as much as must.
 * @param answer tokens that its answer may have besides
 * @throws LLM_TOO_LONG where that is not enough
 */
export function fitted(messages: readonly Message[], room: number, render: Render, answer: number): Fitted {
  const optional = messages.filter(({ droppable }) => droppable !== undefined);
  const order = [...optional].sort((a, b) => a.droppable! - b.droppable!);
  const without = (dropped: number) => {
    const gone = new Set(order.slice(0, dropped));
    return render(messages.filter((message) => !gone.has(message)));
  };
  const whole = without(0);
  if (whole.tokens.length <= room) return { ...whole, cut: null, leftOut: 0 };
  const dropped = fewest(order.length, (count) => without(count).tokens.length <= room);
  if (dropped === null) {
    const tokens = without(order.length).tokens.length;
    throw new BrainnetError('LLM_TOO_LONG', { tokens, most: room, needed: tokens + 1 + answer });
  }
  const cut = cutSentence(dropped, order.length, String(whole.tokens.length), room);
  return { ...without(dropped), cut, leftOut: dropped };
}

/** The fewest of 1 to `most` for which `fits`, which holds for every greater count too; null where none does. */
function fewest(most: number, fits: (count: number) => boolean): number | null {
  if (most === 0 || !fits(most)) return null;
  let [low, high] = [1, most];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
