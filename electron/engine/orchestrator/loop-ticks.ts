import type { Clock } from '../platform/index.ts';

/** The time of day and a way to wait; tests have their own. */
export interface Timing extends Clock {
  /** Resolves after `ms`, or at once where `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Tick {
  /** 1 for the first. */
  number: number;
  /** UTC ms. */
  at: number;
  /** Ticks that fell out before it: the machine slept, or the work before took longer. */
  missed: number;
}

export interface TickOptions {
  delayMs: number;
  /** How many; left out: until `signal` aborts. */
  count?: number | undefined;
  signal: AbortSignal;
}

/** A sleeping machine stops timers, so the wall clock is looked at this often, ms. */
const LOOK_MS = 1000;
const LONGEST_MS = 2 ** 31 - 1;

/** The timing of this machine over a clock. */
export const timingOf = (clock: Clock): Timing => ({
  now: () => clock.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      function done() {
        clearTimeout(timer);
        signal.removeEventListener('abort', done);
        resolve();
      }
      if (signal.aborted) done();
      else signal.addEventListener('abort', done, { once: true });
    }),
});

/** Waits until the wall clock shows `due` (UTC ms); a clock that is set back takes the moment with it. False = `signal` aborted. */
export async function waitUntil(timing: Timing, due: number, signal: AbortSignal): Promise<boolean> {
  let moment = due;
  let seen = timing.now();
  while (!signal.aborted) {
    const now = timing.now();
    if (now < seen) moment -= seen - now;
    seen = now;
    if (now >= moment) return true;
    await timing.sleep(Number.isFinite(moment) ? Math.min(LOOK_MS, moment - now) : LONGEST_MS, signal);
  }
  return false;
}

/** The first tick at once, then one every `delayMs` of the wall clock. After a gap there is one tick, not all that were missed. */
export async function* ticks(timing: Timing, { delayMs, count = Infinity, signal }: TickOptions): AsyncGenerator<Tick> {
  let missed = 0;
  for (let number = 1; number <= count && !signal.aborted; number++) {
    const at = timing.now();
    yield { number, at, missed };
    if (number === count) return;
    const due = at + delayMs;
    if (!(await waitUntil(timing, due, signal))) return;
    missed = Math.max(0, Math.floor((timing.now() - due) / delayMs));
  }
}
