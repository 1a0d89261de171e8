import type { Protocol } from 'electron';
import { type Page, type PageResponse, plain } from '../hosts/page-files.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from '../hosts/page-headers.ts';

export const APP_SCHEME = 'brainnet';
export const APP_ORIGIN = `${APP_SCHEME}://app`;

/** Must run before the app is ready. */
export function registerAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true };
  protocol.registerSchemesAsPrivileged([{ scheme: APP_SCHEME, privileges }]);
}

/** Serves the page's files at brainnet://app/ with the headers the server host uses. */
export function serveApp(protocol: Pick<Protocol, 'handle'>, page: Page): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const url = URL.parse(request.url);
    const ours = url?.host === 'app' && (request.method === 'GET' || request.method === 'HEAD');
    const headers = securityHeaders(contentSecurityPolicy(newNonce()));
    return toResponse(ours ? await page(url.pathname) : plain(404, 'There is nothing at this address.', headers));
  });
}

function toResponse({ status, headers, body }: PageResponse): Response {
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
}
