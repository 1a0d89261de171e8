import { expect, test } from 'vitest';
import type { Calibration } from '../../../electron/engine/decision/index.ts';
import { createCalibrationMemory } from '../../../electron/engine/replay/calibration-memory.ts';

const DAY = 86_400_000;

/** How often the figures are asked anew while trips are learnt, with a question after each. */
async function asks(trips: readonly { begins: number; knownAt: number }[]): Promise<number> {
  let asked = 0;
  const calibration = async () => ({ n: asked++ }) as Calibration;
  const memory = createCalibrationMemory({ calibration });
  for (const trip of trips) {
    memory.learn({ symbol: 'TEST', interval: '1d', regimeHead: '', ...trip });
    await memory.calibration({ origin: 'replay', interval: '1d', regimeHead: '' }, trip.knownAt);
  }
  return asked;
}

test('figures are asked anew with each twentieth trip that shares no move with one before', async () => {
  const apart = Array.from({ length: 60 }, (_, i) => ({ begins: i * DAY, knownAt: (i + 1) * DAY }));
  expect(await asks(apart)).toBe(4);
  const sharing = Array.from({ length: 60 }, (_, i) => ({ begins: 3 * i * DAY, knownAt: (3 * i + 4) * DAY }));
  expect(await asks(sharing)).toBe(2);
  const same = Array.from({ length: 60 }, () => ({ begins: 0, knownAt: DAY }));
  expect(await asks(same)).toBe(1);
});
