import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import { ResponseValidationPlugin } from '@orpc/contract/plugins';
import { type Client, contract } from '../../shared/contract/index.ts';

/** One live transport to the engine; `closed` resolves when it ends, for whatever reason. */
export interface Connection {
  client: Client;
  closed: Promise<void>;
  close(): void;
}

/** The server answers this page, but not without the token of its address. */
export class Refused extends Error {}

const plugins = () => [new ResponseValidationPlugin(contract)];

/** True inside the desktop window, where a MessagePort comes instead of a socket. */
export const isDesktop = () => location.protocol === 'brainnet:';

const ports: MessagePort[] = [];
let takePort: ((port: MessagePort) => void) | null = null;

/** Starts to listen for the desktop's MessagePorts; called once, before the first `connect`. */
export function listenForPorts(): void {
  window.addEventListener('message', (event) => {
    const port = event.ports[0];
    if (event.source !== window || event.data !== 'brainnet:port' || !port) return;
    if (takePort) takePort(port);
    else ports.push(port);
    takePort = null;
  });
}

function nextPort(): Promise<MessagePort> {
  const waiting = ports.pop();
  if (waiting) return Promise.resolve(waiting);
  return new Promise((resolve) => {
    takePort = resolve;
  });
}

async function connectPort(): Promise<Connection> {
  const port = await nextPort();
  const closed = new Promise<void>((resolve) => {
    port.addEventListener('close', () => resolve());
  });
  const client: Client = createORPCClient(new PortLink({ port, plugins: plugins() }));
  port.start();
  return { client, closed, close: () => port.close() };
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => resolve(), { once: true });
    socket.addEventListener('close', () => reject(new Error('The engine does not answer.')), { once: true });
  });
}

/** Asks the page's own origin why a socket did not open: 401 and 403 mean that the token is missing or old. */
async function refused(): Promise<boolean> {
  const answer = await fetch(location.href, { method: 'HEAD', cache: 'no-store' }).catch(() => null);
  return answer !== null && (answer.status === 401 || answer.status === 403);
}

async function connectSocket(): Promise<Connection> {
  const url = new URL('/ws', location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  try {
    await opened(socket);
  } catch (error) {
    throw (await refused()) ? new Refused() : error;
  }
  const closed = new Promise<void>((resolve) => {
    socket.addEventListener('close', () => resolve(), { once: true });
  });
  const client: Client = createORPCClient(new SocketLink({ websocket: socket, plugins: plugins() }));
  return { client, closed, close: () => socket.close() };
}

/** Opens the transport this page has: a MessagePort on the desktop, else a WebSocket of its own origin. */
export const connect = (): Promise<Connection> => (isDesktop() ? connectPort() : connectSocket());
