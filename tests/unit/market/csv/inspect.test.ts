import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inspect } from '../../../../electron/engine/market/inspect.ts';
import { buildSeries } from '../../../../electron/engine/market/series.ts';
import type { RawColumns, SeriesMeta } from '../../../../electron/engine/market/types.ts';
import { BrainnetError } from '../../../../shared/errors.ts';
import { NOW } from '../support.ts';

const META: SeriesMeta = {
  symbol: 'X',
  source: 'csv',
  interval: '1d',
  currency: 'USD',
  timezone: 'America/New_York',
  sourceNotices: [],
};

function told(raw: RawColumns) {
  const steps = inspect(raw, META, NOW);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function made(raw: RawColumns): unknown {
  try {
    const { time, closeOnly, adjustment, notices } = buildSeries(raw, META, undefined, NOW);
    return { bars: time.length, first: time[0], last: time.at(-1), closeOnly, adjustment, notices };
  } catch (error) {
    if (error instanceof BrainnetError && error.code === 'TOO_FEW_BARS') return null;
    throw error;
  }
}

const price = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 20 }) },
  { weight: 1, arbitrary: fc.constantFrom(Number.NaN, 0, -1, Infinity) },
);
const column = fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 4, arbitrary: fc.constant(price) });

const messy = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 1, maxLength: 60 }),
    fc.constantFrom('any', 'rising', 'falling'),
    fc.integer({ min: 1, max: 900 }),
    column,
    column,
    column,
  )
  .chain(([days, order, repeat, candle, adjusted, volume]) => {
    const sorted = order === 'any' ? days : days.toSorted((a, b) => a - b);
    const wanted = order === 'falling' ? sorted.reverse() : sorted;
    const all = Array.from({ length: wanted.length * repeat }, (_, index) => wanted[Math.floor(index / repeat)]!);
    const values = (from: fc.Arbitrary<number> | null) =>
      from === null
        ? fc.constant(null)
        : fc
            .array(from, { minLength: 7, maxLength: 7 })
            .map((some) => Float64Array.from(all, (_, row) => some[row % 7]!));
    return fc.record({
      time: fc.constant(Float64Array.from(all, (day) => Date.UTC(2019, 8, 1) + day * 86_400_000)),
      open: values(candle),
      high: values(candle),
      low: values(candle),
      close: values(price).map((some) => some!),
      adjClose: values(adjusted),
      volume: values(volume),
    });
  });

test('an inspection says of any columns what the series made of them says', () => {
  fc.assert(
    fc.property(messy, (raw) => {
      const inspection = told(raw);
      const series = made(raw);
      if (series === null) expect(inspection.bars).toBe(0);
      else expect(inspection).toEqual(series);
    }),
    { numRuns: 300 },
  );
});

test('also over many blocks, where a bar rests on one of the block before', () => {
  const count = 45_000;
  const day = (row: number) => Date.UTC(1850, 0, 1) + Math.floor(row / 2) * 86_400_000;
  const values = (value: (row: number) => number) => Float64Array.from({ length: count }, (_, row) => value(row));
  const raw: RawColumns = {
    time: values(day),
    open: values((row) => 10 + (row % 3)),
    high: values((row) => (row % 5 === 0 ? 9 : 20)),
    low: values(() => 5),
    close: values((row) => 10 + (row % 4)),
    adjClose: values((row) => (row % 7 === 0 ? Number.NaN : 10)),
    volume: values((row) => (row < 20_000 ? Number.NaN : 1)),
  };
  expect(told(raw)).toEqual(made(raw));
});
