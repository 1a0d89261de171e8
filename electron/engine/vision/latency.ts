import type { Latency } from '../../../shared/domain/index.ts';
import type { Convnext, Prediction } from './convnext/index.ts';

const KEPT = 32;

export interface LatencyLog {
  /** The same network, which notes how long its readings took. */
  timed(network: Convnext): Convnext;
  /** The last readings that ran, oldest first; those out of the cache did not run. */
  last(): Latency[];
}

export function createLatencyLog(most = KEPT): LatencyLog {
  const entries: Latency[] = [];
  const note = (entry: Latency) => {
    entries.push(entry);
    if (entries.length > most) entries.shift();
  };
  /** Windows that ran together carry the same share of their batch's time. */
  const noteBatches = (predictions: readonly Prediction[]) => {
    for (let from = 0; from < predictions.length; ) {
      const ms = predictions[from]!.inferenceMs;
      const end = predictions.findIndex(({ inferenceMs }, i) => i > from && inferenceMs !== ms);
      const to = end < 0 ? predictions.length : end;
      note({ ms, together: to - from });
      from = to;
    }
  };
  return {
    timed: (network) => ({
      ...network,
      async predict(x, windowHash) {
        const prediction = await network.predict(x, windowHash);
        if (!prediction.cached) note({ ms: prediction.inferenceMs, together: 1 });
        return prediction;
      },
      async predictBatch(xs) {
        const predictions = await network.predictBatch(xs);
        noteBatches(predictions);
        return predictions;
      },
    }),
    last: () => [...entries],
  };
}
