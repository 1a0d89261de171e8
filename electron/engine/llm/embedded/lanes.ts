import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { LlamaContext, LlamaContextSequence, Token } from 'node-llama-cpp';
import { BrainnetError } from '../../../../shared/errors.ts';
import type { Prompt } from './turns.ts';

/** A prefix shorter than this is evaluated again rather than read from a file. */
const WORTH_A_FILE = 64;
/** Prefixes kept as files; the one used longest ago goes. */
const MOST_FILES = 2;

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
  close(): void;
}

/** @param chunk most tokens evaluated between two looks at the signal */
export function createLanes(context: LlamaContext, count: number, chunk: () => number): Lanes {
  const free = Array.from({ length: count }, () => context.getSequence());
  const waiting: (() => void)[] = [];
  const prefixes = count > 1 ? createPrefixFiles() : null;

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
    close: () => prefixes?.close(),
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
      const end = Math.min(tokens.length, at + chunk());
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

/** What one sequence evaluated of a common prefix, for the others: sequences of a context share nothing by themselves. */
function createPrefixFiles() {
  const folder = mkdtempSync(path.join(tmpdir(), 'brainnet-llm-'));
  const files = new Map<string, Promise<string>>();

  const nameOf = (tokens: Token[]) => createHash('sha256').update(Uint32Array.from(tokens)).digest('hex');

  const forgetOldest = () => {
    const [oldest] = files.keys();
    if (files.size <= MOST_FILES || oldest === undefined) return;
    files.delete(oldest);
    rmSync(path.join(folder, oldest), { force: true });
  };

  return {
    async load(sequence: LlamaContextSequence, tokens: Token[], evaluate: () => Promise<void>): Promise<void> {
      const name = nameOf(tokens);
      const kept = files.get(name);
      if (kept) {
        const file = await kept.catch(() => null);
        if (file !== null) return sequence.loadStateFromFile(file, { acceptRisk: true });
      }
      const saved = (async () => {
        await evaluate();
        const file = path.join(folder, name);
        await sequence.saveStateToFile(file);
        return file;
      })();
      files.set(name, saved);
      saved.catch(() => files.delete(name));
      forgetOldest();
      await saved;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
