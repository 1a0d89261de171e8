import type { Timing } from '../../electron/engine/orchestrator/index.ts';

export interface FakeTiming extends Timing {
  /** Sleeps begun so far, ms each. */
  slept: number[];
}

/** A clock that only waiting moves on; `jump` moves it further at the n-th sleep: a machine that slept, a clock set back. */
export function fakeTiming(start: string, jump: (sleep: number, now: number) => number = () => 0): FakeTiming {
  let now = Date.parse(start);
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (ms, signal) => {
      slept.push(ms);
      await new Promise((resolve) => setImmediate(resolve));
      if (!signal.aborted) now += ms + jump(slept.length, now);
    },
  };
}
