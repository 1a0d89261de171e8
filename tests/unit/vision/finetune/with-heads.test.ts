import { describe, expect, it } from 'vitest';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { governsOf, readyHeads } from '../../../../electron/engine/vision/finetune/heads.ts';
import { networkFor, withHeads } from '../../../../electron/engine/vision/index.ts';
import { DIRECTIONS, headsText } from '../../../../shared/domain/index.ts';
import { fakeNetwork } from './fake-network.ts';
import { BASE, DIMS, trained, versionInput } from './versions.ts';

const network = fakeNetwork(DIMS, BASE);
const x = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i));
const direction = readyHeads(composeVersion(versionInput({ trained: trained(5, ['direction']) })));
const GOOG = { symbol: 'GOOG', source: 'samples', interval: '1d' } as const;
const tunedNetwork = (aliases = {}) => networkFor(withHeads(network, direction, aliases), GOOG);

describe('a network with fine-tuned heads', () => {
  it('answers with scale * shipped + bias + weights * features for the heads it holds, and as shipped for the rest', async () => {
    const [shipped, tuned] = [await network.predict(x), await tunedNetwork().predict(x)];
    expect(tuned.logits.regime).toEqual(shipped.logits.regime);
    expect(tuned.reading.volatility).toEqual(shipped.reading.volatility);
    const { scale, bias, weights } = trained(5)[1]!.fitted;
    const expected = shipped.logits.direction.map((logit, k) => {
      const own = [...shipped.embedding].map((value, j) => value * Math.fround(weights[k * DIMS + j]!));
      return scale * logit + bias[k]! + own.reduce((a, b) => a + b);
    });
    const total = expected.reduce((sum, logit) => sum + Math.exp(logit), 0);
    DIRECTIONS.forEach((name, k) => {
      expect(tuned.logits.direction[k]).toBeCloseTo(expected[k]!, 9);
      expect(tuned.reading.direction[name]).toBeCloseTo(Math.exp(expected[k]!) / total, 9);
    });
  });

  it('answers the same, byte for byte, each time and in a batch', async () => {
    const tuned = tunedNetwork();
    const [once, again] = [await tuned.predict(x, 'h'), await tuned.predict(x, 'h')];
    expect(again.logits).toEqual(once.logits);
    expect((await tuned.predictBatch([x, x]))[1]!.logits).toEqual(once.logits);
  });

  it('names its heads by hash and by what they were validated on, and vetoes by their class shares', () => {
    const tuned = tunedNetwork();
    expect(tuned.heads).toEqual({
      ...{ id: direction.content.id, sha256: direction.hash, symbol: 'GOOG', interval: '1d', heads: ['direction'] },
      ...{ validatedThrough: '2011-11-30', trainedThrough: '2011-12-31' },
    });
    expect(tuned.regimeHead).toBeUndefined();
    expect(headsText(tuned.info.tuned)).toBe(
      'direction head fine-tuned on GOOG 1d, validated through 2011-11-30; the others are as shipped',
    );
    expect(tuned.directionBaseRates).toEqual({ bullish: 0.4, bearish: 0.3, neutral: 0.2 });
    expect(tuned.info.trainedThrough).toBe('2011-12-31');
    expect(tuned.info.heads[1]!.verdict).toContain(
      'Validated on 1d bars of GOOG (samples), through 2011-11-30; it reads nothing else.',
    );
    expect(tuned.info.trainedSymbols).toEqual([...network.info.trainedSymbols, 'GOOG']);
  });

  it('calls in sample what either the network or the heads were fitted on', () => {
    const tuned = withHeads(network, direction, { GOOGL: 'GOOG' });
    const at = (symbol: string, date: string, interval: '1d' | '1h' = '1d') =>
      networkFor(tuned, { symbol, source: 'samples', interval }).sampleStatus(symbol, Date.parse(date));
    expect(network.sampleStatus('GOOG', Date.parse('2010-01-01'))).toBe('out');
    expect(at('GOOG', '2010-01-01')).toBe('training');
    expect(at('GOOGL', '2012-01-01T05:00:00Z')).toBe('training');
    expect(at('GOOG', '2012-01-02T05:00:00Z')).toBe('out');
    expect(at('GOOG.US', '2010-01-01')).toBe('training');
    expect(at('GOOG', '2010-01-01', '1h')).toBe('out');
    expect(at('MSFT', '2010-01-01')).toBe('out');
    expect(at('AAPL', '1999-01-01')).toBe('training');
  });

  it('leaves the network as it is where no heads are in force, and refuses heads of other weights', () => {
    expect(withHeads(network, null)).toBe(network);
    expect(() => withHeads(fakeNetwork(DIMS, 'b'.repeat(64)), direction)).toThrow(`${direction.content.id}.json`);
    expect(() => withHeads(fakeNetwork(DIMS + 1, direction.content.base), direction)).toThrow(
      `its heads take ${DIMS} features`,
    );
  });
});

