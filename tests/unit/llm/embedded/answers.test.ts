import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import { MODELS, openModel } from './models.ts';

const Opinion = z.object({
  action: z.enum(['LONG', 'SHORT', 'HOLD']),
  trend: z.int().min(1).max(10),
  confidence: z.number().min(0).max(1),
  thesis: z.string().min(3).max(24),
  evidence: z.array(z.string().max(6)).max(2),
  invalidation: z.number().positive().nullable(),
});

/** `npm test` takes a sample; LLM_ANSWERS=1000 takes all. */
const ANSWERS = Number(process.env.LLM_ANSWERS ?? 100);

describe.each(MODELS)('$name', ({ file, missing }) => {
  let llm: EmbeddedLlm;
  beforeAll(async () => {
    if (!missing) llm = await openModel(file());
  });
  afterAll(() => llm?.close());

  const ask = (content: string) => [
    { role: 'system', content: 'You read price bars. Answer in JSON.' } as const,
    { role: 'user', content } as const,
  ];

  test.skipIf(missing)('every constrained answer is of its schema', async () => {
    const count = file === MODELS[0]!.file ? ANSWERS : Math.ceil(ANSWERS / 50);
    const actions = new Set<string>();
    for (let seed = 0; seed < count; seed++) {
      const options = { maxTokens: 300, temperature: 1.5, schema: Opinion, seed };
      const { value, finish } = await llm.generate(ask(`Reading ${seed} of the price.`), options);
      expect(Opinion.safeParse(value).success).toBe(true);
      expect(finish).toBe('stop');
      actions.add(value!.action);
    }
    if (file === MODELS[0]!.file) expect([...actions].sort()).toEqual(['HOLD', 'LONG', 'SHORT']);
  });

  test.skipIf(missing)('the same seed gives the same answer, and the pieces are the text', async () => {
    const answers = [];
    for (const seed of [7, 7, 8]) {
      const pieces: string[] = [];
      const onToken = (text: string) => pieces.push(text);
      const { text, usage } = await llm.generate(ask('Say more.'), { maxTokens: 24, temperature: 1, seed, onToken });
      expect(pieces.join('').trim()).toBe(text);
      expect(usage.generatedTokens).toBeLessThanOrEqual(24);
      answers.push(text);
    }
    expect(answers[1]).toBe(answers[0]);
    expect(answers[2]).not.toBe(answers[0]);
  });

  test.skipIf(missing)('the shares of True and False are parts of one softmax', async () => {
    const messages = ask('Is this reading supported by the evidence? True or False?');
    const { probabilities, usage } = await llm.probabilities(messages, ['True', 'False']);
    expect(Object.keys(probabilities)).toEqual(['True', 'False']);
    const { True, False } = probabilities as { True: number; False: number };
    for (const share of [True, False]) expect(share).toBeGreaterThan(0);
    expect(True + False).toBeLessThan(1);
    expect(usage.generatedTokens).toBe(0);
  });

  test.skipIf(missing)('a word of several tokens has no probability', async () => {
    await expect(llm.probabilities(ask('Which?'), ['True', 'qqzzxxyy'])).rejects.toThrow(
      'The input is not valid: "qqzzxxyy" is more than one token of this language model.',
    );
  });

  test.skipIf(missing)('pictures are refused in a sentence', async () => {
    const asked = llm.generateWithImage('What is this?', new Uint8Array(8), { maxTokens: 8, temperature: 0 });
    await expect(asked).rejects.toThrow('cannot read pictures');
  });
});

test('all words of the small vocabulary share the whole of the softmax', async () => {
  const llm = await openModel(MODELS[0]!.file());
  const { tinyVocabulary } = await import('../../../support/tiny-model/vocabulary.ts');
  const { tokens, types } = tinyVocabulary();
  const words = [
    ...new Set(tokens.filter((token, i) => types[i] === 1 && token !== '▁').map((token) => token.replace('▁', ''))),
  ];
  const { probabilities } = await llm.probabilities([{ role: 'user', content: 'price' }], words);
  const total = Object.values(probabilities).reduce((sum, share) => sum + share, 0);
  await llm.close();
  expect(total).toBeLessThan(1);
  expect(total).toBeGreaterThan(0.3);
});
