import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Beside, checkNumbers, numbersIn, ResearchAgent } from '../../../electron/engine/agents/index.ts';
import type { Llm } from '../../../electron/engine/llm/index.ts';

/** What a window in blind mode may hold: none of the numbers below but those that a row says are known. */
const KNOWN = [101.25, -22.5, 0.42, 64, 16, -4];
const struckIn = (text: string, known: readonly number[] = KNOWN, beside: Beside = {}) =>
  checkNumbers(text, known, beside).struck;

describe('a number without a source is struck out, however small', () => {
  test.each([
    // a share is no count
    ...['a rise of 8 % is likely', 'a rise of 8% is likely', '3 percent of the closes', '12 percent', '7 per cent'],
    ...['twelve percent', 'a rise of ten percent', 'one percent below', '9-percent rise', '5 percentage'],
    '5\uff05',
    // nor is a price
    ...['support at 7', 'resistance near 9', 'stop at 9.00', 'support near 10.00', 'a target of 10', 'the level 8'],
    ...['support at seven', 'a stop at nine', 'worth 8 or so', 'it closed at 7.', 'between 7 and 101.25', '7.5', '9.0'],
    ...[
      'a price of 3 bars',
      'stop at 7 closes the gap',
      'level 7 lows',
      'if 9 holds',
      'once 9 breaks',
      'a target of 8 higher highs',
      '$5 bars',
      '5 dollars of 5 looks',
    ],
    // nor a ratio, nor a date
    ...['a gain of 5:64', 'on 8 March', 'in March 7', 'a factor of 3', '+7', '7 points', 'it gained 9'],
    ...[
      'it rose 10 last week',
      'lost 8 last month',
      'gains 9 next quarter',
      'rose 7 these days',
      'fell 7 the past week',
    ],
    ...['up 5 most days', 'lost 8 of last week', 'earnings grew 10 times', 'volume up 9 times', '9 times earnings'],
    ...['sell at 8/64', 'conviction is 9/64', 'up 3x', '9 is support', '64 and 9 are strong', 'above 64. 9 is next'],
    ...['they are at 9 and say so', 'at 64, 9 are', 'at 7. Then it fell', 'the split was 3 for one'],
    // other ways to write a number
    ...[
      'a target of 0x1F4',
      'a target of 0b101',
      '0o17',
      '\u2460\u2467\u2466',
      '\uff11\uff18\uff17',
      '\uff17',
      '\u2167',
    ],
    ...[
      'up \u00bd',
      '\u00b9\u2078\u2077',
      '1\u03328\u03327\u0332',
      '1\u20e38\u20e37\u20e3',
      '1\u200a8\u200a7',
      '1 8 7',
    ],
    ...['1\u28008\u28007', 'one two three four five', 'one eight seven', 'one eighty-seven', 'eighty seven fifty'],
    ...['one-eight-seven', '7e0', 'nine thousand'],
  ])('%s', (text) => {
    const { struck, text: checked } = checkNumbers(text, KNOWN);
    expect(struck).toBe(1);
    expect(checked).toContain('[struck out]');
  });

  test('also where each of its digits is a number of the data', () => {
    for (const text of ['one two three', 'one eight seven', '1 8 7', '1\u200b8\u200b7', '1\u00ad8\u20607', '12 3'])
      expect([text, struckIn(text, [1, 2, 3, 7, 8, 12])]).toEqual([text, text === '12 3' ? 0 : 1]);
  });
});

describe('a small whole number stays where it counts something', () => {
  test.each([
    ...['two of three looks', '2 of 3', 'three out of four', '9 of 10 closes', '2/3 of the looks', 'two of the four'],
    ...['the last quarter', 'the last 3 closes', '3 bars', '10 bars', 'twelve bars', 'a dozen bars', '3-bar pullback'],
    ...['two higher highs', 'three large steps', '3 to 5 bars', '3-5 bars', 'two or three swings', 'a five-day rise'],
    ...['5 consecutive lower closes', 'two-thirds of the window', 'two of them', 'all three agree', 'these two differ'],
    ...['the last two', 'one jump carries most of the movement', 'one of them', 'this one', 'one-sided', 'near zero'],
    ...[
      'the 1st look',
      '2nd',
      'the 3rd swing',
      '10th bar',
      'look 2',
      'bars 3 to 5',
      'step 4',
      'Q3',
      'the support of 3 looks',
    ],
    ...['2 attempts', '2 small setbacks', '3 agree, 1 disagrees', 'Of 4 looks, 3 are trending and 1 is volatile'],
    ...[
      'Looks split 3 to 1',
      'the looks agree 4-0',
      'Three are trending, 2 say quiet',
      'a scale of 0 to 10',
      'a 0-10 scale',
    ],
    ...['more than 2x the norm', '2 times the norm', 'the high was tested 3 times', 'it touched the low 4 times'],
    ...['1. Closes rise. 2. Looks agree.', '1) Closes rise\n2) Looks agree', '3/4 looks', '2/3 of all looks'],
    ...['the second look', 'hundreds of bars', 'someone often weighs it', 'both halves', 'twice', 'the first half'],
    ...[
      'two agree, one disagrees',
      'support from two looks',
      'at 3 of 4 looks',
      'at least two closes',
      'over 5 bars',
      '4, 5 and 6 bars',
      'bars 5-8',
      'the 2 most recent closes',
      'four new highs',
      'two opposite readings',
    ],
  ])('%s', (text) => {
    expect(checkNumbers(text, [])).toEqual({ text, struck: 0 });
  });

  test.each(['11 bars', 'thirteen bars', '25 of 64 closes', 'the 12th bar', '2.5 bars', '-3 bars'])(
    'but a large, broken or signed one has a source: %s',
    (text) => expect(struckIn(text, [64])).toBe(1),
  );
});

