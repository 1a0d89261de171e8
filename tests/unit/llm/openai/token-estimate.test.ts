import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOpenAiLlm } from '../../../../electron/engine/llm/openai/index.ts';
import type { Message } from '../../../../electron/engine/llm/types.ts';
import { type FakeLlmServer, startFakeLlm } from '../../../support/fake-llm-server.ts';

let server: FakeLlmServer;
beforeAll(async () => {
  server = await startFakeLlm();
});
afterAll(() => server.stop());

async function llmAt(faults: Parameters<FakeLlmServer['set']>[0] = {}) {
  await server.set(faults);
  return createOpenAiLlm({ address: server.address, model: null });
}

/** Texts of the kinds that a prompt holds, and their tokens in Llama 2's vocabulary, which is Phi-3.5's (llama-tokenizer-js 1.2.2). */
const COUNTED: [string, string, number][] = [
  [
    'instructions',
    'You read charts that have been stripped of names and dates. Say what the closes show, and nothing that they do not show. Evidence is quoted from the data; a number that is not in the data is struck out. Answer in plain English, in short sentences, and only in the form that is asked for.',
    67,
  ],
  [
    'a setup',
    '<data>\n{"closes":[76,49,39,42,24,0,-43,-60,-33,-5,-10,-55,-65,-71,-87,-73],"features":{"trend_score":-0.83,"momentum":1.13,"recent_strength":0.43,"persistence":0.24,"entropy":0.8,"cycle_strength":0.28,"cycle_period":21.33,"burst_share":0.39},"scores":{"trend":8,"cycle":1,"burst":1},"looks":{"window":{"regime":[100,0,0,0],"direction":[35,33,32],"volatility":[11,62,24,3]},"earlier":{"regime":[1,0,99,0],"direction":[36,30,34],"volatility":[11,57,28,4]},"every-second-close":{"regime":[0,0,100,0],"direction":[37,29,33],"volatility":[11,57,27,5]}}}\n</data>\nGive your reading for the next 16 bars.',
    319,
  ],
  [
    'a memory',
    '{"setup":"2014-03-11 to 2014-09-05","trend":7.25,"cycle":1.5,"burst":0.125,"regime":"mean_reverting","said":"long","came":-3.75,"note":"\\u30a1\\u30b8 rose 12.5 % in 20 bars"}',
    99,
  ],
  [
    'rows of figures',
    '100.00, 101.37, 102.74, 104.11, 105.48, 106.85, 108.22, 109.59, 110.96, 112.33, 113.70, 115.07, 116.44, 117.81, 119.18, 120.55, 121.92, 123.29, 124.66, 126.03',
    158,
  ],
];

describe('tokens at a server, which does not lend its vocabulary', () => {
  it.each(COUNTED)('of %s are never fewer than those of Phi-3.5, nor many more', async (_, text, counted) => {
    const estimated = await (await llmAt()).countTokens(text);
    expect(estimated).toBeGreaterThanOrEqual(counted);
    expect(estimated).toBeLessThanOrEqual(counted * 1.2);
  });

  it('of letters that no vocabulary holds whole are as many as can be expected', async () => {
    // 22 and 30 tokens by the same count.
    const llm = await llmAt();
    expect(await llm.countTokens('価格は上昇傾向にあり、出来高も増加している。')).toBeGreaterThanOrEqual(30);
  });

  it('are said to be about so many', async () => {
    const llm = await llmAt({ contextTokens: 100 });
    const text = COUNTED[1]![1];
    await expect(llm.generate([{ role: 'user', content: text }], { maxTokens: 20, temperature: 0 })).rejects.toThrow(
      /^The request has about \d+ tokens, and the language model can read 80;/,
    );
  });

  it('are the same whatever a server counted before, so that a symbol is judged alike wherever it stands', async () => {
    const memories = [1, 2, 3].map((droppable): Message => ({ role: 'user', content: COUNTED[2]![1], droppable }));
    const messages: Message[] = [{ role: 'user', content: COUNTED[1]![1].repeat(4) }, ...memories];
    for (const tokensPer100Bytes of [10, 40, 100]) {
      const llm = await llmAt({ contextTokens: 1600, tokensPer100Bytes });
      const leftOut = async () => (await llm.generate(messages, { maxTokens: 20, temperature: 0 })).leftOut;
      expect([await leftOut(), await leftOut(), await leftOut()]).toEqual([1, 1, 1]);
    }
  });
});
