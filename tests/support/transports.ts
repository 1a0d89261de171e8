import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import pino from 'pino';
import { WebSocket } from 'ws';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { HostedRouter } from '../../electron/hosts/router-type.ts';
import { servePort } from '../../electron/hosts/serve-port.ts';
import { type RunningServer, type ServerOptions, startServer } from '../../electron/hosts/server.ts';
import type { Client } from '../../shared/contract/index.ts';
import { temporaryFolder } from './engine.ts';

/** A small page in a folder of its own. */
export function testPage(): string {
  const folder = temporaryFolder('page');
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><meta name="csp-nonce" content="__CSP_NONCE__">');
  writeFileSync(path.join(folder, 'assets', 'main-0a1B2c3D.js'), 'export {};');
  writeFileSync(path.join(folder, 'favicon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return folder;
}

/** A server on a free port of loopback. */
export function testServer(router: HostedRouter, options: Partial<ServerOptions> = {}): Promise<RunningServer> {
  const log = pino({ level: 'silent' });
  return startServer({
    router,
    page: pageFiles(testPage()),
    version: '0.0.0',
    log,
    port: 0,
    host: '127.0.0.1',
    ...options,
  });
}

export const tokenOf = (server: RunningServer): string => new URL(server.url).searchParams.get('token')!;
export const bearer = (server: RunningServer) => ({ authorization: `Bearer ${tokenOf(server)}` });

/** A client over WebSocket, as a script opens one: with the token as bearer. */
export async function socketClient(server: RunningServer) {
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}/ws`, { headers: bearer(server) });
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
  const client: Client = createORPCClient(new SocketLink({ websocket: socket }));
  return { client, socket };
}

/** A client at the other end of a MessagePort. */
export function portClient(router: HostedRouter) {
  const { port1, port2 } = new MessageChannel();
  servePort(port1, router, () => {});
  const client: Client = createORPCClient(new PortLink({ port: port2 }));
  port2.start();
  return { client, close: () => port2.close() };
}
