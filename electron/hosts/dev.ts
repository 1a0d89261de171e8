import path from 'node:path';
import { createServer, type ViteDevServer } from 'vite';
import { defaultDataDir, packageRoot } from '../engine/platform/index.ts';
import { loadDotEnv } from './env.ts';
import { serve } from './serve.ts';

/** While the page is being worked on: inline scripts of hot reload and its socket, still nothing from elsewhere. */
const DEVELOPMENT_POLICY =
  "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; " +
  "font-src 'self' data:; connect-src 'self' ws:; worker-src 'self' blob:; frame-ancestors 'none'";

loadDotEnv();
let vite: ViteDevServer | undefined;
const served = await serve({
  dataDir: process.env.BRAINNET_DATA_DIR || defaultDataDir(),
  port: 8000,
  host: '127.0.0.1',
  nextFreePort: true,
  warn: (sentence) => console.error(sentence),
  development(request, response) {
    response.setHeader('content-security-policy', DEVELOPMENT_POLICY);
    if (vite) vite.middlewares(request, response);
    else response.writeHead(503, { 'retry-after': '1' }).end('Starting ...\n');
  },
  otherUpgrade: ({ headers }) => headers['sec-websocket-protocol']?.startsWith('vite-') ?? false,
});
vite = await createServer({
  configFile: path.join(packageRoot(), 'renderer', 'vite.config.ts'),
  root: path.join(packageRoot(), 'renderer'),
  server: { middlewareMode: true, hmr: { server: served.http } },
});
console.log(served.url);
await served.interrupted();
await vite.close();
process.exit(0);
