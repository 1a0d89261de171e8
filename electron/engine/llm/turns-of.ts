import type { Message } from './types.ts';

export type Turn = Pick<Message, 'role' | 'content' | 'picture'>;

/** Consecutive messages of one role are one turn, a line each: what may be left out is a message, and models want their turns to alternate. */
export function turnsOf(messages: readonly Message[]): Turn[] {
  const turns: Turn[] = [];
  for (const { role, content, picture } of messages) {
    const last = turns.at(-1);
    if (last?.role !== role) turns.push({ role, content, ...(picture && { picture }) });
    else {
      last.content += `\n${content}`;
      if (picture) last.picture = picture;
    }
  }
  return turns;
}
