import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readCsv } from '../../../../electron/engine/market/csv/index.ts';
import { parseCsvSeries } from '../../../../electron/engine/market/index.ts';
import { barEnd } from '../../../../electron/engine/market/sessions.ts';
import { linesOf, madeFile } from '../../../fuzz/csv-files.ts';
import { NOW, type seriesOf } from '../support.ts';

test('of a file of any layout, the series as of a bar is that of the file cut behind it, read by the same options', () => {
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Asia/Tokyo');
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(0, -1, Number.NaN)), { maxLength: 4 });
  fc.assert(
    fc.property(madeFile, zone, damage, fc.boolean(), fc.nat(), (file, timezone, bad, backwards, at) => {
      const { writer, interval } = file;
      const bars = file.bars.map((bar) => ({ ...bar }));
      for (const [index, value] of bad) bars[index % bars.length]!.close = value;
      const write = (some: typeof bars) => linesOf({ ...file, bars: backwards ? some.toReversed() : some }).join('\n');
      const whole = readCsv(write(bars), { timezone, interval });
      fc.pre(whole.raw.time.length === bars.length);
      const starts = backwards ? whole.raw.time.toReversed() : whole.raw.time;
      const last = starts[at % starts.length]!;
      const asOf = new Date(barEnd(last, interval, timezone)).toISOString();
      const cut = write(bars.filter((_, row) => starts[row]! <= last));
      const read = (content: string) =>
        outcome(() => parseCsvSeries({ symbol: 'X', options: whole.options, content, asOf, now: NOW }));
      expect(read(cut), writer.name).toEqual(read(write(bars)));
    }),
    { numRuns: 500 },
  );
});

/** What no reader may take from rows behind the as-of: bars and marks; or the refusal. */
function outcome(read: () => ReturnType<typeof seriesOf>) {
  try {
    const { time, open, high, low, close, volume, marks } = read();
    return { time, open, high, low, close, volume, marks };
  } catch (error) {
    return String(error);
  }
}
