import { expect, it } from 'vitest';
import { readAs } from '../../../electron/engine/replay/leakage/read-as.ts';
import { composeVersion } from '../../../electron/engine/vision/finetune/compose-version.ts';
import { readyHeads } from '../../../electron/engine/vision/finetune/heads.ts';
import { networkFor, withHeads } from '../../../electron/engine/vision/index.ts';
import { fakeNetwork } from '../vision/finetune/fake-network.ts';
import { BASE, DIMS, trained, versionInput } from '../vision/finetune/versions.ts';

const heads = readyHeads(composeVersion(versionInput({ trained: trained(5, ['direction']) })));
const hidden = { symbol: 'HIDDEN', source: 'samples', interval: '1d' } as const;

it('a hidden symbol is read by the heads that read it under its name, so that hiding it changes no reading', () => {
  const tuned = withHeads(fakeNetwork(DIMS, BASE), heads, { GOOGL: 'GOOG' });
  expect(networkFor(tuned, hidden).heads).toBeUndefined();
  for (const symbol of ['GOOG', 'GOOGL'])
    expect(networkFor(readAs(tuned, symbol), hidden).heads).toMatchObject({ sha256: heads.hash });
  expect(networkFor(readAs(tuned, 'MSFT'), hidden).heads).toBeUndefined();
});

it('a network without heads of its own stays as it is', () => {
  const network = fakeNetwork(DIMS, BASE);
  expect(readAs(network, 'GOOG')).toBe(network);
});
