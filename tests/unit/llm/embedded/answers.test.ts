import { type ControlledEvaluateInputItem, getLlama, LlamaLogLevel, type Token } from 'node-llama-cpp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fillPrompt, ResearchAnswer, readPrompt } from '../../../../electron/engine/agents/index.ts';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import { tinyVocabulary } from '../../../support/tiny-model/vocabulary.ts';
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

test('every answer to the prompt of the product is of its schema, as freely as it may be worded', async () => {
  const whole = ANSWERS >= 1000;
  const count = whole ? ANSWERS : Math.ceil(ANSWERS / 25);
  const prompt = readPrompt('research');
  const llm = await openModel(MODELS[0]!.file());
  const [regimes, actions] = [new Set<string>(), new Set<string>()];
  for (let seed = 0; seed < count; seed++) {
    const messages = fillPrompt(prompt, { data: { closes: [seed, -seed] }, horizon: 16 });
    const options = { maxTokens: 700, temperature: [0.1, 1, 2][seed % 3]!, schema: ResearchAnswer, seed };
    const { value, text, finish } = await llm.generate(messages, options);
    expect(ResearchAnswer.safeParse(JSON.parse(text))).toEqual({ success: true, data: value });
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(ResearchAnswer.shape));
    expect(finish).toBe('stop');
    regimes.add(value!.regime);
    actions.add(value!.action);
  }
  await llm.close();
  if (whole) expect([regimes.size, actions.size]).toEqual([4, 3]);
});

test('a long schema ends within its tokens, whatever the model would go on to say', async () => {
  const sentence = z.string().max(240);
  const schema = z.object({
    thesis: z.string().max(600),
    evidenceFor: z.array(sentence).max(3),
    evidenceAgainst: z.array(sentence).max(3),
    score: z.int().min(0).max(10),
  });
  const llm = await openModel(MODELS[0]!.file());
  const repairs: boolean[] = [];
  for (let seed = 0; seed < 8; seed++) {
    const options = { maxTokens: 250, temperature: 1.2, schema, seed };
    const { value, repaired, text, finish } = await llm.generate([{ role: 'user', content: 'price' }], options);
    expect(schema.safeParse(value).success).toBe(true);
    expect(value).toEqual(JSON.parse(text));
    expect(finish).toBe('stop');
    repairs.push(repaired);
  }
  expect(repairs).toContain(true);
  const tooFew = llm.generate([{ role: 'user', content: 'price' }], { maxTokens: 10, temperature: 0, schema });
  await expect(tooFew).rejects.toThrow(
    'The answer of the language model cannot be used: it was longer than it may be.',
  );
  await llm.close();
});

test('a probability is that of the softmax after the turns as Phi-3 was trained on them', async () => {
  const file = MODELS[0]!.file();
  const { tokens } = tinyVocabulary();
  const id = (piece: string) => tokens.indexOf(piece) as Token;
  const prompt = ['<|system|>', '▁the', '▁price', '<|end|>', '<|user|>', '▁up', '<|end|>', '<|assistant|>'].map(id);
  const llama = await getLlama({ gpu: false, build: 'never', progressLogs: false, logLevel: LlamaLogLevel.error });
  const model = await llama.loadModel({ modelPath: file });
  const sequence = (await model.createContext({ contextSize: 512, threads: 1 })).getSequence();
  const last: ControlledEvaluateInputItem = [prompt.at(-1)!, { generateNext: { probabilities: true } }];
  const out = await sequence.controlledEvaluate([...prompt.slice(0, -1), last]);
  const softmax = out.at(-1)!.next.probabilities!;
  await llama.dispose();

  const llm = await openModel(file);
  const messages = [
    { role: 'system', content: 'the price' },
    { role: 'user', content: 'up' },
  ] as const;
  const { probabilities, usage } = await llm.probabilities(messages, ['True', 'False']);
  await llm.close();
  expect(usage.promptTokens).toBe(prompt.length);
  for (const word of ['True', 'False'])
    expect(probabilities[word]).toBeCloseTo(softmax.get(id(word))! + softmax.get(id(`▁${word}`))!, 6);
});
