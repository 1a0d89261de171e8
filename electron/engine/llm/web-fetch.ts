import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';

const MAX_REDIRECTS = 5;
const PROXY_NAMES = ['HTTP_PROXY', 'HTTPS_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'no_proxy'];

/** What cannot be asked for, or answered, in words. */
export class WebProblem extends Error {}

/** The part of `fetch` that is used here: a method, plain headers, a text body, a signal, and whether redirects are followed. */
export type WebFetch = (address: string | URL, init?: RequestInit) => Promise<Response>;

/**
 * A `fetch` that goes through the proxy of HTTPS_PROXY or HTTP_PROXY except for the hosts of NO_PROXY, which Node's own
 * does not. Bodies come as they were sent, never unpacked. Errors are those of Node's sockets, with their code.
 */
export function createWebFetch(env: NodeJS.ProcessEnv): WebFetch {
  const proxyEnv = Object.fromEntries(PROXY_NAMES.map((name) => [name, env[name]]));
  return async (address, init = {}) => {
    let url = new URL(address);
    const headers = new Headers(init.headers);
    for (let redirects = 0; ; redirects++) {
      const answer = await send(url, init, headers, proxyEnv);
      const next = init.redirect === 'manual' ? null : redirectOf(answer, url);
      if (!next) return response(answer);
      answer.destroy();
      if (redirects === MAX_REDIRECTS) throw new WebProblem('it redirects in a circle');
      if (url.protocol === 'https:' && next.protocol !== 'https:')
        throw new WebProblem('it redirects to an open connection');
      if (next.origin !== url.origin) for (const name of ['authorization', 'api-key']) headers.delete(name);
      url = next;
    }
  };
}

function send(
  url: URL,
  { method = 'GET', body, signal }: RequestInit,
  headers: Headers,
  proxyEnv: NodeJS.ProcessEnv,
): Promise<http.IncomingMessage> {
  if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new WebProblem('it is no address of the web');
  const { request, Agent } = url.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const options = { method, headers: Object.fromEntries(headers), signal: signal ?? undefined };
    const sent = request(url, { ...options, agent: new Agent({ proxyEnv }) }, resolve);
    sent.once('error', reject);
    sent.end(typeof body === 'string' ? body : undefined);
  });
}

function redirectOf({ statusCode = 0, headers }: http.IncomingMessage, from: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || !headers.location) return null;
  return new URL(headers.location, from);
}

function response(answer: http.IncomingMessage): Response {
  const status = answer.statusCode ?? 0;
  const headers = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  if (status < 200 || status > 599) throw new WebProblem(`it answered ${status}`);
  const empty = status === 204 || status === 205 || status === 304;
  if (empty) answer.resume();
  return new Response(empty ? null : (Readable.toWeb(answer) as ReadableStream<Uint8Array>), { status, headers });
}
