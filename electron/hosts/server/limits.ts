import { CSV_TEXT_BYTES } from '../../../shared/limits.ts';

/** Bounds of one server. Sizes in bytes, times in milliseconds. */
export const LIMITS = {
  /** The longest CSV text and what JSON adds to it. */
  messageBytes: CSV_TEXT_BYTES + 1024 * 1024,
  /** Written but not yet taken by a slow reader; beyond it the socket is closed and the page takes a fresh snapshot. */
  backlogBytes: 16 * 1024 * 1024,
  perSecond: 100,
  burst: 300,
  /** Messages over the allowance that are still answered RATE_LIMITED; then the socket is closed. */
  patience: 300,
  sockets: 32,
  connections: 256,
  /** Of these, how many may be held open by who has not shown the token, and how long each. */
  strangers: 128,
  strangerMs: 5000,
  callsAtOnce: 64,
  headersMs: 10_000,
  requestMs: 30_000,
  checkingMs: 1000,
  heartbeatMs: 30_000,
} as const;

export interface Bucket {
  /** Takes one token and returns what is left; below zero is over the allowance. */
  take(): number;
}

/** Milliseconds of a clock that nobody can set back. */
export const monotonic = (): number => performance.now();

/** A token bucket: `burst` at once, `perSecond` over time; never deeper in debt than `patience`. */
export function createBucket(now = monotonic, { perSecond, burst, patience } = LIMITS as Rates): Bucket {
  let level = burst;
  let last = now();
  return {
    take() {
      const time = now();
      level = Math.min(burst, level + ((time - last) / 1000) * perSecond);
      last = time;
      level = Math.max(level - 1, -patience - 1);
      return level;
    },
  };
}

interface Rates {
  perSecond: number;
  burst: number;
  patience: number;
}

/**
 * One bucket for each caller, for requests that come over ever new connections; the oldest are forgotten. Strangers at an
 * address have another than who brought the token: a page of another site cannot use up the owner's allowance.
 */
export function bucketsByCaller(most = 1024): (caller: string) => Bucket {
  const buckets = new Map<string, Bucket>();
  return (caller) => {
    const known = buckets.get(caller);
    if (known) return known;
    const oldest = buckets.keys().next();
    if (buckets.size >= most && !oldest.done) buckets.delete(oldest.value);
    const bucket = createBucket();
    buckets.set(caller, bucket);
    return bucket;
  };
}
