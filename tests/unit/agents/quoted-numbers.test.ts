import { describe, expect, test } from 'vitest';
import { checkNumbers, numbersIn } from '../../../electron/engine/agents/index.ts';

/** What a setup holds: scores, closes in hundredths, a feature, a price, a volume, the bars of the window and of the horizon. */
const KNOWN = [0, 1, 3, 7, -20, 45, 100, 0.4237, 101.25, 12_500, 2_300_000, 64, 16];
const check = (text: string) => checkNumbers(text, KNOWN);

describe('a number that the data does not hold is struck out, however it is written', () => {
  test.each([
    'the price of 10 000',
    'a price of 9 000',
    'a price of 9\u00a0000, or so',
    'a price of 9\u202f000',
    "a price of 1'000",
    'a price of 10\u2019000.50',
    'a price of 10_000',
    'a price of 10.000',
    'a price of $1.000',
    'a price of 1.000.000',
    'a price of 10,000',
    'a price of 5k',
    'a price of 5 K',
    'a price of 1.5m',
    'volume of 10 million',
    'volume of 3-million',
    'volume of 7 bn',
    'volume of 2 hundred thousand',
    'a price of 10^5',
    'a price of 10**4',
    'a price of 10\u2075',
    'a price of 1.2 x 10^5',
    'a price of 3\u00d710\u2074',
    'a price of 1e5',
    'a price of $5',
    'a price of 5 dollars',
    'a price of EUR 9',
    'a price of \u20ac 8.5',
    'a price of ten thousand',
    'a price of one hundred and five',
    'a price of Forty-Two',
    'a price of a million',
    'a price of five dollars',
    'a rise of thirty percent',
    'two dozen bars',
    'a price of 10  000',
    // each of its pieces is a number of the data
    'a price of 3 100',
    'a price of 3,100',
    'a price of 1.64',
  ])('%s', (text) => {
    const { struck, text: checked } = check(text);
    expect(struck).toBe(1);
    expect(checked).toContain('[struck out]');
  });

  test('with all that belongs to it', () => {
    expect(check('It costs 10 million, or 1.2 x 10^5, or ten thousand and more.').text).toBe(
      'It costs [struck out], or [struck out], or [struck out] and more.',
    );
  });
});

describe('what stands in the data stays, however it is written', () => {
  test.each([
    ...['12,500', '12.500', '12 500', "12'500", '12\u202f500', '12_500', '12.5k', '12.5 K', '12,5k', '1.25 x 10^4'],
    ...['1.25e4', 'twelve thousand five hundred', '12 to 12.5 thousand', '$12,500.00', '12.500,00'],
    ...['2.3 million', '2,300,000', '2.3M', '2 300 000', 'two million three hundred thousand', '2.3 mn'],
    ...['0,424', '0.42', '42 %', 'forty-two percent', 'sixty-four bars', 'sixteen', 'a hundred', 'one hundred percent'],
    ...[
      '101.250',
      '101,25',
      '$101.25',
      '101.25 USD',
      '-20, 0, 45, 100',
      '-20,0,45,100',
      '16.3.64',
      'sixty-four, or forty-five',
    ],
  ])('%s', (text) => {
    expect(check(text).struck).toBe(text.startsWith('12 to') ? 1 : 0);
  });

  test.each([
    ...['3 bars', 'two of four', 'TREND 7 of 10', '10 bars', 'twelve bars', 'a dozen bars', 'score 7.0', 'one of them'],
    ...['the second look', 'hundreds of bars', 'someone often weighs it', 'tension', 'two and three bars', '5 million'],
  ])('so does a word of counting: %s', (text) => {
    expect(check(text).struck).toBe(text.includes('million') ? 1 : 0);
  });

  test('and bars of minutes are no millions', () => {
    expect(checkNumbers('on the 5m bars', [5]).struck).toBe(0);
  });
});

test('a memory may write its numbers in any of these forms', () => {
  const known = numbersIn('sold 12,500 at 9 000, 5k of them, on 2024-01-15, ten thousand');
  for (const value of [12_500, 9000, 5000, 2024, 10_000]) expect(known).toContain(value);
  expect(checkNumbers('12500 at 9,000 with 5 000 in 2024 and 10k', known).struck).toBe(0);
});
