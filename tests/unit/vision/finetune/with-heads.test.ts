import { describe, expect, it } from 'vitest';
import { composeVersion } from '../../../../electron/engine/vision/finetune/compose-version.ts';
import { readyHeads } from '../../../../electron/engine/vision/finetune/heads.ts';
import { withHeads } from '../../../../electron/engine/vision/index.ts';
import { DIRECTIONS } from '../../../../shared/domain/index.ts';
import { fakeNetwork } from './fake-network.ts';
import { BASE, DIMS, trained, versionInput } from './versions.ts';

const network = fakeNetwork(DIMS, BASE);
const x = Float64Array.from({ length: 64 }, (_, i) => Math.sin(i));
const direction = readyHeads(composeVersion(versionInput({ trained: trained(5, ['direction']) })));

describe('a network with fine-tuned heads', () => {
  it('answers with scale * shipped + bias + weights * features for the heads it holds, and as shipped for the rest', async () => {
    const [shipped, tuned] = [await network.predict(x), await withHeads(network, direction).predict(x)];
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
    const tuned = withHeads(network, direction);
    const [once, again] = [await tuned.predict(x, 'h'), await tuned.predict(x, 'h')];
    expect(again.logits).toEqual(once.logits);
    expect((await tuned.predictBatch([x, x]))[1]!.logits).toEqual(once.logits);
  });

  it('names its heads by hash, vetoes by their class shares, and says through when they were fitted', () => {
    const tuned = withHeads(network, direction);
    expect(tuned.heads).toEqual({ id: direction.content.id, hash: direction.hash });
    expect(tuned.directionBaseRates).toEqual({ bullish: 0.4, bearish: 0.3, neutral: 0.2 });
    expect(tuned.info.trainedThrough).toBe('2011-12-31');
    expect(tuned.info.heads[1]!.verdict).toContain(
      'Measured on 1d bars of GOOG alone; elsewhere it has shown no skill.',
    );
    expect(tuned.info.trainedSymbols).toEqual([...network.info.trainedSymbols, 'GOOG']);
  });

  it('calls in sample what either the network or the heads were fitted on', () => {
    const tuned = withHeads(network, direction, { GOOGL: 'GOOG' });
    const at = (symbol: string, date: string) => tuned.sampleStatus(symbol, Date.parse(date));
    expect(network.sampleStatus('GOOG', Date.parse('2010-01-01'))).toBe('out');
    expect(at('GOOG', '2010-01-01')).toBe('training');
    expect(at('GOOGL', '2012-01-01T05:00:00Z')).toBe('training');
    expect(at('GOOG', '2012-01-02T05:00:00Z')).toBe('out');
    expect(at('GOOG.US', '2010-01-01')).toBe('training');
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

describe('a version after another', () => {
  it('keeps the heads in force that were not beaten, with what they were fitted on', () => {
    const fitted = [{ ...versionInput().fitted[0]!, symbol: 'MSFT', lastDate: '2012-06-29' }];
    const next = composeVersion(versionInput({ trained: trained(6, ['regime']), inForce: direction, fitted }));
    expect(next.heads.map(({ head }) => head)).toEqual(['regime', 'direction']);
    expect(next.heads[1]).toEqual(direction.content.heads[0]);
    expect(next.fitted.map(({ symbol }) => symbol)).toEqual(['MSFT', 'GOOG']);
    expect(next.trainedThrough).toBe('2012-06-29');
  });
});
