import type { Message } from './types.ts';

export type Turn = Pick<Message, 'role' | 'content' | 'picture'>;

/** What is asked with a picture (PNG) in its last message. */
export function withPicture(asked: string | readonly Message[], picture: Uint8Array): Message[] {
  const messages: readonly Message[] = typeof asked === 'string' ? [{ role: 'user', content: asked }] : asked;
  return messages.map((message, at) => (at === messages.length - 1 ? { ...message, picture } : message));
}

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
