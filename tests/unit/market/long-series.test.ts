import { describe, expect, test } from 'vitest';
import { buildSeries, seriesUpTo } from '../../../electron/engine/market/series.ts';
import { STEP_ROWS } from '../../../electron/engine/market/steps.ts';
import { mapColumns } from '../../../electron/engine/market/store/columns.ts';
import type { RawColumns, SeriesMeta } from '../../../electron/engine/market/types.ts';

const BARS = 3 * STEP_ROWS + 7;
const META: SeriesMeta = {
  ...{ symbol: 'LONG', source: 'csv', interval: '1m', currency: 'USD', timezone: 'UTC', sourceNotices: [] },
};
const NOW = Date.UTC(2024, 0, 1);

/** Minutes with a zero price, a missing adjusted close and a high too low on each side of the steps. */
function minutes(): RawColumns {
  const column = (value: (row: number) => number) => Float64Array.from({ length: BARS }, (_, row) => value(row));
  const price = (row: number) => 100 + (row % 100);
  return {
    time: column((row) => Date.UTC(2020, 0, 1) + row * 60_000),
    open: column(price),
    high: column((row) => (row % STEP_ROWS === 1 ? 1 : price(row) + 1)),
    low: column((row) => price(row) - 1),
    close: column((row) => (row % STEP_ROWS === STEP_ROWS - 1 ? 0 : price(row))),
    adjClose: column((row) => (row % STEP_ROWS === 0 ? Number.NaN : price(row) / 2)),
    volume: column(() => 10),
  };
}

describe('a long series', () => {
  test('built in steps is the one built at once, and others get their turns meanwhile', async () => {
    const raw = minutes();
    let turns = 0;
    let done = false;
    const turn = () => {
      turns++;
      if (!done) setImmediate(turn);
    };
    setImmediate(turn);
    const series = await seriesUpTo(raw, META, undefined, NOW);
    done = true;
    expect(series).toEqual(buildSeries(raw, META, undefined, NOW));
    // ten passes and more over the rows, each with three steps
    expect(turns).toBeGreaterThan(30);
    expect(series.time).toHaveLength(BARS - 3);
    expect(series.notices.map(({ rule, bars }) => [rule, bars])).toEqual([
      ['high-low', 4],
      ['price-not-positive', 3],
      ['adj-close-missing', 4],
    ]);
  });

  test('cut at an as-of is that of the file cut there', async () => {
    const raw = minutes();
    const cut = STEP_ROWS + 5;
    const part = mapColumns((name) => raw[name]?.slice(0, cut) ?? null);
    const asOf = new Date(raw.time[cut]!).toISOString();
    expect(await seriesUpTo(raw, META, asOf, NOW)).toEqual(buildSeries(part, META, asOf, NOW));
  });
});
