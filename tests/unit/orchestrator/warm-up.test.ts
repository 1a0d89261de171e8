import { afterEach, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/index.ts';
import { decide, testEngine } from '../../support/engine.ts';

const open: Engine[] = [];
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close();
});

async function decided(warm: boolean) {
  const engine = await testEngine();
  open.push(engine);
  if (warm) await engine.warmUp();
  return decide(engine, { symbols: [{ symbol: 'AAPL', source: 'samples' }] });
}

it('decides the same after a warm-up as without one', async () => {
  const [[cold], [warm]] = [await decided(false), await decided(true)];
  expect(warm!.contentHash).toBe(cold!.contentHash);
});

it('closes while it warms up', async () => {
  const engine = await testEngine();
  const warming = engine.warmUp();
  await engine.close();
  await expect(warming).resolves.toBeUndefined();
});
