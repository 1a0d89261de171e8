/**
 * Sound, damaged and random files through the CSV reader: nothing but a BrainnetError is ever thrown, the reader comes to an end in steps
 * bounded by the text, and whatever becomes a series keeps DEFINITIONS 1. FUZZ_INPUTS says how many (2,000), FUZZ_SEED where to begin (1).
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type CsvReading, checkColumns, readCsvBytes, readCsvSteps } from '../../electron/engine/market/csv/index.ts';
import { csvMeta } from '../../electron/engine/market/parse-series.ts';
import { buildSeries } from '../../electron/engine/market/series.ts';
import { barEnd } from '../../electron/engine/market/sessions.ts';
import type { CsvOptions } from '../../shared/domain/index.ts';
import { BrainnetError } from '../../shared/errors.ts';
import { linesOf, madeFile, mutated, mutations, packaging, packed, toldOptions, turned, WRITERS } from './csv-files.ts';

const INPUTS = Number(process.env.FUZZ_INPUTS ?? 2_000);
const SEED = Number(process.env.FUZZ_SEED ?? 1);
const NOW = Date.parse('2020-06-15T16:00:00Z');
const outcomes = { read: 0, refused: 0 };

const share = (part: number) => ({ seed: SEED, numRuns: Math.max(1, Math.round(INPUTS * part)) });
const LONG = Math.max(60_000, INPUTS * 30);

/** A reading, or null for a refusal in a sentence; anything else thrown fails the test. */
function settle(read: () => CsvReading): CsvReading | null {
  try {
    return read();
  } catch (error) {
    return refused(error);
  }
}

function refused(error: unknown): null {
  if (!(error instanceof BrainnetError) || error.code === 'INTERNAL') throw error;
  if (!/^[\p{L}\p{N}\p{P}\p{S} ]{5,400}$/u.test(error.message)) throw new Error(`no sentence: ${error.message}`);
  outcomes.refused++;
  return null;
}

/** Reads at one go, counting steps: one for each stretch of text, and a few for what comes after. */
function readText(text: string, told: CsvOptions): CsvReading {
  const steps = readCsvSteps(text, told);
  for (let count = 0; count < 32 + text.length / 2000; count++) {
    const step = steps.next();
    if (step.done) return step.value;
  }
  throw new Error('the reader does not come to an end');
}

function checked(reading: CsvReading): CsvReading {
  checkColumns(reading);
  return reading;
}

/** What is wrong with the series of a reading by DEFINITIONS 1; null where nothing is, or where no good bar is left. */
function broken(reading: CsvReading): string | null {
  outcomes.read++;
  const { interval, timezone } = reading.options;
  const series = (() => {
    try {
      return buildSeries(reading.raw, csvMeta('X', reading), undefined, NOW);
    } catch (error) {
      if (error instanceof BrainnetError && error.code === 'TOO_FEW_BARS') return null;
      throw error;
    }
  })();
  if (!series) return null;
  const { time, open, high, low, close, volume } = series;
  for (let row = 0; row < time.length; row++) {
    const prices = [open, high, low, close].flatMap((column) => (column ? [column[row]!] : []));
    if (!prices.every((price) => price > 0 && Number.isFinite(price))) return `price ${prices} at ${row}`;
    if (high && Math.max(...prices) * (1 - 1.1e-4) > high[row]!) return `high ${prices} at ${row}`;
    if (low && Math.min(...prices) * (1 + 1.1e-4) < low[row]!) return `low ${prices} at ${row}`;
    if (volume && !(volume[row]! >= 0 && Number.isFinite(volume[row]!))) return `volume ${volume[row]} at ${row}`;
    if (!Number.isFinite(time[row]!) || (row > 0 && !(time[row]! > time[row - 1]!)))
      return `time ${time[row]} at ${row}`;
    if (barEnd(time[row]!, interval, timezone) > NOW) return `bar ${row} has not closed`;
  }
  return null;
}

/** Noon of every exchange here is another hour of the same UTC day or a neighbour: the offset is what Intl shows. */
function stampOf(day: number, zone: string, hour: number, utc: boolean): string {
  const name = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  const offset =
    name
      .formatToParts(day + 12 * 3_600_000)
      .find(({ type }) => type === 'timeZoneName')!
      .value.slice(3) || '+00:00';
  const iso = `${new Date(day + hour * 3_600_000).toISOString().slice(0, 19)}${offset}`;
  return utc ? String(Date.parse(iso) / 1000) : iso;
}

async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

beforeAll(() => console.log(`fuzz csv: ${INPUTS} inputs, FUZZ_SEED=${SEED}`));
afterAll(() => console.log(`fuzz csv: ${outcomes.read} read, ${outcomes.refused} refused`));

