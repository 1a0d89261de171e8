import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { CallContext } from '../../../shared/contract/call-context.ts';
import type { HostedRouter } from '../router-type.ts';
import { typedErrors } from '../rpc-errors.ts';
import { isFromHere } from './auth.ts';
import { countCalls } from './calls.ts';
import { createBucket, LIMITS } from './limits.ts';
import { refuseUpgrade } from './upgrades.ts';

export interface Sockets {
  /** Takes an upgrade that the gate has let through. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** The contract over WebSocket: bounded in connections, message size, rate, calls at once and unread output. */
export function createSockets(router: HostedRouter, unexpected: (error: unknown) => void): Sockets {
  const server = new WebSocketServer({ noServer: true, maxPayload: LIMITS.messageBytes, perMessageDeflate: false });
  const heartbeat = setInterval(() => beat(server), LIMITS.heartbeatMs);
  heartbeat.unref();
  server.on('connection', (socket, request) => {
    const context = { isRemote: !isFromHere(request.socket) };
    serveSocket(socket, router, context, unexpected);
  });
  return {
    accept(request, socket, head) {
      if (server.clients.size >= LIMITS.sockets) {
        refuseUpgrade(socket, 503);
        return;
      }
      server.handleUpgrade(request, socket, head, (accepted) => server.emit('connection', accepted, request));
    },
    close() {
      clearInterval(heartbeat);
      for (const client of server.clients) client.close(1001);
      setTimeout(() => terminateAll(server), 250).unref();
      server.close();
    },
  };
}

const silent = new WeakSet<WebSocket>();

/** Ends sockets that did not answer the last ping. */
function beat(server: WebSocketServer): void {
  for (const client of server.clients) {
    if (silent.has(client)) client.terminate();
    silent.add(client);
    client.ping();
  }
}

function terminateAll(server: WebSocketServer): void {
  for (const client of server.clients) client.terminate();
}

function serveSocket(
  socket: WebSocket,
  router: HostedRouter,
  context: CallContext,
  unexpected: (error: unknown) => void,
): void {
  const bucket = createBucket();
  let left = 1;
  socket.on('error', () => socket.terminate());
  socket.on('pong', () => silent.delete(socket));
  socket.on('message', () => {
    left = bucket.take();
    if (left < -LIMITS.patience) socket.close(1008, 'too many messages');
  });
  const calls = countCalls(() => left < 0);
  const peer = {
    addEventListener: socket.addEventListener.bind(socket),
    send: (data: string | ArrayBufferLike | Uint8Array) => send(socket, data),
  };
  new RPCHandler(router, { clientInterceptors: [typedErrors(unexpected), calls] }).upgrade(peer, { context });
}

/** Drops a reader that lets its output pile up: it reconnects and starts from a snapshot. */
function send(socket: WebSocket, data: string | ArrayBufferLike | Uint8Array): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > LIMITS.backlogBytes) socket.terminate();
  else socket.send(data);
}
