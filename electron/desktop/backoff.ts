const FIRST_MS = 500;
const LONGEST_MS = 30_000;
const STABLE_MS = 60_000;

export interface Backoff {
  started(): void;
  /** Milliseconds to wait before the next start: 0.5 s, doubled by each crash up to 30 s; anew after a minute that held. */
  next(): number;
}

export function createBackoff(now: () => number = Date.now): Backoff {
  let wait = FIRST_MS;
  let startedAt = Number.POSITIVE_INFINITY;
  return {
    started() {
      startedAt = now();
    },
    next() {
      if (now() - startedAt >= STABLE_MS) wait = FIRST_MS;
      startedAt = Number.POSITIVE_INFINITY;
      const current = wait;
      wait = Math.min(LONGEST_MS, wait * 2);
      return current;
    },
  };
}
