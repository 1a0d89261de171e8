import { BrainnetError } from '../../../../shared/errors.ts';
import type { Message } from '../types.ts';
import type { Prompt, Render } from './turns.ts';

export interface Fitted extends Prompt {
  cut: string | null;
}

/**
 * Renders a request into at most `room` tokens: what may be left out goes, the lowest `droppable` first, as much as must.
 * @throws LLM_TOO_LONG where that is not enough
 */
export function fitted(messages: readonly Message[], room: number, render: Render): Fitted {
  const optional = messages.filter(({ droppable }) => droppable !== undefined);
  const order = [...optional].sort((a, b) => a.droppable! - b.droppable!);
  const without = (dropped: number) => {
    const gone = new Set(order.slice(0, dropped));
    return render(messages.filter((message) => !gone.has(message)));
  };
  const whole = without(0);
  if (whole.tokens.length <= room) return { ...whole, cut: null };
  const dropped = fewest(order.length, (count) => without(count).tokens.length <= room);
  const prompt = dropped === null ? null : without(dropped);
  if (!prompt) {
    const tokens = without(order.length).tokens.length;
    throw new BrainnetError('LLM_TOO_LONG', { tokens, most: room });
  }
  return { ...prompt, cut: sentence(dropped!, order.length, whole.tokens.length, room) };
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

function sentence(dropped: number, of: number, tokens: number, room: number): string {
  const what = dropped === 1 ? 'The oldest' : `The ${dropped} oldest`;
  return `${what} of ${of} memories ${dropped === 1 ? 'was' : 'were'} left out: the request had ${tokens} tokens, and the language model can read ${room}.`;
}
