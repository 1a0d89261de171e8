import { canonicalJson, sha256 } from '../../platform/index.ts';
import { type FitRequest, fitInThread } from './fit-thread.ts';
import type { Training } from './train-heads.ts';

/** As `fitInThread`, which is asked again only where something differs from the last request: keeping what a dry run found takes no second fit. */
export function createFitMemory(fitAnew: typeof fitInThread = fitInThread): typeof fitInThread {
  let last: { key: string; training: Training } | null = null;
  return async (request, signal, onFit) => {
    const key = keyOf(request);
    if (last?.key !== key) last = { key, training: await fitAnew(request, signal, onFit) };
    return last.training;
  };
}

/** Of everything that a fit, which is deterministic, rests on. */
function keyOf({ set, times, blockBars, seed }: FitRequest): string {
  const { count, dims, ...columns } = set;
  const hashes = Object.entries(columns).map(([name, values]) => [name, sha256(values)]);
  return sha256(canonicalJson({ count, dims, blockBars, seed, hashes, times: times.map((own) => sha256(own)) }));
}
