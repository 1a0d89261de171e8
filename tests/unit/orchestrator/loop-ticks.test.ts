import { describe, expect, it } from 'vitest';
import { ticks, waitUntil } from '../../../electron/engine/orchestrator/loop-ticks.ts';
import { fakeTiming } from '../../support/fake-timing.ts';

const START = '2026-03-02T15:00:00Z';
const MINUTE = 60_000;
const never = new AbortController().signal;

/** Minutes after the start of each tick, and how many fell out before it. */
async function ticked(timing: ReturnType<typeof fakeTiming>, count: number, work: (number: number) => Promise<void>) {
  const seen: [number, number][] = [];
  for await (const { number, at, missed } of ticks(timing, { delayMs: 5 * MINUTE, count, signal: never })) {
    seen.push([(at - Date.parse(START)) / MINUTE, missed]);
    await work(number);
  }
  return seen;
}

const nothing = async () => {};

describe('the ticks of a loop', () => {
  it('come at once and then every delay', async () => {
    expect(await ticked(fakeTiming(START), 3, nothing)).toEqual([
      [0, 0],
      [5, 0],
      [10, 0],
    ]);
  });

  it('are one after the machine has slept, with the number of those that fell out', async () => {
    const eightHours = 8 * 60;
    const timing = fakeTiming(START, (sleep) => (sleep === 10 ? eightHours * MINUTE : 0));
    const [first, woken, next] = await ticked(timing, 3, nothing);
    expect(first).toEqual([0, 0]);
    expect(woken![0]).toBeCloseTo(eightHours + 10 / 60, 6);
    expect(woken![1]).toBe(95);
    expect(next).toEqual([woken![0] + 5, 0]);
  });

  it('do not pile up behind work that takes longer than the delay', async () => {
    const timing = fakeTiming(START);
    const slow = async (number: number) => {
      if (number === 1) await waitUntil(timing, timing.now() + 17 * MINUTE, never);
    };
    expect(await ticked(timing, 3, slow)).toEqual([
      [0, 0],
      [17, 2],
      [22, 0],
    ]);
  });

  it('wait no longer where the clock is set back', async () => {
    const timing = fakeTiming(START, (sleep) => (sleep === 5 ? -60 * MINUTE : 0));
    await ticked(timing, 2, nothing);
    const waited = timing.slept.reduce((sum, ms) => sum + ms, 0);
    expect([waited >= 5 * MINUTE, waited <= 5 * MINUTE + 1000]).toEqual([true, true]);
  });

  it('end at once when they are stopped in the midst of a wait', async () => {
    const stop = new AbortController();
    const timing = fakeTiming(START, (sleep) => {
      if (sleep === 3) stop.abort();
      return 0;
    });
    let count = 0;
    for await (const _ of ticks(timing, { delayMs: 5 * MINUTE, signal: stop.signal })) count++;
    expect([count, timing.slept.length]).toEqual([1, 3]);
  });
});
