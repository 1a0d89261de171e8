import { readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { errorSentence } from '../../shared/errors.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER, newNonce, securityHeaders } from './page-headers.ts';

export interface PageResponse {
  status: number;
  headers: Record<string, string>;
  body: Uint8Array | string;
}

/** Whoever can answer for a path of the page: the built files, or Vite during development. */
export type Page = (pathname: string) => Promise<PageResponse>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

/** Serves the files under `root` and nothing else; `/` is index.html with a nonce of its own. */
export function pageFiles(root: string): Page {
  return async (pathname) => {
    const nonce = newNonce();
    const headers = securityHeaders(contentSecurityPolicy(nonce));
    const file = await resolveInside(root, pathname);
    if (file === null) return plain(404, 'There is nothing at this address.', headers);
    const bytes = await readFile(file).catch(() => null);
    if (bytes === null) {
      const missing = pathname === '/' ? plain(503, errorSentence('PAGE_MISSING'), headers) : null;
      return missing ?? plain(404, 'There is nothing at this address.', headers);
    }
    const type = TYPES[path.extname(file).toLowerCase()] ?? 'application/octet-stream';
    const hashed = /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(pathname);
    const caching = hashed ? 'public, max-age=31536000, immutable' : 'no-store';
    const body = type.startsWith('text/html') ? bytes.toString('utf8').replaceAll(NONCE_PLACEHOLDER, nonce) : bytes;
    return { status: 200, headers: { ...headers, 'content-type': type, 'cache-control': caching }, body };
  };
}

/** A sentence as a response. */
export function plain(status: number, sentence: string, headers: Record<string, string>): PageResponse {
  return {
    status,
    headers: { ...headers, 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
    body: `${sentence}\n`,
  };
}

/**
 * The file a path of the page means, or null where it would lie outside of `root`, by dots, encodings, NUL, backslashes or
 * a symbolic link. A file that is merely missing is returned as it would be.
 */
async function resolveInside(root: string, pathname: string): Promise<string | null> {
  const decoded = decode(pathname);
  if (decoded === null || /[\0\\:]/.test(decoded)) return null;
  const segments = decoded.split('/').filter((segment) => segment !== '');
  if (segments.some((segment) => segment === '..' || segment.startsWith('.'))) return null;
  const file = path.join(root, ...(segments.length === 0 ? ['index.html'] : segments));
  try {
    const [realRoot, realFile] = await Promise.all([realpath(root), realpath(file)]);
    const inside = realFile.startsWith(realRoot + path.sep);
    return inside && (await stat(realFile)).isFile() ? realFile : null;
  } catch {
    return segments.length === 0 ? file : null;
  }
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
