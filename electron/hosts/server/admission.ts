import type { IncomingMessage } from 'node:http';
import { isForeign, type Refusal } from './auth.ts';
import type { Connections } from './connections.ts';
import { bucketsByCaller } from './limits.ts';

export interface Admission {
  /** Notes that this caller has shown the token. */
  trust(request: IncomingMessage): void;
  /** Takes one request, HTTP or upgrade, from its caller's allowance; false when that is used up. */
  allows(request: IncomingMessage, refusal: Refusal | null): boolean;
}

/**
 * What strangers at an address ask for is not taken from the allowance of who brought the token, nor is what a page of
 * another site makes the owner's browser ask for.
 */
export function createAdmission(connections: Connections): Admission {
  const bucketOf = bucketsByCaller();
  const trust = ({ socket }: IncomingMessage) => connections.trust(socket);
  return {
    trust,
    allows(request, refusal) {
      if (refusal === null) trust(request);
      const kind = refusal === null && !isForeign(request) ? 'known' : 'stranger';
      return bucketOf(`${kind} ${request.socket.remoteAddress}`).take() >= 0;
    },
  };
}
