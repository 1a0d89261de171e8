import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Admission } from './admission.ts';
import type { Gate } from './auth.ts';

const LINGER_MS = 1000;

/** Answers an upgrade that may not pass, and ends its connection whether or not the other side ends its own. */
export function refuseUpgrade(socket: Duplex, status: number): void {
  const line = `HTTP/1.1 ${status} ${STATUS_CODES[status]}`;
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.end(`${line}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}

/** Why an upgrade at `path` may not pass, as an HTTP status, or null. */
export function upgradeRefusal(request: IncomingMessage, path: string, gate: Gate, admission: Admission) {
  const refusal = gate.refuse(request, 'socket');
  if (!admission.allows(request, refusal)) return 429;
  return refusal?.status ?? (path === '/ws' ? null : 404);
}