describe('what heads were not validated on', () => {
  it.each([
    ['another symbol', { symbol: 'MSFT', source: 'samples', interval: '1d' }],
    ['another interval', { symbol: 'GOOG', source: 'samples', interval: '1h' }],
    ['another source', { symbol: 'GOOG', source: 'csv', interval: '1d' }],
    ['another source of the same bars', { symbol: 'GOOG', source: 'samples-closes', interval: '1d' }],
  ] as const)('%s is read with the shipped heads, and their card', async (_, series) => {
    const other = networkFor(withHeads(network, direction), series);
    const [own, shipped] = [await other.predict(x), await network.predict(x)];
    expect([own.logits, own.reading]).toEqual([shipped.logits, shipped.reading]);
    expect(other.heads).toBeUndefined();
    expect(other.info).toEqual(network.info);
    expect(other.directionBaseRates).toEqual(network.directionBaseRates);
    expect(headsText(other.info.tuned)).toBe('shipped heads');
  });

  it('is a symbol too that was fitted on, but had no window to validate on', () => {
    const fitted = ['GOOG', 'FB'].map((symbol) => ({ ...versionInput().fitted[0]!, symbol }));
    const heads = readyHeads(composeVersion(versionInput({ fitted })));
    expect(
      networkFor(withHeads(network, heads), { symbol: 'FB', source: 'samples', interval: '1d' }).heads,
    ).toBeUndefined();
    expect(networkFor(withHeads(network, heads), GOOG).heads?.heads).toHaveLength(3);
  });
});

describe('a version after another', () => {
  const MSFT = {
    fitted: [{ ...versionInput().fitted[0]!, symbol: 'MSFT', lastDate: '2012-06-29' }],
    validated: [{ symbol: 'MSFT', validatedThrough: '2012-05-31' }],
  };

  it('leaves every head in force for what it was validated on, where no new one takes its place', () => {
    const next = composeVersion(versionInput({ trained: trained(6), inForce: direction, ...MSFT }));
    const spans = next.heads.map(({ head, symbols }) => [head, symbols.map(({ symbol }) => symbol)]);
    expect(spans).toEqual([
      ['regime', ['MSFT']],
      ['direction', ['MSFT']],
      ['volatility', ['MSFT']],
      ['direction', ['GOOG']],
    ]);
    expect(next.heads[3]).toEqual(direction.content.heads[0]);
    expect(next.trainedThrough).toBe('2012-06-29');
    const both = withHeads(network, readyHeads(next));
    expect(networkFor(both, GOOG).heads).toMatchObject({ heads: ['direction'], trainedThrough: '2011-12-31' });
    expect(networkFor(both, GOOG).info.trainedThrough).toBe('2011-12-31');
    expect(networkFor(both, { symbol: 'MSFT', source: 'samples', interval: '1d' }).info.trainedThrough).toBe(
      '2012-06-29',
    );
  });

  it('takes over its own symbol, and keeps the interval of the others apart', () => {
    const again = composeVersion(versionInput({ trained: trained(7, ['direction']), inForce: direction }));
    expect(again.heads).toHaveLength(1);
    const hourly = composeVersion(
      versionInput({ trained: trained(8, ['direction']), inForce: direction, interval: '1h' }),
    );
    expect(hourly.heads.map(({ interval }) => interval)).toEqual(['1h', '1d']);
  });

  it('takes nothing over from the same symbol in another source: both read their own bars', () => {
    const csv = [{ ...versionInput().fitted[0]!, source: 'csv' as const }];
    const input = versionInput({ trained: trained(7, ['direction']), inForce: direction, fitted: csv });
    const both = readyHeads(composeVersion(input));
    const read = (source: 'csv' | 'samples' | 'yahoo') => networkFor(withHeads(network, both), { ...GOOG, source });
    expect(both.content.heads).toHaveLength(2);
    expect(governsOf(both.content).map(({ source }) => source)).toEqual(['csv', 'samples']);
    expect(read('samples').directionBaseRates).toEqual(tunedNetwork().directionBaseRates);
    expect(read('csv').heads?.heads).toEqual(['direction']);
    expect(read('yahoo').heads).toBeUndefined();
  });

  it('carries a regime head on under the same SHA-256, so that its record of decisions goes on', () => {
    const first = readyHeads(composeVersion(versionInput({ trained: trained(9) })));
    const next = readyHeads(composeVersion(versionInput({ trained: trained(6), inForce: first, ...MSFT })));
    const hashOf = (heads: typeof first) => networkFor(withHeads(network, heads), GOOG).regimeHead;
    expect(hashOf(first)).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOf(next)).toBe(hashOf(first));
    expect(next.hash).not.toBe(first.hash);
  });
});
