import { setTimeout as pause } from 'node:timers/promises';
import { isPassing, retryAfter } from './failures.ts';

export interface Retries {
  /** Tries in all. */
  tries: number;
  /** Before the second; doubled each time. */
  firstMs: number;
}
export const RETRIES: Retries = { tries: 4, firstMs: 500 };
/** A server that asks for more is not waited for. */
const LONGEST_MS = 20_000;

/** Tries again where the server was busy (429) or failed (5xx), after a growing pause with jitter, and nowhere else. */
export async function withRetries<T>(
  work: () => Promise<T>,
  { tries, firstMs }: Retries,
  signal: AbortSignal,
): Promise<T> {
  for (let n = 1; ; n++) {
    try {
      return await work();
    } catch (error) {
      const asked = retryAfter(error);
      const waitMs = asked === null ? firstMs * 2 ** (n - 1) * (0.5 + Math.random()) : asked * 1000;
      if (!isPassing(error) || n >= tries || waitMs > LONGEST_MS) throw error;
      await pause(waitMs, undefined, { signal });
    }
  }
}
