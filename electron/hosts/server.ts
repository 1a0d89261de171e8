import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { BrainnetError } from '../../shared/errors.ts';
import type { Logger } from '../engine/platform/index.ts';
import type { Page } from './page-files.ts';
import type { HostedRouter } from './router-type.ts';
import { createAdmission } from './server/admission.ts';
import { bracketed, createGate, type Gate, isWildcard, newToken } from './server/auth.ts';
import { boundConnections } from './server/connections.ts';
import { createHttpHandler, type PageMiddleware } from './server/http.ts';
import { LIMITS } from './server/limits.ts';
import { createSockets } from './server/sockets.ts';
import { refuseUpgrade, upgradeRefusal } from './server/upgrades.ts';

export interface ServerOptions {
  router: HostedRouter;
  page: Page;
  development?: PageMiddleware;
  version: string;
  log: Logger;
  /** 0 takes any free port. */
  port: number;
  host: string;
  /** Answers an upgrade that is not ours (Vite's, during development); true when it was taken. */
  otherUpgrade?(request: IncomingMessage): boolean;
}

export interface RunningServer {
  /** The address with the token: whoever has it may use the engine. */
  url: string;
  /** The same with a word that works once instead of the token. */
  ticketUrl(): string;
  port: number;
  http: Server;
  close(): Promise<void>;
}

/**
 * Serves the page, the contract over WebSocket at /ws, and the contract as JSON at /api (DESIGN 8).
 * @throws PORT_IN_USE, INVALID_INPUT for an address that this machine does not have.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { router, log, host } = options;
  const token = newToken();
  let gate: Gate | undefined;
  const currentGate = () => gate!;
  const unexpected = (error: unknown) => log.error({ err: error }, 'a call failed unexpectedly');
  const http = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: LIMITS.headersMs,
    requestTimeout: LIMITS.requestMs,
    connectionsCheckingInterval: LIMITS.checkingMs,
  });
  const connections = boundConnections(http);
  const admission = createAdmission(connections);
  const handle = createHttpHandler({ ...options, gate: currentGate, admission, unexpected });
  const sockets = createSockets(router, unexpected);
  http.on('request', (request, response) => {
    response.on('finish', () =>
      log.debug({ method: request.method, path: pathOf(request), status: response.statusCode }),
    );
    handle(request, response).catch((error) => {
      unexpected(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  http.on('upgrade', (request, socket, head) => {
    if (options.otherUpgrade?.(request)) return admission.trust(request);
    socket.on('error', () => socket.destroy());
    const refused = upgradeRefusal(request, pathOf(request), currentGate(), admission);
    if (refused === null) sockets.accept(request, socket, head);
    else refuseUpgrade(socket, refused);
  });
  const port = await listen(http, options.port, host);
  gate = createGate(token, host, port);
  const shown = isWildcard(host) ? '127.0.0.1' : bracketed(host);
  const link = (word: string) => `http://${shown}:${port}/?token=${word}`;
  return {
    url: link(token),
    ticketUrl: () => link(currentGate().newTicket()),
    port,
    http,
    async close() {
      sockets.close();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeIdleConnections();
      setTimeout(connections.destroyAll, 300);
      await closed;
    },
  };
}

/** The path without its query: the token may stand there and is never logged. */
function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0]!;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, port, host)));
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}

function listenError(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === 'EADDRINUSE') return new BrainnetError('PORT_IN_USE', { port }, { cause: error });
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return new BrainnetError('INVALID_INPUT', { problem: `this machine has no address ${host}` }, { cause: error });
  }
  if (error.code === 'EACCES') {
    return new BrainnetError(
      'INVALID_INPUT',
      { problem: `port ${port} may not be opened by this user` },
      { cause: error },
    );
  }
  return error;
}
