import { expect, it } from 'vitest';
import { tunedInfo } from '../../../../electron/engine/vision/index.ts';
import { fakeNetwork } from './fake-network.ts';

it('a head that was replaced has hit rates of its own in place of the shipped ones; the others keep theirs', () => {
  const { info } = fakeNetwork(4, 'a'.repeat(64));
  const stored = { head: 'volatility', symbols: [{}], hitRates: { calm: [] }, result: { sentence: 'It gains.' } };
  const own = {
    tuned: { id: 'h-20261123-0a1b2c3d', symbol: 'GOOG', trainedThrough: '2001-12-31' },
    heads: [{ stored }],
  };
  const tuned = tunedInfo(info, own as unknown as Parameters<typeof tunedInfo>[1]);
  expect(tuned.reliability!.heads.volatility).toEqual({ calm: [] });
  expect(tuned.reliability!.heads.regime).toEqual(info.reliability!.heads.regime);
  expect(tuned.reliability!.set).toContain('your own series');
  const volatility = tuned.heads.find(({ head }) => head === 'volatility')!;
  expect([volatility.skilled, volatility.level, volatility.worth]).toEqual([true, undefined, undefined]);
  expect(tuned.heads.find(({ head }) => head === 'regime')).toEqual(info.heads.find(({ head }) => head === 'regime'));
});
