import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Message } from '../../llm/index.ts';
import { packageRoot, plainJson, sha256 } from '../../platform/index.ts';

/** A prompt as its file holds it: a version, the system's text and the user's, whose {{slots}} are filled with quoted data. */
export interface PromptFile {
  name: string;
  version: number;
  /** SHA-256 of the file. */
  hash: string;
  system: string;
  user: string;
}

const FORM = /^version: (\d+)\n--- system\n([\s\S]+?)\n--- user\n([\s\S]+)$/;

/** Reads resources/prompts/NAME.md. @throws Error where the file is missing or not of the form: it is part of the program */
export function readPrompt(name: string): PromptFile {
  const text = readFileSync(path.join(packageRoot(), 'resources', 'prompts', `${name}.md`), 'utf8').replaceAll(
    '\r\n',
    '\n',
  );
  const found = FORM.exec(text);
  if (!found) throw new Error(`the prompt ${name} is not of the form "version, system, user"`);
  return { name, version: Number(found[1]), hash: sha256(text), system: found[2]!.trim(), user: found[3]!.trim() };
}

/** A past setup or a note, in words, and when it became known (UTC ms). */
export interface Remembered {
  text: string;
  time: number;
}

const MEMORY_SLOT = '\n{{memory}}\n';

/**
 * The messages of a prompt: one of the system and one of the user, whose memories are parts of their own, so that the oldest can be left
 * out of a request that is too long. What goes into a slot is written as JSON in which no character can end the slot or be taken for a mark of
 * the model's own: <, > and & and everything outside ASCII are escaped, so a text stays a text whatever it says.
 */
export function fillPrompt(
  prompt: PromptFile,
  slots: Record<string, unknown>,
  memories: readonly Remembered[] = [],
): Message[] {
  const filled = (text: string) => text.replace(/\{\{(\w+)\}\}/g, (_, slot: string) => quoted(slots[slot]));
  const user = (content: string): Message => ({ role: 'user', content });
  const system: Message = { role: 'system', content: prompt.system };
  const parts = prompt.user.split(MEMORY_SLOT).map(filled);
  if (memories.length === 0 || parts.length === 1) return [system, user(parts.join('\n'))];
  const told = memories.map(({ text, time }) => ({ ...user(plainJson(JSON.stringify(text))), droppable: time }));
  return [system, user(parts[0]!), ...told, user(parts[1]!)];
}

/** A value as JSON of plain ASCII without <, > and &. */
export function quoted(value: unknown): string {
  return plainJson(typeof value === 'string' ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value ?? null));
}
