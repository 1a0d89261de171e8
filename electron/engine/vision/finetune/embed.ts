import type { Database } from '../../platform/index.ts';
import { type Answer, openAnswerCache } from '../convnext/cache.ts';
import type { Convnext } from '../convnext/index.ts';

/** Windows that go through the network together; between two batches a run can be cancelled. */
const BATCH = 16;

export interface ToEmbed {
  x: Float64Array;
  hash: string;
}

/**
 * Features and shipped logits of windows, in their order, batch by batch; what the cache holds is not asked again.
 * @param network the network with its shipped heads
 */
export async function* embed(
  network: Convnext,
  cache: Database | null,
  windows: readonly ToEmbed[],
): AsyncGenerator<Answer[]> {
  const { modelHash, executionProvider, threads, info } = network;
  const known = openAnswerCache(cache, `${modelHash}/${executionProvider}/${threads}/batch`, info.embeddingLength);
  for (let from = 0; from < windows.length; from += BATCH) {
    const batch = windows.slice(from, from + BATCH);
    const answers = batch.map(({ hash }) => known.get(hash));
    const missing = batch.filter((_, i) => answers[i] === null);
    const fresh = missing.length === 0 ? [] : await network.predictBatch(missing.map(({ x }) => x));
    const found = fresh.map(({ logits, embedding }, i) => {
      const flat = Float32Array.of(...logits.regime, ...logits.direction, ...logits.volatility);
      const answer = { logits: flat, embedding };
      known.put(missing[i]!.hash, answer);
      return answer;
    });
    yield answers.map((answer) => answer ?? found.shift()!);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
