import type { ControlledEvaluateInputItem, LlamaModel, Token } from 'node-llama-cpp';
import { BrainnetError } from '../../../../shared/errors.ts';
import { fitted } from './fit.ts';
import { type Loaded, promptRoom } from './generate.ts';
import type { Request, Weighed } from './messages.ts';

export type ProbabilitiesRequest = Extract<Request, { kind: 'probabilities' }>;

/**
 * The share of each word in the softmax over the next token at temperature 1. A word counts with and without the space
 * that may lead it, where that is a token of its own.
 * @throws INVALID_INPUT, LLM_TOO_LONG, CANCELLED
 */
export async function probabilities(
  { model, contextTokens, render, lanes }: Loaded,
  { messages, words }: ProbabilitiesRequest,
  signal: AbortSignal,
): Promise<Weighed> {
  const tokensOf = new Map(words.map((word) => [word, wordTokens(model, word)]));
  const { cut, leftOut, ...prompt } = fitted(messages, promptRoom(contextTokens, 1), render, 1);
  const started = performance.now();
  return lanes.use(prompt, signal, async (sequence, { rest, evaluated }) => {
    const last: ControlledEvaluateInputItem = [rest.at(-1)!, { generateNext: { probabilities: true } }];
    const outputs = await sequence.controlledEvaluate([...rest.slice(0, -1), last]);
    const softmax = outputs.at(-1)?.next.probabilities;
    if (!softmax) throw new Error('llama.cpp gave no probabilities');
    const total = sum(softmax.values());
    const share = (tokens: readonly Token[]) => sum(tokens.map((token) => softmax.get(token) ?? 0)) / total;
    return {
      probabilities: Object.fromEntries([...tokensOf].map(([word, tokens]) => [word, share(tokens)])),
      usage: { promptTokens: prompt.tokens.length, ...evaluated, generatedTokens: 0 },
      timing: { promptMs: performance.now() - started, generateMs: 0 },
      cut,
      leftOut,
    };
  });
}

function wordTokens(model: LlamaModel, word: string): Token[] {
  const ways = [
    model.tokenize(word),
    model.tokenize(word, false, 'trimLeadingSpace'),
    model.tokenize(` ${word}`, false, 'trimLeadingSpace'),
  ];
  const single = ways.filter(({ length }) => length === 1).map(([token]) => token!);
  if (single.length === 0) {
    throw new BrainnetError('INVALID_INPUT', { problem: `"${word}" is more than one token of this language model` });
  }
  return [...new Set(single)];
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
