import type { Llm, LlmRates, Timing, Usage } from './types.ts';

/** The last answers that the rates are taken over. */
const KEPT = 20;

export interface RateBook {
  add(usage: Usage, timing: Timing): void;
  worked(ms: number): void;
  /** Over the last answers and pieces of work; before the first, what was measured before. */
  rates(): LlmRates;
}

export function createRateBook(measured: LlmRates): RateBook {
  const last: { usage: Usage; timing: Timing }[] = [];
  const works: number[] = [];
  const rate = (tokens: (usage: Usage) => number, ms: (timing: Timing) => number): number | null => {
    const total = last.reduce((sum, { usage }) => sum + tokens(usage), 0);
    const time = last.reduce((sum, { timing }) => sum + ms(timing), 0);
    return total > 0 && time > 0 ? (total / time) * 1000 : null;
  };
  return {
    add(usage, timing) {
      last.push({ usage, timing });
      if (last.length > KEPT) last.shift();
    },
    worked(ms) {
      works.push(ms);
      if (works.length > KEPT) works.shift();
    },
    rates: () => ({
      promptTokensPerSecond:
        rate(
          (usage) => usage.evaluatedTokens,
          (timing) => timing.promptMs,
        ) ?? measured.promptTokensPerSecond,
      generatedTokensPerSecond:
        rate(
          (usage) => usage.generatedTokens,
          (timing) => timing.generateMs,
        ) ?? measured.generatedTokensPerSecond,
      workMs: works.length === 0 ? measured.workMs : works.reduce((sum, ms) => sum + ms, 0) / works.length,
    }),
  };
}

/** The same model, its answers counted. */
export function counted(llm: Llm, book: RateBook): Llm {
  const noted = <A extends { usage: Usage; timing: Timing }>(answer: A): A => {
    book.add(answer.usage, answer.timing);
    return answer;
  };
  return {
    get info() {
      return llm.info;
    },
    generate: async (messages, options) => noted(await llm.generate(messages, options)),
    generateWithImage: async (asked, png, options) => noted(await llm.generateWithImage(asked, png, options)),
    probabilities: async (messages, words, options) => noted(await llm.probabilities(messages, words, options)),
    countTokens: (text) => llm.countTokens(text),
    close: () => llm.close(),
  };
}
