import { errorSentence } from '../../../shared/errors.ts';
import type { PageResponse } from '../page-files.ts';
import { contentSecurityPolicy, newNonce, securityHeaders } from '../page-headers.ts';

/** The colours of the page itself (renderer/app/tokens.css), which a stranger may not load. */
const STYLE = `
:root { color-scheme: light dark; --bg: #e6eaf0; --panel: #fff; --line: #d6dce5; --text: #17202c; --dim: #526073; --code: #f3f5f8; }
@media (prefers-color-scheme: dark) {
  :root { --bg: #080b10; --panel: #0f141b; --line: #232c38; --text: #dbe1ea; --dim: #97a3b4; --code: #171e28; }
}
body {
  display: grid; min-height: 100vh; margin: 0; place-items: center; background: var(--bg); color: var(--text);
  font: 14px/1.5 "Inter", "Segoe UI", system-ui, -apple-system, "Helvetica Neue", Arial, "Liberation Sans", sans-serif;
}
main { box-sizing: border-box; width: min(560px, 100vw - 32px); padding: 20px 24px; background: var(--panel); border: 1px solid var(--line); }
h1 { margin: 0 0 12px; font-size: 18px; font-weight: 600; line-height: 1.3; }
p { margin: 0 0 10px; }
p:last-child { margin: 0; color: var(--dim); font-size: 12px; }
code {
  padding: 1px 4px; background: var(--code); border: 1px solid var(--line); font-size: 12px; overflow-wrap: anywhere;
  font-family: ui-monospace, "SFMono-Regular", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}`;

const BODY = `
<main>
<h1>This page needs the server's new address</h1>
<p>Each time the Brainnet server starts it takes a new address, and the one from before no longer opens it.
Everything stored is safe.</p>
<p>You find the new address in the terminal where the server was started. It ends in
<code>/?token=</code> and a long word; open it in this browser.</p>
<p>${errorSentence('UNAUTHORIZED')}</p>
</main>`;

/** What a browser without the right token is shown, in place of a bare sentence; it holds nothing of the request or of the server. */
export function newAddressPage(): PageResponse {
  const nonce = newNonce();
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Brainnet: new address</title><link rel="icon" href="data:,"><style nonce="${nonce}">${STYLE}</style>`;
  return {
    status: 401,
    headers: {
      ...securityHeaders(contentSecurityPolicy(nonce)),
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
    },
    body: `<!doctype html>\n<html lang="en"><head>${head}</head><body>${BODY}\n</body></html>\n`,
  };
}
