import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { LIMITS } from './limits.ts';

export interface Connections {
  /** Marks a connection whose other side has shown the token: it may stay. */
  trust(socket: Duplex): void;
  /** Ends every connection, those of upgraded sockets included, which `closeAllConnections` leaves open. */
  destroyAll(): void;
}

/**
 * Bounds the connections of `http`. Who has not shown the token is a stranger: dropped after `strangerMs`, and to make room
 * the oldest stranger goes first, so that however many are held open the owner's next connection is served.
 */
export function boundConnections(http: Server): Connections {
  const open = new Set<Duplex>();
  const strangers = new Map<Duplex, NodeJS.Timeout>();
  const trust = (socket: Duplex) => {
    clearTimeout(strangers.get(socket));
    strangers.delete(socket);
  };
  const forget = (socket: Duplex) => {
    open.delete(socket);
    trust(socket);
  };
  const drop = (socket: Duplex) => {
    forget(socket);
    socket.destroy();
  };
  http.maxConnections = LIMITS.connections + 1;
  http.on('connection', (socket: Duplex) => {
    open.add(socket);
    strangers.set(socket, setTimeout(drop, LIMITS.strangerMs, socket).unref());
    socket.once('close', () => forget(socket));
    const oldest = strangers.keys().next().value;
    if (oldest && (strangers.size > LIMITS.strangers || open.size > LIMITS.connections)) drop(oldest);
  });
  return {
    trust,
    destroyAll() {
      for (const socket of open) socket.destroy();
    },
  };
}
