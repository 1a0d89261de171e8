import { APIError } from 'openai';

const MOST_SAID = 200;
const NOTHING = 'status code (no body)';

/** What a server said, in one line: shortened, without control characters and without the key, a web page by its title alone. */
export function saidBy(error: unknown, key: string | undefined): string {
  const whole = isPage(error) ? titleOf(textOf(error)) : unquoted(textOf(error));
  const line = whole.replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const clean = (key ? line.replaceAll(key, '***') : line).slice(0, MOST_SAID).replace(/(?<!\.)\.$/, '');
  return clean === NOTHING ? '' : clean;
}

/** Whether a server answered with a web page, as what stands before it does, or any other server. */
export function isPage(error: unknown): boolean {
  const type = error instanceof APIError ? (error.headers?.get('content-type') ?? '') : '';
  return /text\/html/i.test(type) || /^\s*<(!doctype html|html)\b/i.test(textOf(error));
}

const textOf = (error: unknown): string => (error instanceof Error ? error.message.replace(/^\d{3} /, '') : '');

const titleOf = (page: string): string => /<(?:title|h1)\b[^<>]*>([^<>]*)/i.exec(page)?.[1] ?? '';

/** An error that is a text alone is told as JSON. */
function unquoted(text: string): string {
  if (!/^".*"$/s.test(text)) return text;
  try {
    return String(JSON.parse(text));
  } catch {
    return text;
  }
}
