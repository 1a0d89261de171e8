import { describe, expect, it } from 'vitest';
import { type Llm, type Message, metered, type Usage } from '../../../electron/engine/llm/index.ts';

const TIMING = { promptMs: 0, generateMs: 0 };
const PNG = new Uint8Array(8);
const usageOf = (promptTokens: number, generatedTokens: number): Usage => ({
  ...{ promptTokens, generatedTokens, reusedTokens: 0, evaluatedTokens: promptTokens },
});

/** A model that says it has counted `usage` for whatever it is asked, and how long its answers might have been. */
function counting(usage: Usage, text = '') {
  const asked: number[] = [];
  const answer = { text, value: null, usage, timing: TIMING, finish: 'stop', cut: null, leftOut: 0, repaired: false };
  const generate = async (_: unknown, { maxTokens }: { maxTokens: number }) => {
    asked.push(maxTokens);
    return answer;
  };
  const llm = {
    generate,
    generateWithImage: (messages: unknown, _png: unknown, options: { maxTokens: number }) =>
      generate(messages, options),
    probabilities: async () => {
      asked.push(1);
      return { probabilities: { True: 1 }, usage, timing: TIMING, cut: null, leftOut: 0 };
    },
  } as unknown as Llm;
  return { llm, asked };
}

const user = (content: string, droppable?: number): Message => ({
  ...{ role: 'user', content },
  ...(droppable !== undefined && { droppable }),
});
const options = { maxTokens: 700, temperature: 0 };

/** How many questions of one word are answered before the budget ends, at most 1,000. */
async function answersWithin(tokens: number, usage: Usage, messages: readonly Message[]): Promise<number> {
  const llm = metered(counting(usage).llm, { symbol: 'AAPL', tokens });
  for (let n = 0; n < 1000; n++) {
    try {
      await llm.probabilities(messages, ['True']);
    } catch {
      return n;
    }
  }
  return 1000;
}

describe('the tokens of one symbol', () => {
  it('are those of all its requests, read and written, and what is reused counts too', async () => {
    const { llm, asked } = counting({
      promptTokens: 3000,
      reusedTokens: 2900,
      evaluatedTokens: 100,
      generatedTokens: 300,
    });
    const one = metered(llm, { symbol: 'AAPL', tokens: 9999 });
    await one.generate([user('Read.')], options);
    await one.generateWithImage('Read.', PNG, options);
    // 3,300 + 3,300 + 3,300 = 9,900 of 9,999: a word more fits, an answer of 700 does not.
    await one.probabilities([user('True?')], ['True']);
    const over =
      'The language model did not finish AAPL within 9999 tokens (LLM_BUDGET_TOKENS); the numeric decision stands.';
    await expect(one.generate([user('Read.')], options)).rejects.toThrow(over);
    expect(asked).toHaveLength(3);
    await expect(one.probabilities([user('True?')], ['True'])).rejects.toMatchObject({ code: 'LLM_OVER_BUDGET' });
    expect(asked).toHaveLength(4);
  });

  it('never make an answer shorter than it was asked for: what does not fit whole is not begun', async () => {
    const { llm, asked } = counting(usageOf(1000, 50));
    const one = metered(llm, { symbol: 'AAPL', tokens: 3000 });
    for (let n = 0; n < 9; n++) await one.generate([user('Read.')], options).catch(() => {});
    // 1,050 and 2,100 taken; with 700 the third could reach 2,800, and after 3,150 nothing is begun.
    expect(asked).toEqual([700, 700, 700]);
  });

  it('of another symbol are counted anew', async () => {
    const { llm } = counting(usageOf(1500, 0));
    for (const symbol of ['AAPL', 'MSFT']) {
      const one = metered(llm, { symbol, tokens: 2000 });
      await one.probabilities([user('True?')], ['True']);
      await expect(one.probabilities([user('True?')], ['True'])).rejects.toThrow(symbol);
    }
  });
});

describe('a count that cannot be', () => {
  const question = [user('x'.repeat(8000))];

  it.each([0, -5, -1e300, Number.NaN, 1e300, Number.POSITIVE_INFINITY, 1.5, '40' as unknown as number])(
    'such as %s neither ends the budget at once nor makes it endless: the text counts',
    async (count) => {
      // 8,000 bytes are at least 1,000 tokens, so a budget of 10,000 lasts ten requests.
      expect(await answersWithin(10_000, usageOf(count, count), question)).toBe(10);
    },
  );

  it('is told by the text that is always sent, not by memories that may be left out', async () => {
    expect(await answersWithin(10_000, usageOf(0, 0), [...question, user('y'.repeat(80_000), 1)])).toBe(10);
  });

  it('of an answer is told by its text', async () => {
    const { llm } = counting(usageOf(0, 0), 'z'.repeat(8000));
    const one = metered(llm, { symbol: 'AAPL', tokens: 2999 });
    for (let n = 0; n < 2; n++) await one.generate([user('')], options);
    await expect(one.generate([user('')], { ...options, maxTokens: 1000 })).rejects.toMatchObject({
      code: 'LLM_OVER_BUDGET',
    });
  });
});