describe('what the model was shown may be counted', () => {
  const beside: Beside = { counts: [...Array(17).keys(), 64], points: [200] };
  test.each(['12 of 16 closes', '13 of the 15 steps', 'a 64-bar window', 'all 64 bars', 'a rise of 200 points'])(
    '%s',
    (text) => expect([struckIn(text, [], beside), struckIn(text, []) > 0]).toEqual([0, true]),
  );
  test.each([
    '20 closes',
    'up 16 %',
    'a price of 64',
    'it rose 12',
    '200 %',
    'at 200',
    '$200',
    '12 points',
    'sell at 64',
  ])('and nothing else be said of it: %s', (text) => expect(struckIn(text, [], beside)).toBe(1));
});

describe('a score stays where the data or the model gave it', () => {
  test.each([
    ...['TREND 7', 'TREND is 7 of 10', 'TREND is 7/10', 'a trend score of 7', 'TREND: 7.', 'TREND=7', 'a 7 in TREND'],
    ...['scores of 7, 2 and 9', 'TREND, CYCLE and BURST are 7, 2, 9', 'BURST (9)', 'TREND 7, CYCLE 2 and BURST 9'],
    ...[
      'a burst score of nine',
      'a 7/10 for TREND',
      'BURST is only 9',
      'TREND at seven',
      'TREND 7, 3 looks',
      'a trend score of 7.0',
    ],
  ])('%s', (text) => expect(checkNumbers(text, [], { scores: [7, 2, 9] })).toEqual({ text, struck: 0 }));

  test.each([
    'TREND 6',
    'TREND is 6 of 10',
    'TREND is 6/10',
    'a 6/10 in TREND',
    'BURST is 8',
    'support at 7',
    'a rise of 9 %',
    'a price of 2',
    'TREND fell 7 %',
  ])('and is struck out elsewhere: %s', (text) => expect(struckIn(text, [], { scores: [7, 2, 9] })).toBe(1));
});

test('what joins a number to the one before stays, and a point before its decimals belongs to it', () => {
  expect(checkNumbers('from 64-90, at 16-17', KNOWN).text).toBe('from 64-[struck out], at 16-[struck out]');
  expect(checkNumbers('a share of .42, of -.5 or .43', KNOWN)).toEqual({
    text: 'a share of .42, of [struck out] or [struck out]',
    struck: 2,
  });
});

describe('dates stay where the data holds them', () => {
  const told = numbersIn({ lastBarDate: '2013-08-05', lastClose: 8.75 });

  test.each(['2013-08-05', '5 August 2013', 'August 5, 2013', '8/5/2013', '05.08.2013', 'at 8.75', 'near 8.8', '5th'])(
    '%s',
    (text) => expect(struckIn(text, told)).toBe(0),
  );
  test.each(['in 2008', '7 August', 'on 11 August', 'the 12th', 'at 8.70', 'near 9.00'])('others do not: %s', (text) =>
    expect(struckIn(text, told)).toBe(1),
  );
});

describe('the examples of the prompt for research', () => {
  const prompt = readFileSync('resources/prompts/research.md', 'utf8');
  const [, examples = ''] = /Two examples\. (.*)/.exec(prompt) ?? [];
  const each = examples.split(/(?=Closes [-\d])/).map((example) => example.split(' Thesis: '));

  test('are two', () => expect(each).toHaveLength(2));
  test.each(each)('quote nothing that their data does not hold: %s', (data, answer) => {
    const [words = '', invalidation = ''] = answer!.split(' Invalidation: ');
    expect(checkNumbers(words, numbersIn(data))).toEqual({ text: words, struck: 0 });
    expect(checkNumbers(invalidation, numbersIn([data, invalidation])).struck).toBe(0);
    expect(checkNumbers(data!, numbersIn(data)).struck).toBe(0);
  });
});

test('a reading may name its own scores and what the prompt says of every window, and no share or price beside them', async () => {
  const value = {
    ...{ trend: 8, cycle: 5, burst: 6, regime: 'trending', action: 'long', invalidationPercent: -4 },
    thesis:
      'TREND is 8: closes went from -100 to 100, and the trend score is above 0.3. 12 of 16 closes of the 64-bar window rise.',
    evidenceFor: ['A rise of 16 % is likely.', 'CYCLE is 5 of 10.'],
    evidenceAgainst: ['It is wrong 4 % below 5, 200 points up.', 'BURST is 3 of 10.'],
  };
  const llm = {
    info: {},
    generate: async () => ({ value, text: JSON.stringify(value), leftOut: 0 }),
  } as unknown as Llm;
  const looks = { window: { regime: [91, 1, 0, 0], direction: [32, 33, 35], volatility: [12, 61, 22, 15] } };
  const pack = {
    closes: [-90, -87, -81, -70, -66, -40, -34, -23, -20, 21, 24, 40, 52, 67, 80, 87],
    features: { trend_score: 0.91 },
    scores: { trend: 9, cycle: 0, burst: 1 },
    looks,
  };
  const { thesis, evidenceFor, evidenceAgainst, struck } = await new ResearchAgent(llm).research(pack, 24, 100, {
    windowBars: 64,
  });
  expect(thesis).toBe(value.thesis);
  expect(evidenceFor).toEqual(['A rise of [struck out] % is likely.', 'CYCLE is 5 of 10.']);
  expect(evidenceAgainst).toEqual([
    'It is wrong 4 % below [struck out], 200 points up.',
    'BURST is [struck out] of 10.',
  ]);
  expect(struck).toBe(3);
});
