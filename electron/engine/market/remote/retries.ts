/** Retries after the first try. */
export const RETRIES = 3;
/** Longest wait a source may ask for and get, ms; beyond it the user is told instead. */
export const LONGEST_WAIT = 30_000;
const BASE_WAIT = 500;
const WAIT_CAP = 8_000;

/** Wait before retry `attempt` (from 0), ms: full jitter over an exponential bound, and at least what the source asked for. */
export function retryWait(attempt: number, random: number, asked: number | null): number {
  const jittered = random * Math.min(WAIT_CAP, BASE_WAIT * 2 ** attempt);
  return Math.max(jittered, asked ?? 0);
}

/** The wait of a Retry-After header (seconds, or a date), ms; null where it has none or makes no sense. */
export function retryAfter(header: string | null, now: number): number | null {
  if (header === null) return null;
  const text = header.trim();
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.max(0, wait) : null;
}
