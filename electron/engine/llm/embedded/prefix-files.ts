import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import type { LlamaContextSequence, Token } from 'node-llama-cpp';
import { unlessAborted } from './abort.ts';

/** Kept at once; the ones used longest ago go. A token of Phi-3.5 takes 0.4 MB. */
const MOST_FILES = 4;
const MOST_BYTES = 2 ** 31;

interface Kept {
  file: string;
  bytes: number;
}

export interface PrefixFiles {
  /** Leaves the sequence holding a prefix: read where it was kept, else evaluated and kept. @throws CANCELLED, and what `evaluate` throws */
  load(
    sequence: LlamaContextSequence,
    tokens: Token[],
    evaluate: () => Promise<void>,
    signal: AbortSignal,
  ): Promise<void>;
}

/**
 * States of common prefixes as files: sequences of a context share nothing by themselves, and one that turns to other
 * instructions forgets the first. What cannot be kept or read is evaluated again.
 */
export function createPrefixFiles(folder: string): PrefixFiles {
  const files = new Map<string, Promise<Kept | null>>();

  const forgetOldest = async () => {
    const kept = await Promise.all([...files].map(async ([name, saving]) => ({ name, saved: await saving })));
    let bytes = kept.reduce((sum, { saved }) => sum + (saved?.bytes ?? 0), 0);
    for (const { name, saved } of kept) {
      if (files.size <= MOST_FILES && bytes <= MOST_BYTES) return;
      files.delete(name);
      bytes -= saved?.bytes ?? 0;
      if (saved) rmSync(saved.file, { force: true });
    }
  };

  const save = async (sequence: LlamaContextSequence, name: string): Promise<Kept | null> => {
    const file = path.join(folder, name);
    const saved = await sequence.saveStateToFile(file).catch(() => null);
    if (saved === null) rmSync(file, { force: true });
    return saved && { file, bytes: saved.fileSize };
  };

  return {
    async load(sequence, tokens, evaluate, signal) {
      const name = createHash('sha256').update(Uint32Array.from(tokens)).digest('hex');
      const saving = files.get(name);
      const kept = saving ? await unlessAborted(saving, signal) : null;
      if (kept && (await read(sequence, kept.file))) {
        files.delete(name);
        files.set(name, Promise.resolve(kept));
        return;
      }
      const { promise, resolve } = Promise.withResolvers<Kept | null>();
      files.set(name, promise);
      try {
        await evaluate();
        resolve(await save(sequence, name));
      } catch (error) {
        resolve(null);
        files.delete(name);
        throw error;
      }
      await forgetOldest();
    },
  };
}

async function read(sequence: LlamaContextSequence, file: string): Promise<boolean> {
  try {
    await sequence.loadStateFromFile(file, { acceptRisk: true });
    return true;
  } catch {
    await sequence.clearHistory();
    return false;
  }
}
