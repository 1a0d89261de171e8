import { expect, it } from 'vitest';
import { type Convnext, createLatencyLog } from '../../../electron/engine/vision/index.ts';

it('the latency of readings that ran is kept, of batches as a share each, and none of the cache', async () => {
  const answers = [5, 5, 7];
  const network = {
    predict: async (_: Float64Array, hash?: string) => ({ inferenceMs: hash ? 0 : 12, cached: hash !== undefined }),
    predictBatch: async () => answers.map((inferenceMs) => ({ inferenceMs, cached: false })),
  } as unknown as Convnext;
  const log = createLatencyLog(3);
  const timed = log.timed(network);
  const x = new Float64Array(64);
  await timed.predict(x);
  await timed.predict(x, 'known');
  expect(log.last()).toEqual([{ ms: 12, together: 1 }]);
  await timed.predictBatch([x, x, x]);
  await timed.predict(x);
  expect(log.last()).toEqual([
    { ms: 5, together: 2 },
    { ms: 7, together: 1 },
    { ms: 12, together: 1 },
  ]);
});
