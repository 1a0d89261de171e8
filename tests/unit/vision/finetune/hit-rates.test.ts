import { expect, it } from 'vitest';
import { tunedInfo } from '../../../../electron/engine/vision/index.ts';
import { fakeNetwork } from './fake-network.ts';

it('a head that was replaced loses the hit rates of the shipped one; the others keep theirs', () => {
  const { info } = fakeNetwork(4, 'a'.repeat(64));
  const content = {
    id: 'h-20261123-0a1b2c3d',
    fitted: [],
    trainedThrough: '2001-12-31',
    heads: [{ head: 'volatility', result: { sentence: 'It gains.' } }],
  };
  const tuned = tunedInfo(info, { content } as unknown as Parameters<typeof tunedInfo>[1]);
  expect(Object.keys(info.reliability!.heads).sort()).toEqual(['direction', 'regime', 'volatility']);
  expect(Object.keys(tuned.reliability!.heads).sort()).toEqual(['direction', 'regime']);
  const volatility = tuned.heads.find(({ head }) => head === 'volatility')!;
  expect([volatility.skilled, volatility.level, volatility.worth]).toEqual([true, undefined, undefined]);
  expect(tuned.heads.find(({ head }) => head === 'regime')).toEqual(info.heads.find(({ head }) => head === 'regime'));
});
