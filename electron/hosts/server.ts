import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { BrainnetError } from '../../shared/errors.ts';
import type { Logger } from '../engine/platform/index.ts';
import type { Page } from './page-files.ts';
import type { HostedRouter } from './router-type.ts';
import { bracketed, createGate, type Gate, isWildcard, newToken } from './server/auth.ts';
import { createHttpHandler, type PageMiddleware } from './server/http.ts';
import { LIMITS } from './server/limits.ts';
import { createSockets } from './server/sockets.ts';

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
  const handle = createHttpHandler({ ...options, gate: currentGate, unexpected });
  const sockets = createSockets(router, unexpected);
  const http = createServer({
    maxHeaderSize: 16 * 1024,
    headersTimeout: LIMITS.headersMs,
    requestTimeout: LIMITS.requestMs,
  });
  http.maxConnections = LIMITS.connections;
  const destroyAll = trackConnections(http);
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
    if (options.otherUpgrade?.(request)) return;
    upgrade(request, socket, currentGate(), () => sockets.accept(request, socket, head));
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
      setTimeout(destroyAll, 300);
      await closed;
    },
  };
}

function upgrade(request: IncomingMessage, socket: Duplex, gate: Gate, accept: () => void): void {
  socket.on('error', () => socket.destroy());
  const refusal = gate.refuse(request, 'socket');
  const found = pathOf(request) === '/ws';
  const status = refusal?.status ?? 404;
  if (refusal === null && found) accept();
  else socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Ends every connection, those of upgraded sockets included, which `closeAllConnections` leaves open. */
function trackConnections(http: Server): () => void {
  const open = new Set<Duplex>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
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
