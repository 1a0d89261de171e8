import type { Answer, AnswerCache } from './cache.ts';

export interface WindowToRead {
  /** Scaled closes. */
  x: Float64Array;
  hash: string;
}

/** Windows in a run of several. */
export const TOGETHER = 16;

export interface ReadAheadDeps {
  cache: AnswerCache;
  /** The network's answers for windows read together, in their order. */
  together(xs: readonly Float64Array[]): Promise<Answer[]>;
}

/**
 * Fills the cache for windows to come. Batches are only used where they give the bytes of single readings, so that an answer never
 * depends on what was read beside it; that is tried on the first windows.
 */
export function createReadAhead({ cache, together }: ReadAheadDeps) {
  let batchesAgree: boolean | null = null;
  const keep = (windows: readonly WindowToRead[], answers: readonly Answer[]) =>
    windows.forEach(({ hash }, i) => {
      cache.put(hash, answers[i]!);
    });
  const alone = async (windows: readonly WindowToRead[]): Promise<Answer[]> => {
    const answers: Answer[] = [];
    for (const { x } of windows) answers.push((await together([x]))[0]!);
    return answers;
  };
  return async (windows: readonly WindowToRead[], signal?: AbortSignal): Promise<void> => {
    const missing = [...new Map(windows.map((window) => [window.hash, window])).values()].filter(
      ({ hash }) => cache.get(hash) === null,
    );
    for (let from = 0; from < missing.length && !signal?.aborted; from += TOGETHER) {
      const batch = missing.slice(from, from + TOGETHER);
      const xs = batch.map(({ x }) => x);
      if (batchesAgree === null && batch.length > 1) {
        const single = await alone(batch);
        const batched = await together(xs);
        batchesAgree = single.every((answer, i) => isSame(answer, batched[i]!));
        keep(batch, single);
      } else keep(batch, batchesAgree ? await together(xs) : await alone(batch));
    }
  };
}

const isSame = (a: Answer, b: Answer): boolean =>
  a.logits.every((value, i) => value === b.logits[i]) && a.embedding.every((value, i) => value === b.embedding[i]);