describe('whatever the file', () => {
  test('a sound one of any layout is read whole', { timeout: LONG }, () => {
    fc.assert(
      fc.property(madeFile, (file) => {
        const { raw, options } = readText(linesOf(file).join('\n'), { timezone: 'UTC' });
        expect(options.interval).toBe(file.interval);
        expect(Array.from(raw.time)).toEqual(file.bars.map(({ time }) => time));
        expect(Array.from(raw.close)).toEqual(file.bars.map(({ close }) => close));
        if (raw.high) expect(Array.from(raw.high)).toEqual(file.bars.map(({ high }) => high));
      }),
      share(0.05),
    );
  });

  test('a damaged one is refused in a sentence or makes a sound series', { timeout: LONG }, () => {
    fc.assert(
      fc.property(madeFile, mutations, toldOptions, (file, changes, told) => {
        const reading = settle(() => checked(readText(mutated(file, changes), told)));
        if (reading) expect(broken(reading)).toBeNull();
      }),
      share(0.65),
    );
  });

  test('one whose high and low, or high and close, changed places is refused', { timeout: LONG }, () => {
    const candles = WRITERS.filter(({ header }) => header !== null && /high|hoch/i.test(header));
    const pair = fc.constantFrom([/^<?high|^hoch/i, /^<?low|^tief/i], [/^<?high|^hoch/i, /^<?close|^schluss/i]);
    fc.assert(
      fc.property(madeFile, fc.constantFrom(...candles), pair, (file, writer, [one, other]) => {
        fc.pre(
          file.writer.dated === writer.dated &&
            file.bars.filter(({ high, open, close }) => high > Math.max(open, close)).length * 2 > file.bars.length,
        );
        const titles = writer.header!.split(writer.delimiter);
        const [a, b] = [titles.findIndex((title) => one!.test(title)), titles.findIndex((title) => other!.test(title))];
        const lines = turned(linesOf({ ...file, writer }), a, b, writer.delimiter);
        expect(settle(() => checked(readText(lines.join('\n'), { timezone: 'UTC' })))).toBeNull();
      }),
      share(0.05),
    );
  });

  test('daily bars stamped at any hour of an exchange fall on its days', { timeout: LONG }, () => {
    const zones = [
      'America/New_York',
      'Europe/London',
      'Asia/Tokyo',
      'Australia/Sydney',
      'Asia/Kolkata',
      'Asia/Hong_Kong',
    ];
    const stamped = fc.record({
      zone: fc.constantFrom(...zones),
      hour: fc.constantFrom(0, 9, 10, 16),
      week: fc.nat(200),
      utc: fc.boolean(),
    });
    fc.assert(
      fc.property(stamped, ({ zone, hour, week, utc }) => {
        const days = Array.from({ length: 60 }, (_, index) => Date.UTC(2015, 0, 5) + (week * 7 + index) * 86_400_000);
        const sessions = days.filter((day) => ![0, 6].includes(new Date(day).getUTCDay()));
        const cells = sessions.map((day) => stampOf(day, zone, hour, utc));
        const text = ['time,close', ...cells.map((cell, index) => `${cell},${index + 1}`)].join('\n');
        expect(Array.from(readText(text, {}).raw.time)).toEqual(sessions);
      }),
      share(0.02),
    );
  });

  test('as bytes in any encoding, packed and damaged, in any chunks', { timeout: LONG }, async () => {
    await fc.assert(
      fc.asyncProperty(madeFile, mutations, packaging, async (file, changes, how) => {
        const bytes = packed(mutated(file, changes.slice(0, 1)), how);
        const reading = await readCsvBytes(inChunks(bytes, how.chunk), { timezone: 'UTC' }).catch(refused);
        if (reading) expect(broken(reading)).toBeNull();
      }),
      share(0.15),
    );
  });

  test('random bytes and random text', { timeout: LONG }, async () => {
    const text = fc.string({
      maxLength: 200,
      unit: fc.constantFrom(...'0123456789.,;:\t\n"-/ TZ<>eDateCloshx\uFEFF\u00a0'.split('')),
    });
    const bytes = fc.uint8Array({ maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          bytes,
          text.map((value) => Buffer.from(value)),
        ),
        fc.boolean(),
        async (content, titled) => {
          const head = Buffer.from(titled ? 'Date,Close\n2020-01-02,1\n2020-01-03,2\n' : '');
          const whole = Buffer.concat([head, content]);
          const reading = await readCsvBytes(inChunks(whole, 64), {}).catch(refused);
          if (reading) expect(broken(reading)).toBeNull();
        },
      ),
      share(0.15),
    );
  });

  test('most damaged files are still read, so that series are looked at', () => {
    expect(outcomes.read).toBeGreaterThan(INPUTS / 10);
    expect(outcomes.refused).toBeGreaterThan(INPUTS / 10);
  });
});
