import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ResearchAnswer } from '../../../electron/engine/agents/index.ts';
import type { EmbeddedLlm } from '../../../electron/engine/llm/embedded/index.ts';
import type { Llm, Message } from '../../../electron/engine/llm/index.ts';
import { createLanguageJudge, judgeInWords } from '../../../electron/engine/orchestrator/language/language-judge.ts';
import { MODELS, openModel } from '../llm/embedded/models.ts';
import { asksOf } from './language-cases.ts';

const USUAL: ResearchAnswer = {
  ...{ trend: 7, cycle: 1, burst: 2, regime: 'trending', action: 'long' },
  thesis:
    'The closes rise through most of the window, and the network reads a trend in all of its looks. The last quarter is stronger than what came before.',
  evidenceFor: ['The trend score is clearly above the threshold.', 'The looks agree with the window.'],
  evidenceAgainst: ['The last close stands at the high of the window.', 'Some of the movement came in a burst.'],
  invalidationPercent: -5,
};
const longest = (characters: number) => 'a reading of the closes, '.repeat(40).slice(0, characters);
const LONGEST = ResearchAnswer.parse({
  ...USUAL,
  thesis: longest(600),
  evidenceFor: [longest(200), longest(200)],
  evidenceAgainst: [longest(200), longest(200)],
});

/** The model, saying what a good one would: what is counted is what the product asks, and not what random weights say. */
function saying(llm: EmbeddedLlm, value: ResearchAnswer) {
  let evaluated = 0;
  const read = async (messages: readonly Message[]) => {
    const answer = await llm.probabilities(messages, ['True', 'False']);
    evaluated += answer.usage.evaluatedTokens;
    return answer;
  };
  const text = JSON.stringify(value);
  const stand = {
    info: llm.info,
    async generate(messages: readonly Message[]) {
      const { usage, timing, cut, leftOut } = await read(messages);
      await llm.probabilities([...messages, { role: 'assistant', content: text }], ['True']);
      return { text, value, usage, timing, cut, leftOut };
    },
    probabilities: read,
  } as unknown as Llm;
  const since = () => {
    const tokens = evaluated;
    evaluated = 0;
    return tokens;
  };
  return { llm: stand, since };
}

/** The longest answers take the small instruct model half a minute; `npm test` asks the random weights for them alone. */
const THOROUGH = process.env.LLM_ANSWERS !== undefined;

describe.each(MODELS)('what $name evaluates', ({ name, file, missing }) => {
  let llm: EmbeddedLlm;
  beforeAll(async () => {
    if (!missing) llm = await openModel(file(), { contextTokens: 8192 });
  });
  afterAll(() => llm?.close());

  async function tokensOf(symbol: number, answer: ResearchAnswer, rounds: number): Promise<number[]> {
    const { llm: stand, since } = saying(llm, answer);
    const judge = createLanguageJudge(stand, { blind: true, temperature: 0, maxTokens: 700, vision: false });
    const tokens: number[] = [];
    for (const ask of asksOf(symbol).slice(0, rounds)) {
      await judgeInWords(judge, { ...ask, signal: AbortSignal.timeout(120_000) });
      tokens.push(since());
    }
    return tokens;
  }
  const ratio = ([one, ...others]: number[]) => others.reduce((sum, tokens) => sum + tokens, one!) / one!;
  /** A prompt of nothing that the product asks, so that nothing of it is there yet. */
  const forget = () => llm.probabilities([{ role: 'user', content: 'Nothing of before.' }], ['True']);

  test.skipIf(missing)(
    'for a symbol with all its rounds is at most twice one round, and for three rounds whatever it answers',
    async () => {
      await forget();
      const usual = await tokensOf(1, USUAL, 4);
      expect(ratio(usual)).toBeLessThanOrEqual(2);
      if (name !== 'random weights' && !THOROUGH) return;
      await forget();
      expect(ratio(await tokensOf(1, LONGEST, 3))).toBeLessThanOrEqual(2);
    },
    300_000,
  );
});
