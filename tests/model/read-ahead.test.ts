import { expect, it } from 'vitest';
import { openDatabase } from '../../electron/engine/platform/index.ts';
import { createConvnext, networkInput, VISION_CACHE_MIGRATIONS } from '../../electron/engine/vision/index.ts';
import { seeded } from '../support/engine.ts';

const files = { modelFile: 'models/convnext-tiny-gaf.onnx', cardFile: 'models/model-card.json' };

it('what was read ahead is byte for byte what a single reading gives, in whatever company it was read', async () => {
  const random = seeded(4);
  const windows = Array.from({ length: 21 }, (_, i) => {
    let price = 100;
    return {
      hash: `w${i}`,
      x: networkInput(Float64Array.from({ length: 64 }, () => (price *= 1 + (random() - 0.5) / 50))),
    };
  });
  const cache = openDatabase({ file: ':memory:', migrations: VISION_CACHE_MIGRATIONS, synchronous: 'NORMAL' });
  const network = await createConvnext({ ...files, device: 'cpu', cache });
  await network.readAhead(windows.slice(0, 3));
  await network.readAhead(windows.toReversed());
  for (const { x, hash } of windows) {
    const [ahead, alone] = [await network.predict(x, hash), await network.predict(x)];
    expect([ahead.cached, alone.cached]).toEqual([true, false]);
    expect(ahead.logits).toEqual(alone.logits);
    expect(Buffer.from(ahead.embedding.buffer).equals(Buffer.from(alone.embedding.slice().buffer))).toBe(true);
  }
  await network.close();
  cache.close();
});

it('without a cache nothing is read ahead', async () => {
  const network = await createConvnext({ ...files, device: 'cpu' });
  const x = new Float64Array(64);
  await network.readAhead([{ x, hash: 'w' }]);
  expect((await network.predict(x, 'w')).cached).toBe(false);
  await network.close();
});
