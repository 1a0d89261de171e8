import type { LlamaContextSequence, LlamaModel, Token } from 'node-llama-cpp';
import type { Tuning } from './messages.ts';

/** The measurement ends about here; what was not reached keeps its default. */
const BUDGET_MS = 20_000;
const CONTEXT_TOKENS = 1024;
const DEFAULT_BATCH = 512;
const SMALL_BATCH = 128;
const GENERATED = 12;
const TOGETHER = 4;
/** Decoding together must gain this much to be worth its memory. */
const WORTH_TOGETHER = 1.15;
/** A usual request: tokens that are new to the model, and tokens of the answer. */
const USUAL = { prompt: 400, generated: 150 };

type Rates = Pick<Tuning, 'promptTokensPerSecond' | 'generatedTokensPerSecond'>;
type SetUp = { threads: number; batch: number; sequences: number };

/**
 * Chooses threads, batch and how many requests to decode together by short runs of the model itself, within some twenty
 * seconds, on about a second of prompt and a dozen tokens for each candidate.
 * @param cores what the CPU offers for arithmetic; with a GPU one candidate is enough
 */
export async function measure(model: LlamaModel, cores: number, gpu: boolean): Promise<Tuning> {
  const until = performance.now() + BUDGET_MS;
  const late = () => performance.now() > until;
  const candidates = gpu ? [cores] : threadCandidates(cores);
  const probed = await timed(model, { threads: cores, batch: DEFAULT_BATCH, sequences: 1 }, 16, 2);
  const length = Math.min(DEFAULT_BATCH, Math.max(16, Math.round(probed.promptTokensPerSecond / 16) * 16));
  let best: { setUp: SetUp; rates: Rates } | null = null;
  for (const threads of candidates) {
    if (best && late()) break;
    const setUp = { threads, batch: DEFAULT_BATCH, sequences: 1 };
    const rates = await timed(model, setUp, length);
    if (!best || usualSeconds(rates) < usualSeconds(best.rates)) best = { setUp, rates };
  }
  const { setUp, rates } = best!;
  const small = { ...setUp, batch: SMALL_BATCH };
  if (!late() && length > SMALL_BATCH) {
    const other = await timed(model, small, length);
    if (other.promptTokensPerSecond > rates.promptTokensPerSecond * 1.05) {
      setUp.batch = SMALL_BATCH;
      rates.promptTokensPerSecond = other.promptTokensPerSecond;
    }
  }
  const togetherGain = late() ? null : await gainTogether(model, setUp);
  const lanes = togetherGain !== null && togetherGain >= WORTH_TOGETHER ? TOGETHER : 1;
  return { threads: setUp.threads, batch: setUp.batch, lanes, togetherGain, ...rates };
}

function threadCandidates(cores: number): number[] {
  return [...new Set([cores, Math.ceil(cores / 2), 1])];
}

const usualSeconds = (rates: Rates) =>
  USUAL.prompt / rates.promptTokensPerSecond + USUAL.generated / rates.generatedTokensPerSecond;

async function timed(model: LlamaModel, setUp: SetUp, length: number, generated = GENERATED): Promise<Rates> {
  return withSequences(model, setUp, async ([sequence]) => {
    const prompt = sampleTokens(model, length);
    const promptMs = await elapsed(() => sequence!.evaluateWithoutGeneratingNewTokens(prompt));
    const generateMs = await elapsed(() => decode(sequence!, prompt[0]!, generated));
    return {
      promptTokensPerSecond: (length / promptMs) * 1000,
      generatedTokensPerSecond: (generated / generateMs) * 1000,
    };
  });
}

/** Tokens a second of 4 sequences decoded together over those of one, on the same context; of one before and after, so that a disturbance of it is no gain. */
async function gainTogether(model: LlamaModel, setUp: SetUp): Promise<number> {
  return withSequences(model, { ...setUp, sequences: TOGETHER }, async (sequences) => {
    const [first] = sampleTokens(model, 1);
    for (const sequence of sequences) await sequence.evaluateWithoutGeneratingNewTokens(sampleTokens(model, 8));
    const one = () => elapsed(() => decode(sequences[0]!, first!));
    const before = await one();
    const all = await elapsed(() => Promise.all(sequences.map((sequence) => decode(sequence, first!))));
    return (Math.min(before, await one()) * TOGETHER) / all;
  });
}

async function withSequences<T>(
  model: LlamaModel,
  { threads, batch, sequences }: SetUp,
  work: (sequences: LlamaContextSequence[]) => Promise<T>,
): Promise<T> {
  const context = await model.createContext({ contextSize: CONTEXT_TOKENS, batchSize: batch, threads, sequences });
  try {
    return await work(Array.from({ length: sequences }, () => context.getSequence()));
  } finally {
    await context.dispose();
  }
}

async function decode(sequence: LlamaContextSequence, first: Token, count = GENERATED): Promise<void> {
  let left = count;
  for await (const _ of sequence.evaluate([first], { temperature: 0, yieldEogToken: true })) if (--left === 0) return;
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** What is said does not matter for the time it takes. */
function sampleTokens(model: LlamaModel, length: number): Token[] {
  const some = model.tokenize('The close is above the moving average, and the range of the last bars grows. ');
  return Array.from({ length }, (_, i) => some[i % some.length]!);
}
