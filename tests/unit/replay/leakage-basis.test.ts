import { expect, it } from 'vitest';
import { readPrompt } from '../../../electron/engine/agents/index.ts';
import type { Llm } from '../../../electron/engine/llm/index.ts';
import { type JudgesDeps, judgeUnderTest } from '../../../electron/engine/replay/leakage/judges.ts';

async function judgeWith(vision: boolean) {
  const info = { name: 'phi', sha256: null, tokenProbabilities: true, vision };
  const asked = () => ({ blind: true, temperature: 0, maxTokens: 512, vision });
  const language = { host: { get: async () => ({ info }) as Llm }, asked };
  const sight = {} as Parameters<typeof judgeUnderTest>[2];
  return judgeUnderTest({ language } as unknown as JudgesDeps, 'language', sight);
}

it('a test with pictures rests on the prompt that goes with them, and tells its hash and version', async () => {
  const { hash, version } = readPrompt('picture');
  const { basis, language } = await judgeWith(true);
  expect(language!.prompts).toMatchObject({ picture: hash });
  expect(language!.promptVersions).toMatchObject({ picture: version });
  expect(JSON.stringify(basis)).toContain(hash);
});

it('a test in text alone rests on no such prompt, so that one cut short before goes on', async () => {
  const { basis, language } = await judgeWith(false);
  expect(Object.keys(language!.prompts)).toEqual(['research', 'support']);
  expect(basis).toEqual({ ...language, temperature: 0, maxTokens: 512, vision: false });
});
