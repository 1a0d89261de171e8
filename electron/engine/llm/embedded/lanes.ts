import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { BrainnetError } from '../../../../shared/errors.ts';
import { createPrefixFiles } from './prefix-files.ts';
import type { Prompt } from './turns.ts';

/** A prefix shorter than this is evaluated again rather than read from a file. */
const WORTH_A_FILE = 64;

export interface Evaluated {
  reusedTokens: number;
  evaluatedTokens: number;
}

export interface Lanes {
  /**
   * Waits for a free sequence of the context, the one that shares most of the prompt, evaluates what it does not share but
   * for the last token, and hands it over.
   */
  use<T>(
    prompt: Prompt,
    signal: AbortSignal,
    work: (sequence: LlamaContextSequence, done: Evaluated) => Promise<T>,
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
  const waiting: (() => void)[] = [];
  const prefixes = stateDir === null ? null : createPrefixFiles(stateDir);

  const take = async (tokens: Token[]): Promise<LlamaContextSequence> => {
    while (free.length === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    const shared = free.map((sequence) => sharedWith(sequence, tokens));
    return free.splice(shared.indexOf(Math.max(...shared)), 1)[0]!;
  };

  const giveBack = (sequence: LlamaContextSequence) => {
    free.unshift(sequence);
    waiting.shift()?.();
  };

  return {
    async use(prompt, signal, work) {
      const sequence = await take(prompt.tokens);
      try {
        refuseAborted(signal);
        return await work(sequence, await prepare(sequence, prompt, signal));
      } finally {
        giveBack(sequence);
      }
    },
  };

  async function prepare(sequence: LlamaContextSequence, prompt: Prompt, signal: AbortSignal): Promise<Evaluated> {
    const body = prompt.tokens.slice(0, -1);
    const system = body.slice(0, prompt.systemTokens);
    const before = sequence.tokenMeter.getState();
    if (prefixes && system.length - sharedWith(sequence, system) >= WORTH_A_FILE) {
      await prefixes.load(sequence, system, () => evaluate(sequence, system, signal));
    }
    await evaluate(sequence, body, signal);
    const counted = sequence.tokenMeter.diff(before);
    const evaluatedTokens = counted.usedInputTokens + counted.usedOutputTokens + 1;
    return { evaluatedTokens, reusedTokens: Math.max(0, prompt.tokens.length - evaluatedTokens) };
  }

  /** Leaves the sequence holding exactly `tokens`. */
  async function evaluate(sequence: LlamaContextSequence, tokens: Token[], signal: AbortSignal): Promise<void> {
    await sequence.adaptStateToTokens(tokens, false);
    for (let at = sequence.nextTokenIndex; at < tokens.length; ) {
      refuseAborted(signal);
      const end = Math.min(tokens.length, at + part);
      await sequence.evaluateWithoutGeneratingNewTokens(tokens.slice(at, end));
      at = end;
    }
  }
}

const sharedWith = (sequence: LlamaContextSequence, tokens: Token[]) =>
  sequence.compareContextTokens(tokens).firstDifferentIndex;

export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new BrainnetError('CANCELLED');
}
