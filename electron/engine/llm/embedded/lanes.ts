import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { refuseAborted, unlessAborted } from './abort.ts';
import { createPrefixFiles } from './prefix-files.ts';
import type { Prompt } from './turns.ts';

/** A prefix shorter than this is evaluated again rather than read from a file. */
const WORTH_A_FILE = 64;

export interface Evaluated {
  reusedTokens: number;
  evaluatedTokens: number;
}

interface Ready {
  /** The end of the prompt, at least its last token, which `work` evaluates. */
  rest: Token[];
  /** Of the whole prompt, `rest` included. */
  evaluated: Evaluated;
}

export interface Lanes {
  /**
   * Waits for a free sequence of the context, the one that shares most of the prompt, evaluates what it does not share but
   * for the last part, and hands it over with that: it and the first token of the answer are one step.
   * @throws CANCELLED, at once while it waits
   */
  use<T>(
    prompt: Prompt,
    signal: AbortSignal,
    work: (sequence: LlamaContextSequence, ready: Ready) => Promise<T>,
  ): Promise<T>;
}

export interface LaneOptions {
  count: number;
  /** Most tokens evaluated between two looks at the signal. */
  part: number;
  /** For the states of common prefixes; null: each sequence evaluates its own. */
  stateDir: string | null;
}

export function createLanes(context: LlamaContext, { count, part, stateDir }: LaneOptions): Lanes {
  const free = Array.from({ length: count }, () => context.getSequence());
  const waiting = new Set<() => void>();
  const prefixes = stateDir === null ? null : createPrefixFiles(stateDir);

  const freed = async (signal: AbortSignal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.add(resolve);
    try {
      await unlessAborted(promise, signal);
    } finally {
      const handedOn = !waiting.delete(resolve);
      if (handedOn && signal.aborted) wakeNext();
    }
  };
  const wakeNext = () => {
    const [next] = waiting;
    if (next) waiting.delete(next);
    next?.();
  };

  const take = async (tokens: Token[], signal: AbortSignal): Promise<LlamaContextSequence> => {
    while (free.length === 0) await freed(signal);
    const shared = free.map((sequence) => sharedWith(sequence, tokens));
    return free.splice(shared.indexOf(Math.max(...shared)), 1)[0]!;
  };

  const giveBack = (sequence: LlamaContextSequence) => {
    free.unshift(sequence);
    wakeNext();
  };

  return {
    async use(prompt, signal, work) {
      const sequence = await take(prompt.tokens, signal);
      try {
        refuseAborted(signal);
        return await work(sequence, await prepare(sequence, prompt, signal));
      } finally {
        giveBack(sequence);
      }
    },
  };

  async function prepare(sequence: LlamaContextSequence, { tokens, systemTokens }: Prompt, signal: AbortSignal) {
    const system = tokens.slice(0, Math.min(systemTokens, tokens.length - 1));
    const before = sequence.tokenMeter.getState();
    if (prefixes && system.length - sharedWith(sequence, system) >= WORTH_A_FILE) {
      await prefixes.load(sequence, system, () => evaluate(sequence, system, 0, signal), signal);
    }
    await evaluate(sequence, tokens, part, signal);
    const counted = sequence.tokenMeter.diff(before);
    const rest = tokens.slice(sequence.nextTokenIndex);
    const evaluatedTokens = counted.usedInputTokens + counted.usedOutputTokens + rest.length;
    return { rest, evaluated: { evaluatedTokens, reusedTokens: Math.max(0, tokens.length - evaluatedTokens) } };
  }

  /** Leaves the sequence holding `tokens` but for at most the last `left`; at least the last one where `left` is not 0. */
  async function evaluate(sequence: LlamaContextSequence, tokens: Token[], left: number, signal: AbortSignal) {
    await sequence.adaptStateToTokens(left === 0 ? tokens : tokens.slice(0, -1), false);
    while (tokens.length - sequence.nextTokenIndex > left) {
      refuseAborted(signal);
      const at = sequence.nextTokenIndex;
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, at + part));
    }
  }
}

const sharedWith = (sequence: LlamaContextSequence, tokens: Token[]) =>
  sequence.compareContextTokens(tokens).firstDifferentIndex;
