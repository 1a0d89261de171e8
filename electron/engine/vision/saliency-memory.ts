import type { HeadSaliency } from '../../../shared/domain/index.ts';
import type { Convnext } from './convnext/index.ts';
import { saliency } from './saliency.ts';
import type { PriceWindow } from './window.ts';

const KEPT = 16;

/** As `saliency`, of a window and a network whose last answers are kept. @throws as `saliency` */
export type SaliencyOf = (network: Convnext, window: PriceWindow, signal?: AbortSignal) => Promise<HeadSaliency[]>;

/** Keeps the last answers in memory, by window, weights, heads and where they ran. */
export function createSaliencyMemory(most = KEPT): SaliencyOf {
  const kept = new Map<string, HeadSaliency[]>();
  return async (network, window, signal) => {
    const key = `${window.hash}/${network.modelHash}/${network.heads?.sha256 ?? 'shipped'}/${network.executionProvider}`;
    const found = kept.get(key) ?? (await saliency(network, window.close, { windowHash: window.hash, signal }));
    kept.delete(key);
    kept.set(key, found);
    const oldest = kept.keys().next().value;
    if (kept.size > most && oldest !== undefined) kept.delete(oldest);
    return found;
  };
}
