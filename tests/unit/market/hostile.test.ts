import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrainnetError } from '../../../shared/errors.ts';
import { HEADER, seriesOf } from './support.ts';

/** Bars of a series, or the sentence it was refused with; anything else that is thrown fails the test. */
function read(content: string): string | number {
  try {
    return seriesOf(content).time.length;
  } catch (error) {
    if (error instanceof BrainnetError && error.code !== 'INTERNAL') return error.message;
    throw error;
  }
}

const isSentence = (text: string) => /^[A-Z].{5,300}\.$/u.test(text);

const piece = fc.oneof(
  fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', ';', '\t', '\0', '\uFEFF', '<', ' ', HEADER, 'Date,Close'),
  fc.constantFrom(
    '2020-01-02',
    '2020-01-02T10:00:00Z',
    '10',
    '-1',
    '1e308',
    'null',
    '=cmd|x',
    '__proto__',
    'constructor',
  ),
  fc.string({ maxLength: 12, unit: 'binary' }),
);

describe('any text at all', () => {
  test('is a series of whole, positive, rising bars or one sentence', () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.boolean(), (pieces, withHeader) => {
        const result = read(`${withHeader ? 'Date,Close\n2020-01-02,1\n' : ''}${pieces.join('')}`);
        expect(typeof result === 'number' ? result > 0 : isSentence(result)).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  test('of numbers of any size gives finite prices only', () => {
    const number = fc.oneof(fc.double(), fc.constantFrom(1e-320, 5e-324, 1e12, 1e308, -0));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(number, number, number, number, number, number), { minLength: 1, maxLength: 20 }),
        (rows) => {
          const lines = rows.map(
            (cells, day) => `${new Date(Date.UTC(2020, 0, day + 1)).toISOString().slice(0, 10)},${cells.join(',')}`,
          );
          let series: ReturnType<typeof seriesOf>;
          try {
            series = seriesOf([HEADER, ...lines].join('\n'));
          } catch (error) {
            expect(error).toMatchObject({ code: 'TOO_FEW_BARS' });
            return;
          }
          const prices = [series.open, series.high, series.low, series.close].flatMap((column) =>
            Array.from(column ?? []),
          );
          expect(prices.every((price) => price > 0 && Number.isFinite(price))).toBe(true);
          expect(Array.from(series.volume ?? []).every((volume) => volume >= 0 && Number.isFinite(volume))).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
