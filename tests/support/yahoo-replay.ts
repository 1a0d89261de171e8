/** Recorded answers of Yahoo, played back through `fetch`: matched by path and by the symbols or words asked for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageRoot } from '../../electron/engine/platform/index.ts';

const FOLDER = path.join(packageRoot(), '..', 'shared', 'data', 'yahoo');

interface Recording {
  request: { url: string };
  response: { status: number; headers: Record<string, string | string[]>; bodyJson?: unknown; bodyText?: string };
}

/** Why the recordings cannot be played: '' where they can. A test that needs them skips under this name. */
export const RECORDINGS_MISSING = existsSync(FOLDER) ? '' : 'the recorded answers ../shared/data/yahoo are absent';

/** A recording by the beginning of its file name. */
export function recording(name: string): Recording {
  const file = readdirSync(FOLDER).find((each) => each.startsWith(name));
  if (!file) throw new Error(`no recording begins with ${name}`);
  return JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8'));
}

/** A fetch that answers from these recordings, and the addresses it was asked for. Anything else fails the test. */
export function replay(...names: string[]): { fetch: typeof fetch; asked: URL[] } {
  const recordings = names.map(recording);
  const asked: URL[] = [];
  return {
    asked,
    fetch: async (input) => {
      const url = new URL(String(input));
      asked.push(url);
      const found = recordings.find(({ request }) => isAlike(new URL(request.url), url));
      if (!found) throw new Error(`nothing recorded answers ${url}`);
      return responseOf(found);
    },
  };
}

function isAlike(recorded: URL, asked: URL): boolean {
  const same = (key: string) => recorded.searchParams.get(key) === asked.searchParams.get(key);
  return recorded.pathname === asked.pathname && ['interval', 'symbols', 'q'].every(same);
}

function responseOf({ response }: Recording): Response {
  const headers = new Headers();
  for (const [name, values] of Object.entries(response.headers)) {
    for (const value of [values].flat()) headers.append(name, value);
  }
  const text = response.bodyJson === undefined ? (response.bodyText ?? '') : JSON.stringify(response.bodyJson);
  return new Response(text, { status: response.status, headers });
}
