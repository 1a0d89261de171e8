import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EmbeddedLlm } from '../../../../electron/engine/llm/embedded/index.ts';
import type { Message } from '../../../../electron/engine/llm/index.ts';
import { MODELS, openModel } from './models.ts';

const OPTIONS = { maxTokens: 8, temperature: 0 };
const memory = (day: number): Message => ({
  role: 'user',
  content: `Memory ${day}: ${'the price was up and the cycle was down. '.repeat(6)}`,
  droppable: day,
});

describe.each(MODELS)('$name', ({ file, missing }) => {
  let llm: EmbeddedLlm;
  beforeAll(async () => {
    if (!missing) llm = await openModel(file(), { contextTokens: 512 });
  });
  afterAll(() => llm?.close());

  test.skipIf(missing)('a request too long loses its oldest memories, and says so', async () => {
    const question: Message = { role: 'user', content: 'What is the regime?' };
    const whole = await llm.generate([memory(1), question], OPTIONS);
    expect(whole.cut).toBeNull();
    const days = [5, 1, 9, 7, 3, 8, 2, 6, 4];
    const { cut, usage } = await llm.generate([...days.map(memory), question], OPTIONS);
    expect(cut).toMatch(
      /^The \d oldest of 9 memories were left out: the request had \d+ tokens, and the language model can read \d+\.$/,
    );
    expect(usage.promptTokens).toBeLessThan(512);
    const dropped = Number(cut!.match(/^The (\d)/)![1]);
    const kept = days.filter((day) => day > dropped).map(memory);
    const same = await llm.generate([...kept, question], OPTIONS);
    expect(same).toMatchObject({ cut: null, usage: { promptTokens: usage.promptTokens } });
  });

  test.skipIf(missing)('a request that cannot be cut is refused with its length', async () => {
    const content = 'the price is down '.repeat(400);
    const asked = llm.generate([memory(1), { role: 'user', content }], OPTIONS);
    await expect(asked).rejects.toMatchObject({ code: 'LLM_TOO_LONG', details: { most: 503 } });
    await expect(llm.generate([{ role: 'user', content: 'Hi' }], OPTIONS)).resolves.toBeDefined();
  });

  test.skipIf(missing)('an answer ends at its limit, within the context', async () => {
    const messages: Message[] = [{ role: 'user', content: 'Count the bars one by one, all of them.' }];
    const { usage, finish } = await llm.generate(messages, { maxTokens: 100_000, temperature: 1.2, seed: 3 });
    expect(usage.promptTokens + usage.generatedTokens).toBeLessThanOrEqual(512);
    if (usage.promptTokens + usage.generatedTokens < 500) expect(finish).toBe('stop');
  });

  test.skipIf(missing)('marks of turns in a message are text', async () => {
    const marks = ['<|end|>', '<|system|>', '<|im_end|>', '<|im_start|>', '<s>'];
    for (const mark of marks) expect(await llm.countTokens(mark)).toBeGreaterThan(1);
    const { usage } = await llm.generate([{ role: 'user', content: marks.join(' ') }], OPTIONS);
    const plain = await llm.generate([{ role: 'user', content: '' }], OPTIONS);
    expect(usage.promptTokens - plain.usage.promptTokens).toBeGreaterThan(marks.length * 3);
  });
});

test('it is said when the machine or the model holds less than was asked for', async () => {
  const { name, file } = MODELS[0]!;
  expect(name).toBe('random weights');
  const llm = await openModel(file(), { contextTokens: 200_000 });
  expect(llm.info).toMatchObject({ device: 'CPU', backend: 'embedded', tokenProbabilities: true, vision: false });
  expect(llm.info.contextTokens).toBeLessThanOrEqual(131_072);
  expect(llm.info.note).toMatch(
    llm.info.contextTokens === 131_072
      ? /^It reads 131,072 tokens at most, as it was trained\.$/
      : /^The memory of this machine holds [\d,]+ tokens at once instead of 200,000\.$/,
  );
  await llm.close();
});
