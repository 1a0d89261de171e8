import { describe, expect, it } from 'vitest';
import { createLiveBars } from '../../../../electron/engine/market/live/index.ts';
import { createRemoteStore } from '../../../../electron/engine/market/store/index.ts';
import { createYahoo } from '../../../../electron/engine/market/yahoo/index.ts';
import type { Interval } from '../../../../shared/domain/index.ts';
import { chartBody, ms } from '../../../support/yahoo-fixtures.ts';

const MINUTE = 60_000;
const START = ms('2026-03-02T16:00:00Z');

/** How often Yahoo is asked where bars are read at these minutes after the start. */
async function asked(length: 5 | 15, minutes: readonly number[]): Promise<number> {
  const interval: Interval = `${length}m`;
  let now = START;
  let count = 0;
  const fetch: typeof globalThis.fetch = async () => {
    count++;
    const timestamps = Array.from({ length: 40 }, (_, bar) => (START - (40 - bar) * length * MINUTE) / 1000);
    const closes = timestamps.map((_, bar) => 100 + Math.sin(bar));
    const meta = { regularMarketTime: now / 1000, dataGranularity: interval };
    return new Response(JSON.stringify(chartBody({ symbol: 'TEST', timestamps, closes, meta })));
  };
  const clock = { now: () => now };
  const source = createYahoo({ fetch, clock, sleep: async () => undefined });
  const bars = createLiveBars({ store: createRemoteStore(null), sources: [source], clock });
  for (const minute of minutes) {
    now = START + minute * MINUTE;
    await bars.read({ source: 'yahoo', symbol: 'TEST', interval }, undefined);
  }
  return count;
}

describe('bars that came a moment ago', () => {
  it('are asked for again where one more of them may have closed, so that a loop of five minutes sees every bar', async () => {
    expect(await asked(5, [0, 1, 2])).toBe(1);
    expect(await asked(5, [0, 4.9, 9.8])).toBe(3);
  });

  it('are not asked for again within five minutes where bars are long', async () => {
    expect(await asked(15, [0, 1, 2, 4.9])).toBe(1);
    expect(await asked(15, [0, 5.1])).toBe(2);
  });
});
