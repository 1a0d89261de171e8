import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkNumbers, fillPrompt, numbersIn, quoted, readPrompt } from '../../../electron/engine/agents/index.ts';
import { confidenceOf, orders } from '../../../electron/engine/agents/language/reasoning-agent.ts';
import { combineOpinions } from '../../../electron/engine/decision/combine.ts';
import { INJECTIONS } from './injections.ts';

describe('a text from the market or a file', () => {
  test.each(INJECTIONS)('stays in its data slot: %j', (text) => {
    const prompt = readPrompt('research');
    const messages = fillPrompt(prompt, { data: { memory: [text], note: text }, horizon: 16 });
    const [system, user] = [messages[0]!, messages[1]!];
    expect(system.content).toBe(prompt.system);
    const slot = /^<data>\n([\s\S]*)\n<\/data>\n([\s\S]*)$/.exec(user.content)!;
    expect(JSON.parse(slot[1]!)).toEqual({ memory: [text], note: text });
    expect(slot[1]).not.toMatch(/[<>\n]/);
    const task = prompt.user.split('</data>\n')[1]!.replace('{{horizon}}', '16');
    expect(slot[2]).toBe(task);
  });

  test('of any kind comes back the same from its slot, in plain ASCII', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(JSON.parse(`"${quoted(text)}"`)).toBe(text);
        expect(quoted({ text })).toMatch(/^[\x20-\x7e]*$/);
      }),
    );
  });
});

describe('numbers that a model quotes', () => {
  const known = [0.4237, -12.5, 101.25, 64];

  test.each([
    ['a trend score of 0.42', 0],
    ['0.424 and 0.4237', 0],
    ['42 % of it', 0],
    ['a loss of 12.5', 0],
    ['at 101.25 over 64 bars', 0],
    ['TREND 7 of 10, 3 looks', 0],
    ['a fall of -12.5 and a rise of +0.42', 0],
    ['a range of 0.42-0.4237', 0],
    ['a trend score of -0.42', 1],
    ['up \u221242 %', 1],
    ['up +12.5', 1],
    ['the price of 42', 1],
    ['the price of 187.32', 1],
    ['0.43', 1],
    ['since 1998 it rose 300 %', 2],
    ['1,250.5 points', 1],
    ['USD490 or x73', 2],
    ['\u0664\u0669\u0660', 1],
  ])('%s: %d struck out', (text, struck) => {
    const checked = checkNumbers(text, known, { scores: [7] });
    expect(checked.struck).toBe(struck);
    expect(checked.text.includes('[struck out]')).toBe(struck > 0);
  });

  test('are looked up however deep they stand in the data', () => {
    expect(numbersIn({ a: [1.5, { b: 'rate 2.25' }], c: null, d: Number.NaN })).toEqual([1.5, 2.25]);
  });
});

describe('doubt over several orders of the evidence', () => {
  test('is the mean share of False, by hand', () => {
    const confidence = confidenceOf([
      [0.9, 0.1],
      [0.4, 0.1],
      [0.63, 0.27],
    ])!;
    expect(confidence.eps).toBeCloseTo((0.1 + 0.2 + 0.3) / 3, 12);
    // 1 - H2(0.2)
    expect(confidence.value).toBeCloseTo(0.27807190511, 9);
    const margin = (1.96 * 0.1) / Math.sqrt(3);
    const h = (e: number) => 1 + e * Math.log2(e) + (1 - e) * Math.log2(1 - e);
    expect(confidence.interval![0]).toBeCloseTo(h(0.2 + margin), 9);
    expect(confidence.interval![1]).toBeCloseTo(h(0.2 - margin), 9);
  });

  test('abstains where True and False are less than half of the next word', () => {
    expect(
      confidenceOf([
        [0.3, 0.19],
        [0.9, 0.1],
        [0.9, 0.1],
      ]),
    ).toBeNull();
  });

  test('uses different orders of all the evidence', () => {
    const made = orders(['a', 'b', 'c', 'd'], 3);
    expect(new Set(made.map((order) => order.join(''))).size).toBe(3);
    for (const order of made) expect(order.toSorted()).toEqual(['a', 'b', 'c', 'd']);
  });
});

describe('two judges', () => {
  const record = (hits: number, low: number, high: number) => ({ n: 100, hits, rate: hits / 100, low, high });

  test('that agree keep the action, that disagree hold', () => {
    expect(combineOpinions({ action: 'long', record: null }, { action: 'long', record: null }).action).toBe('long');
    expect(combineOpinions({ action: 'long', record: null }, { action: 'short', record: null }).action).toBe('hold');
  });

  test('of which one has the better record by more than noise: that one is followed', () => {
    const good = record(70, 0.6, 0.78);
    const poor = record(45, 0.36, 0.55);
    expect(combineOpinions({ action: 'long', record: good }, { action: 'short', record: poor }).action).toBe('long');
    expect(combineOpinions({ action: 'long', record: poor }, { action: 'hold', record: good }).action).toBe('hold');
    expect(
      combineOpinions({ action: 'long', record: record(60, 0.5, 0.69) }, { action: 'short', record: poor }).action,
    ).toBe('hold');
  });
});
