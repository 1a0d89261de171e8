import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsvBytes, readCsvSteps } from '../../../../electron/engine/market/csv/index.ts';
import { BrainnetError } from '../../../../shared/errors.ts';

const MINUTE = 60_000;

/** One-minute bars in UTC; every value of a row follows from its number. */
function minutes(count: number): string {
  const rows = Array.from({ length: count }, (_, row) => {
    const time = new Date(Date.UTC(2019, 0, 1) + row * MINUTE).toISOString().slice(0, 19);
    return `${time}Z,${row + 2},${row + 4},${row + 1},${row + 3},${row}`;
  });
  return `Time,Open,High,Low,Close,Volume\n${rows.join('\n')}\n`;
}

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

describe('a file is read the same wherever its pieces are cut', () => {
  const text = '\uFEFFDatum;Schluss\r\n02.01.2020;1.234,5\r\n"03.01.2020";"1.235,5"\r\n\r\n14.01.2020;0,5';

  test('in chunks of any size, in any encoding', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom('utf8', 'utf16le', 'gzip'),
        async (size, form) => {
          const bytes = form === 'gzip' ? gzipSync(text) : Buffer.from(text, form as BufferEncoding);
          const { raw } = await readCsvBytes(chunks(bytes, size), {});
          expect(Array.from(raw.close)).toEqual([1234.5, 1235.5, 0.5]);
          expect(Array.from(raw.time)).toEqual(
            ['2020-01-02', '2020-01-03', '2020-01-14'].map((date) => Date.parse(date)),
          );
        },
      ),
      { numRuns: 120 },
    );
  });

  test('through 40,000 rows, well past the part from which the form is told', async () => {
    const count = 40_000;
    const { raw, options } = await readCsvBytes(chunks(Buffer.from(minutes(count)), 10_007), {});
    expect(options.interval).toBe('1m');
    expect(raw.time.length).toBe(count);
    for (const row of [0, 1, 2047, 8191, 19_999, count - 1]) {
      const { time, open, high, low, close, volume } = raw;
      expect([time[row], open![row], high![row], low![row], close[row], volume![row]]).toEqual([
        ...[Date.UTC(2019, 0, 1) + row * MINUTE, row + 2, row + 4, row + 1, row + 3, row],
      ]);
    }
  });

  test('in many small steps, so that others can run', () => {
    const text = minutes(40_000);
    let steps = 0;
    for (const reading = readCsvSteps(text, {}); !reading.next().done; ) steps++;
    expect(steps).toBeGreaterThan(text.length / (128 * 1024));
  });
});

describe('a fault far down is found at its line', () => {
  const count = 30_000;
  test.each([
    ['a word', 'x', `line ${count + 2}, column Close: "x" is not a number`],
    ['a number of another form', '1,5', `line ${count + 2} has 7 cells, but the header has 6`],
    ['a control character', '\x07', `line ${count + 2} holds binary data`],
  ])('%s', async (_, cell, problem) => {
    const text = `${minutes(count)}2019-12-31T00:00:00Z,1,1,1,${cell},1\n`;
    await expect(readCsvBytes(chunks(Buffer.from(text), 65_536), {})).rejects.toThrow(problem);
  });
});

describe('a file that is too much', () => {
  const thrown = async (bytes: Uint8Array, limit: number) => {
    const error = await readCsvBytes(chunks(bytes, 4096), {}, limit).catch((reason: unknown) => reason);
    return error instanceof BrainnetError ? `${error.code}: ${error.message}` : error;
  };

  test('ends at the limit, unpacked or packed', async () => {
    const bytes = Buffer.from(minutes(40_000));
    const sentence = 'TOO_LARGE: The CSV file is too large: more than 1 MiB unpacked, and the limit is 1 MiB.';
    expect(await thrown(bytes, 1024 * 1024)).toBe(sentence);
    expect(gzipSync(bytes).length).toBeLessThan(1024 * 1024);
    expect(await thrown(gzipSync(bytes), 1024 * 1024)).toBe(sentence);
  });

  test('lets go of what feeds it', async () => {
    let released = false;
    const endless = async function* (): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('2020-01-02,1\n'.repeat(1000));
      } finally {
        released = true;
      }
    };
    await expect(readCsvBytes(endless(), {}, 1024 * 1024)).rejects.toThrow('too large');
    expect(released).toBe(true);
  });
});
