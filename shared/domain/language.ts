import { z } from 'zod';
import { ErrorData } from '../errors.ts';
import { TokenCount } from './count.ts';
import { DecisionId, Sha256 } from './ids.ts';
import { REGIMES, Scores } from './reading.ts';

/** What a language model made of a setup; numbers that the data does not hold are struck out of its texts. */
export const LanguageReading = z.object({
  model: z.string(),
  scores: Scores,
  /** Scores that lie more than 4 from those by formula. */
  disagreements: z.array(z.enum(['trend', 'cycle', 'burst'])),
  regime: z.enum(REGIMES),
  thesis: z.string(),
  evidenceFor: z.array(z.string()),
  evidenceAgainst: z.array(z.string()),
  /** Price at which the thesis is wrong, in prices of the as-of day. */
  invalidationPrice: z.number(),
  /** Numbers struck out as invented. */
  struck: z.int(),
  /** What of the request had to be left out to fit; null = nothing. */
  cut: z.string().nullable(),
  /** How many memories were left out of its reading to fit, the oldest first; absent = none. */
  leftOut: z.int().min(1).optional(),
  /** Where USE_VISION is on: whether it was shown the picture of the window, in one sentence. */
  picture: z.object({ shown: z.boolean(), sentence: z.string() }).optional(),
  /** Symbol, dates and price level were hidden from it. */
  blind: z.boolean(),
  promptTokens: TokenCount,
  reusedTokens: TokenCount,
  generatedTokens: TokenCount,
  ms: z.number(),
});
export type LanguageReading = z.infer<typeof LanguageReading>;

const Cost = {
  usage: z.object({
    promptTokens: TokenCount,
    reusedTokens: TokenCount,
    evaluatedTokens: TokenCount,
    generatedTokens: TokenCount,
  }),
  /** Milliseconds. */
  timing: z.object({ promptMs: z.number(), generateMs: z.number() }),
  cut: z.string().nullable(),
};

/** A question to a language model, by the SHA-256 of all that was asked, and its answer as it came. */
export const LanguageExchange = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    prompt: Sha256,
    text: z.string(),
    ...Cost,
    finish: z.enum(['stop', 'length']),
    leftOut: z.int(),
    repaired: z.boolean(),
  }),
  z.object({
    kind: z.literal('probabilities'),
    prompt: Sha256,
    probabilities: z.record(z.string(), z.number()),
    ...Cost,
    leftOut: z.int(),
  }),
  z.object({ kind: z.literal('refused'), prompt: Sha256, error: ErrorData }),
]);
export type LanguageExchange = z.infer<typeof LanguageExchange>;

const Settled = z.object({ n: z.int(), hits: z.int() }).nullable();

/** How a language model was asked, and every question with its answer, in order: what a repetition needs. */
export const LanguageAsks = z.object({
  temperature: z.number(),
  maxTokens: z.int(),
  seed: z.int(),
  /** The picture of the window was to be shown. */
  vision: z.boolean(),
  backend: z.enum(['embedded', 'openai']),
  device: z.string(),
  contextTokens: z.int(),
  /** Of the embedded model; null behind a server. */
  threads: z.int().nullable(),
  /** Whether it read pictures; of one that refused the picture of this decision, false. */
  sees: z.boolean(),
  tokenProbabilities: z.boolean(),
  /** Records of both judges that the rule weighed. */
  records: z.object({ numeric: Settled, language: Settled }),
  exchanges: z.array(LanguageExchange),
});
export type LanguageAsks = z.infer<typeof LanguageAsks>;

const Opinion = z.object({ action: z.enum(['long', 'short', 'hold']), confidence: z.number(), sentence: z.string() });

/** Both judges' words, and the rule that made one decision of them. */
export const Opinions = z.object({
  numeric: Opinion,
  language: Opinion,
  sentence: z.string(),
  /** The numeric decision that was shown first. */
  follows: DecisionId.nullable(),
});
export type Opinions = z.infer<typeof Opinions>;

/** How the language model's queue stands; `leftMs` at the measured rate, null before one is known. */
export const LanguageQueue = z.object({
  /** Whether there is a model to ask; without one nothing is queued. */
  available: z.boolean(),
  /** Its name; null before it is loaded. */
  model: z.string().nullable(),
  waiting: z.int(),
  /** Symbols it judges now: one, or several where it gains by that. */
  current: z.array(z.string()),
  /** Mean milliseconds a symbol so far. */
  meanMs: z.number().nullable(),
  leftMs: z.number().nullable(),
  /** Why it does not work, in one sentence; null = it does, or nothing was asked of it. */
  problem: z.string().nullable(),
});
export type LanguageQueue = z.infer<typeof LanguageQueue>;
