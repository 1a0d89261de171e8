import { expect, it } from 'vitest';
import { networkInput, scaleWindow } from '../../electron/engine/vision/index.ts';
import { testEngine } from '../support/engine.ts';
import { open } from './support.ts';

it('the reading of an instrument is that of its log closes, whose picture the page shows; the fields are of its closes', async () => {
  const engine = await testEngine();
  const network = await open();
  try {
    const request = { symbol: 'AAPL', source: 'samples', asOf: '2009-12-31' } as const;
    const [view, field] = [await engine.client.analysis.reading(request), await engine.client.analysis.field(request)];
    const closes = Float64Array.from(field.close);
    const { reading, novelty } = await network.predict(networkInput(closes));
    expect(view.reading).toEqual(reading);
    expect(view.novelty).toEqual(novelty);
    const [logs, plain] = [networkInput(closes), scaleWindow(closes)];
    const red = Buffer.from(field.networkPicture, 'base64');
    expect(red).toHaveLength(3 * 64 * 64);
    for (let i = 0; i < 64; i++) {
      expect(red[3 * (64 * i + i)]).toBeCloseTo((2 * logs[i]! ** 2 - 1 + 1) * 127.5, -0.2);
      expect(field.gasf[64 * i + i]).toBeCloseTo(2 * plain[i]! ** 2 - 1, 5);
    }
  } finally {
    await network.close();
    await engine.close();
  }
});
