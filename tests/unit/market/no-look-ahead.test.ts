import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BrainnetError } from '../../../shared/errors.ts';
import { HEADER, RESOURCES, seriesOf } from './support.ts';

/** The series, or the sentence of its refusal. */
function outcome(content: string, asOf: string) {
  try {
    return seriesOf(content, asOf);
  } catch (error) {
    if (error instanceof BrainnetError) return error.message;
    throw error;
  }
}

function cutAt(content: string, asOf: string): string {
  const [header, ...rows] = content.trimEnd().split('\n');
  return [header, ...rows.filter((row) => row.slice(0, 10) <= asOf)].join('\n');
}

const START = Date.parse('2020-03-01');
const dateOf = (offset: number) => new Date(START + offset * 86_400_000).toISOString().slice(0, 10);

/** Cells of a hostile file: prices good, bad and missing. */
const cell = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 5, max: 15 }).map(String) },
  { weight: 1, arbitrary: fc.constantFrom('', '0', '-1', 'NaN', 'inf', '1e300') },
);
const adjusted = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('5', '10', '20', '10.5') },
  { weight: 1, arbitrary: fc.constantFrom('', '0') },
);
/** Dates in any order, repeated, and later than the clock's 2020-06-15. */
const row = fc
  .tuple(fc.integer({ min: 0, max: 120 }), cell, cell, cell, cell, adjusted, cell)
  .map(([offset, ...cells]) => [dateOf(offset), ...cells].join(','));

const order = fc.constantFrom<'any' | 'oldest' | 'newest'>('any', 'oldest', 'newest');

describe('a series as of a date is that of the file cut there', () => {
  test('for messy files in any order, over random dates', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        order,
        fc.integer({ min: 0, max: 120 }),
        (rows, by, offset) => {
          const sorted = by === 'any' ? rows : rows.toSorted();
          const content = [HEADER, ...(by === 'newest' ? sorted.reverse() : sorted)].join('\n');
          const asOf = dateOf(offset);
          const cut = cutAt(content, asOf);
          fc.pre(cut.includes('\n'));
          expect(outcome(content, asOf)).toEqual(outcome(cut, asOf));
        },
      ),
      { numRuns: 1000 },
    );
  });

  test.each(['AAPL', 'FB', 'GOOG', 'GSPC', 'IBM', 'IXIC', 'MSFT'])('for %s, over random dates', (name) => {
    const content = readFileSync(path.join(RESOURCES, 'samples', 'ohlcv', `${name}.csv`), 'utf8');
    const dates = content
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.slice(0, 10));
    fc.assert(
      fc.property(fc.constantFrom(...dates), (asOf) => {
        const cut = cutAt(content, asOf);
        expect(seriesOf(content, asOf)).toEqual(seriesOf(cut, asOf));
        expect(seriesOf(cut, asOf)).toEqual(seriesOf(cut));
      }),
      { numRuns: 8 },
    );
  });

  test('whichever way round the file is, up to the notice that says so', () => {
    const rows = [
      '2020-01-02,10,11,9,10,5,1',
      '2020-01-03,10,11,9,0,5,1',
      '2020-01-06,10,10,9,11,5,1',
      '2020-01-07,10,11,9,10,10,1',
    ];
    const oldest = seriesOf([HEADER, ...rows].join('\n'), '2020-01-06');
    const newest = seriesOf([HEADER, ...rows.toReversed()].join('\n'), '2020-01-06');
    const { notices: _, ...expected } = oldest;
    expect(newest).toMatchObject(expected);
    expect(newest.notices.map(({ rule, effect }) => [rule, effect])).toContainEqual(['newest-first', 'info']);
    expect(oldest.notices.map(({ rule }) => rule)).not.toContain('newest-first');
  });
});
