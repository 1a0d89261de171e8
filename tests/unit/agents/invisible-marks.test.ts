import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNumbers } from '../../../electron/engine/agents/index.ts';

describe('marks without width', () => {
  const MARKS = [...'\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u034f\u180e\u061c'];
  const MORE = [
    ...'\u202a\u202c\u202e\u2066\u2069\u206a\ufe00\ufe0f\u115f\u1160\u3164\uffa0\ufff9\u0336\u0332\u20dd\u20e3\u0001\u007f',
  ];
  const mark = fc.constantFrom(...MARKS, ...MORE, '\u{e0100}', '\u{1d173}', '\u{e0031}');
  const number = fc.oneof(
    fc.integer({ min: 11, max: 999_999 }).map(String),
    fc.double({ min: 0.01, max: 99_999, noNaN: true }).map((value) => value.toFixed(2)),
    fc.constantFrom('7 %', '9.00', '5k', '0x1F4', '1,250', "1'000", '1e5'),
  );

  test('do not carry a number past', () => {
    const holds = fc.property(
      number,
      fc.array(mark, { minLength: 1, maxLength: 4 }),
      fc.nat(),
      (digits, marks, seed) => {
        const at = 1 + (seed % (digits.length - 1));
        const text = `a rise to ${digits.slice(0, at)}${marks.join('')}${digits.slice(at)}, they say`;
        const { text: checked, struck } = checkNumbers(text, []);
        expect(struck).toBe(1);
        expect(checked.replace('[struck out]', '')).not.toMatch(/\p{N}/u);
      },
    );
    fc.assert(holds, { numRuns: 2000 });
  });

  test('nor digits that stand apart, be it in words', () => {
    const holds = fc.property(fc.array(mark, { minLength: 1, maxLength: 3 }), (marks) => {
      const parted = (text: string) => [...text].join(marks.join(''));
      for (const text of ['187', '10.50', 'twelve', 'fifty'])
        expect(checkNumbers(`at ${parted(text)}, they say`, [])).toMatchObject({
          text: 'at [struck out], they say',
          struck: 1,
        });
    });
    fc.assert(holds);
  });

  test('take no known number from its source', () => {
    expect(checkNumbers('at 101\u200b.25, over 6\u200b4 bars', [101.25, 64])).toEqual({
      text: 'at 101.25, over 64 bars',
      struck: 0,
    });
  });
});
