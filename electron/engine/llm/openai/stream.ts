import { APIError } from 'openai';
import { z } from 'zod';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Deadline } from './deadline.ts';

const Top = z.object({ token: z.string(), logprob: z.number() });
/** A place that cannot be read is left out, as is a probability of 0, whose logarithm JSON can only write as null. */
const Tops = z
  .array(z.unknown())
  .transform((all) => all.flatMap((each) => Top.safeParse(each).data ?? []))
  .nullish()
  .catch(null);
const Piece = z.object({ content: z.unknown().optional() });
const Choice = z.object({
  delta: Piece.nullish(),
  /** Where a whole answer came instead of a stream. */
  message: Piece.nullish(),
  finish_reason: z.string().nullish(),
  logprobs: z
    .object({ content: z.array(z.object({ top_logprobs: Tops })).nullish() })
    .nullish()
    .catch(null),
});
/** Tokens that no request has; a server that tells more has not counted. */
const MOST_TOKENS = 1e9;
/** A count that cannot be one is none: an answer stands without it. */
const Count = z.int().min(0).max(MOST_TOKENS).nullish().catch(null);
const Counts = z.object({
  prompt_tokens: Count,
  completion_tokens: Count,
  prompt_tokens_details: z.object({ cached_tokens: Count }).nullish().catch(null),
});
const Chunk = z.object({ choices: z.array(Choice).nullish(), usage: Counts.nullish().catch(null) });

export type TopTokens = readonly z.infer<typeof Top>[];

/** An answer as it came. */
export interface Streamed {
  text: string;
  finish: 'stop' | 'length';
  /** Likeliest tokens at the first place; null where the server does not tell. */
  first: TopTokens | null;
  /** Tokens as the server counted them; null where it does not say. */
  prompt: number | null;
  cached: number;
  generated: number | null;
  promptMs: number;
  generateMs: number;
}

/** Characters that `maxTokens` tokens can have at most; a server that sends more is not listened to any longer. */
const mostCharacters = (maxTokens: number) => 400 + 20 * maxTokens;

/**
 * Reads a stream to its end.
 * @throws LLM_ANSWER_BAD where it ends in the middle or is not of the protocol; what the deadline throws
 */
export async function readStream(
  stream: AsyncIterable<unknown>,
  { maxTokens, deadline, onToken }: { maxTokens: number; deadline: Deadline; onToken?: (text: string) => void },
): Promise<Streamed> {
  const began = performance.now();
  let firstAt: number | null = null;
  let finish: string | null = null;
  const read = { text: '', first: null as TopTokens | null, prompt: null as number | null, cached: 0 };
  let generated: number | null = null;
  for await (const raw of stream) {
    deadline.touch();
    const { choices, usage } = chunkOf(raw);
    if (usage) {
      read.prompt = usage.prompt_tokens ?? read.prompt;
      read.cached = usage.prompt_tokens_details?.cached_tokens ?? read.cached;
      generated = usage.completion_tokens ?? generated;
    }
    const choice = choices?.[0];
    if (!choice) continue;
    const content = (choice.delta ?? choice.message)?.content;
    if (typeof content === 'string' && content !== '') {
      firstAt ??= performance.now();
      read.text += content;
      onToken?.(content);
    }
    read.first ??= told(choice.logprobs?.content?.[0]?.top_logprobs);
    finish = choice.finish_reason ?? finish;
    if (read.text.length > mostCharacters(maxTokens)) {
      finish = 'length';
      break;
    }
  }
  deadline.check();
  if (finish === null) throw bad('it broke off in the middle');
  if (finish === 'content_filter') throw bad('the server withheld it');
  const ended = performance.now();
  return {
    ...{ ...read, text: read.text.slice(0, mostCharacters(maxTokens)), generated },
    finish: finish === 'length' ? 'length' : 'stop',
    promptMs: (firstAt ?? ended) - began,
    generateMs: ended - (firstAt ?? ended),
  };
}

const told = (top: TopTokens | null | undefined): TopTokens | null => (top && top.length > 0 ? top : null);

/** @throws LLM_ANSWER_BAD, or what the server says went wrong, as the package would */
function chunkOf(raw: unknown): z.infer<typeof Chunk> {
  if (z.object({ object: z.literal('error') }).safeParse(raw).success)
    throw new APIError(undefined, raw as object, undefined, undefined);
  const chunk = Chunk.safeParse(raw);
  if (!chunk.success) throw bad('it is not of the protocol');
  return chunk.data;
}

const bad = (problem: string) => new BrainnetError('LLM_ANSWER_BAD', { problem });
