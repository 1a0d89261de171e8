import { describe, expect, it } from 'vitest';
import { INITIAL } from '../../../renderer/engine/reduce.ts';
import { costLine, struckSentence } from '../../../renderer/screens/decision/language-text.ts';
import { EXPORT_HEADER, exportRow } from '../../../renderer/screens/history/table.ts';
import { expectedTime, modelName, queueLine, roughTime } from '../../../renderer/screens/language/queue-text.ts';
import { decision } from './support.ts';

const queue = { ...INITIAL.languageQueue, available: true, model: 'Phi-3.5-mini-instruct, 4 bits (Q4_K_M)' };

describe('the line of the language model', () => {
  it('names model, symbol, how many wait and how long it takes', () => {
    const busy = { ...queue, current: ['MSFT'], waiting: 12, leftMs: 545_000 };
    expect(queueLine(busy)).toBe('Phi-3.5-mini-instruct judges MSFT, 12 wait, about 9 minutes');
    expect(queueLine({ ...busy, current: ['MSFT', 'IBM'] })).toMatch(/ judges MSFT and IBM, 12 wait/);
    expect(queueLine({ ...busy, waiting: 1, leftMs: 3_600_000 * 2 })).toBe(
      'Phi-3.5-mini-instruct judges MSFT, 1 waits, about 2 hours',
    );
  });

  it('says that nothing is timed yet with the first symbol, and is silent without work', () => {
    expect(queueLine({ ...queue, model: null, current: ['MSFT'] })).toBe(
      'The language model judges MSFT, not timed yet',
    );
    expect(queueLine(queue)).toBeNull();
  });

  it('gives lengths of time as one expects them, never zero', () => {
    expect([0, 1_000, 45_000, 100_000, 5_340_000, 5_400_000].map(roughTime)).toEqual([
      'about 1 second',
      'about 1 second',
      'about 45 seconds',
      'about 2 minutes',
      'about 89 minutes',
      'about 2 hours',
    ]);
  });

  it('takes the name without what describes the file', () => {
    expect(modelName('Phi 3 tiny random, a file of your own')).toBe('Phi 3 tiny random');
    expect(modelName(null)).toBe('The language model');
  });
});

describe('the time that a list will take', () => {
  it('is the measured time of a symbol times its symbols', () => {
    const expected = expectedTime({ ...queue, meanMs: 30_000 }, 20);
    expect(expected?.short).toBe('about 10 minutes');
    expect(expected?.sentence).toContain(
      'For the 20 symbols of this list it takes about 10 minutes: about 30 seconds each',
    );
  });

  it('is said to be unknown before a symbol was judged, and left out without a model or a list', () => {
    expect(expectedTime(queue, 20)?.short).toBe('not timed yet');
    expect(expectedTime({ ...queue, available: false, meanMs: 30_000 }, 20)).toBeNull();
    expect(expectedTime(queue, 0)).toBeNull();
  });
});

describe('what a language model wrote', () => {
  it('counts numbers struck out in a sentence', () => {
    expect(struckSentence(0)).toMatch(/no number that the data does not hold/);
    expect(struckSentence(1)).toMatch(/^One number/);
    expect(struckSentence(3)).toBe('3 numbers that the data does not hold were struck out of its words.');
  });

  it('says tokens and time, and what was read before', () => {
    const cost = { promptTokens: 900, reusedTokens: 700, generatedTokens: 120, ms: 12_300 };
    expect(costLine(cost)).toBe('900 tokens read, 700 of them read before; 120 written, in 12 s.');
    expect(costLine({ ...cost, reusedTokens: 0 })).toBe('900 tokens read; 120 written, in 12 s.');
  });

  it('is marked in the export of the history, and an older line counts as numeric', () => {
    const judge = (made: ReturnType<typeof decision>) => {
      const outcome = { state: 'pending', decisionId: made.id, barsLeft: null, expected: null } as const;
      return exportRow({ decision: made, outcome })[EXPORT_HEADER.indexOf('judge')];
    };
    expect([judge(decision({})), judge(decision({ judge: 'llm' }))]).toEqual(['numeric', 'llm']);
  });
});
