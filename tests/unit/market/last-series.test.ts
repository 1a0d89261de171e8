import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { createLastSeries } from '../../../electron/engine/market/last-series.ts';
import { buildSeries } from '../../../electron/engine/market/series.ts';
import type { SeriesMeta } from '../../../electron/engine/market/types.ts';
import { testEngine } from '../../support/engine.ts';

const meta: SeriesMeta = {
  symbol: 'X',
  source: 'csv',
  interval: '1d',
  currency: 'USD',
  timezone: 'America/New_York',
  sourceNotices: [],
};
const NOW = Date.parse('2020-01-10T12:00:00Z');

function rising(bars: number) {
  const close = Float64Array.from({ length: bars }, (_, i) => 10 + i);
  const time = Float64Array.from({ length: bars }, (_, i) => Date.UTC(2020, 0, 1 + i));
  return { time, open: null, high: null, low: null, close, adjClose: null, volume: null };
}

let engine: Engine | undefined;
afterEach(() => engine?.close());

describe('the series made last', () => {
  it('is given again for the same bars, and is the one that would be made', async () => {
    const raw = rising(60);
    const seriesUpTo = createLastSeries();
    const first = await seriesUpTo(raw, meta, undefined, NOW);
    expect(await seriesUpTo(raw, meta, undefined, NOW + 1000)).toBe(first);
    expect(first).toEqual(buildSeries(raw, meta, undefined, NOW));
  });

  it('is another one for another as-of, other bars, or once a bar has closed', async () => {
    const raw = rising(60);
    const seriesUpTo = createLastSeries();
    await seriesUpTo(raw, meta, undefined, NOW);
    const closes = async (...[bars, asOf, now]: [typeof raw, string?, number?]) =>
      (await seriesUpTo(bars, meta, asOf, now ?? NOW)).close.length;
    expect(await closes(raw)).toBe(9);
    expect(await closes(raw, '2020-01-05')).toBe(5);
    expect(await closes(raw, '2020-01-06')).toBe(6);
    expect(await closes(rising(4), '2020-01-06')).toBe(4);
    expect(await closes(raw, undefined, NOW + 86_400_000)).toBe(10);
  });

  it('is never kept where none could be made', async () => {
    const seriesUpTo = createLastSeries();
    for (const asOf of ['2019-12-01', '2018-12-01'])
      await expect(seriesUpTo(rising(60), meta, asOf, NOW)).rejects.toMatchObject({ code: 'TOO_FEW_BARS' });
  });

  it('is not what a script is given: whatever it writes there, the next one reads the bars', async () => {
    engine = await testEngine();
    const mine = await engine.series({ symbol: 'AAPL', source: 'samples' });
    const last = mine.close.at(-1)!;
    mine.close.fill(0);
    expect((await engine.series({ symbol: 'AAPL', source: 'samples' })).close.at(-1)).toBe(last);
  });
});
