import type { IncomingMessage, ServerResponse } from 'node:http';
import { BrainnetError, type ErrorDetails } from '../../../shared/errors.ts';
import { type Page, type PageResponse, plain } from '../page-files.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from '../page-headers.ts';
import type { HostedRouter } from '../router-type.ts';
import type { Admission } from './admission.ts';
import { API_PREFIX, createApi, openApiDocument } from './api.ts';
import { type Gate, isFromHere, type Refusal } from './auth.ts';
import { LIMITS } from './limits.ts';
import { newAddressPage } from './new-address-page.ts';

export type PageMiddleware = (request: IncomingMessage, response: ServerResponse) => void;

export interface HttpDeps {
  router: HostedRouter;
  page: Page;
  gate: () => Gate;
  admission: Admission;
  version: string;
  /** Serves the page instead of `page` while it is being worked on. */
  development?: PageMiddleware;
  unexpected(error: unknown): void;
}

/**
 * Answers one request: the token link, whatever its address has asked for before (who brings a right word is the owner, and
 * a ticket works once), then the API or a file of the page, within the caller's allowance and only after the gate.
 */
export function createHttpHandler(deps: HttpDeps) {
  const { router, page, gate, admission, version, development, unexpected } = deps;
  const api = createApi(router, unexpected);
  const document = openApiDocument(version);

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = parseUrl(request);
    const isApi = url !== null && (url.pathname === API_PREFIX || url.pathname.startsWith(`${API_PREFIX}/`));
    const refusal = gate().refuse(request, isApi ? 'api' : 'page');
    if (isOpened(url, refusal, gate())) {
      admission.trust(request);
      const headers = { ...baseHeaders(), location: '/', 'set-cookie': gate().cookie, 'cache-control': 'no-store' };
      return write(request, response, { status: 303, headers, body: '' });
    }
    if (!admission.allows(request, refusal)) return apiError(request, response, 'RATE_LIMITED');
    if (url === null) return write(request, response, plain(400, 'This is not an address.', baseHeaders()));
    if (refusal !== null) return refuse(request, response, refusal, isApi);
    if (!isApi && development) return development(request, response);
    if (!isApi) return servePage(request, response, page, url.pathname);

    for (const [name, value] of Object.entries({ ...baseHeaders(), 'cache-control': 'no-store' }))
      response.setHeader(name, value);
    if (url.pathname === `${API_PREFIX}/openapi.json`) return sendJson(request, response, 200, await document());
    const tooLarge = bodyProblem(request);
    if (tooLarge) return apiError(request, response, tooLarge);
    const context = { isRemote: !isFromHere(request.socket) };
    const { matched } = await api.handle(request, response, { prefix: API_PREFIX, context });
    if (!matched)
      sendJson(request, response, 404, JSON.stringify({ code: 'NOT_FOUND', message: 'There is no such procedure.' }));
  };
}

function baseHeaders(): Record<string, string> {
  return securityHeaders(contentSecurityPolicy(newNonce()));
}

function parseUrl(request: IncomingMessage): URL | null {
  const target = request.url ?? '';
  return target.startsWith('/') ? URL.parse(`http://server.invalid${target}`) : null;
}

/** True for `/?token=` with the token or a ticket, which is then used up. */
function isOpened(url: URL | null, refusal: Refusal | null, gate: Gate): boolean {
  const word = url?.pathname === '/' ? url.searchParams.get('token') : null;
  return word !== null && (refusal === null || refusal.code === 'UNAUTHORIZED') && gate.opens(word);
}

/** A body must say its size, so that nothing has to be read to refuse it. */
function bodyProblem(request: IncomingMessage): 'TOO_LARGE' | 'INVALID_INPUT' | null {
  if (request.headers['transfer-encoding'] !== undefined) return 'INVALID_INPUT';
  return Number(request.headers['content-length'] ?? 0) > LIMITS.messageBytes ? 'TOO_LARGE' : null;
}

const STATUS = { RATE_LIMITED: 429, TOO_LARGE: 413, INVALID_INPUT: 411, UNAUTHORIZED: 401 } as const;

function apiError(request: IncomingMessage, response: ServerResponse, code: keyof typeof STATUS): void {
  const error = new BrainnetError(code, errorDetails(request, code));
  const body = { defined: true, code, status: STATUS[code], message: error.message, data: error.details };
  if (code === 'RATE_LIMITED') response.setHeader('retry-after', '1');
  response.setHeader('connection', 'close');
  sendJson(request, response, STATUS[code], JSON.stringify(body));
}

function errorDetails({ headers }: IncomingMessage, code: keyof typeof STATUS): ErrorDetails {
  if (code === 'INVALID_INPUT') return { problem: 'a request with a body needs Content-Length' };
  if (code !== 'TOO_LARGE') return {};
  const size = `${headers['content-length']} bytes`;
  return { what: 'The request', size, limit: `${LIMITS.messageBytes} bytes` };
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal, isApi: boolean): void {
  const unknown = refusal.code === 'UNAUTHORIZED';
  if (isApi && unknown) apiError(request, response, 'UNAUTHORIZED');
  else if (unknown && readsHtml(request)) write(request, response, newAddressPage());
  else write(request, response, plain(refusal.status, refusal.sentence, baseHeaders()));
}

/** A person's browser that goes to an address, not a script or a part of a page. */
function readsHtml({ headers }: IncomingMessage): boolean {
  return /\btext\/html\b/i.test(headers.accept ?? '');
}

async function servePage(
  request: IncomingMessage,
  response: ServerResponse,
  page: Page,
  pathname: string,
): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return write(request, response, await page(pathname));
  write(request, response, plain(405, 'The page can only be read.', { ...baseHeaders(), allow: 'GET, HEAD' }));
}

function sendJson(request: IncomingMessage, response: ServerResponse, status: number, body: string): void {
  const headers = { ...baseHeaders(), 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' };
  write(request, response, { status, headers, body });
}

function write(request: IncomingMessage, response: ServerResponse, { status, headers, body }: PageResponse): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) });
  response.end(request.method === 'HEAD' ? undefined : body);
}
