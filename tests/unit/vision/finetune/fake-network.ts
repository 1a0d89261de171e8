import path from 'node:path';
import { readingOf, splitLogits } from '../../../../electron/engine/vision/convnext/reading.ts';
import {
  type Convnext,
  type Prediction,
  type Projection,
  readModelInfo,
} from '../../../../electron/engine/vision/index.ts';

const CARD = path.join('models', 'model-card.json');
const MODEL = path.join('models', 'convnext-tiny-gaf.onnx');

/** Stands in for the network: features are sums over parts of the window, and the shipped heads know nothing. AAPL was trained on through 2000. */
export function fakeNetwork(dims: number, modelHash: string, delayMs = 0): Convnext {
  const info = {
    ...readModelInfo(CARD, MODEL),
    embeddingLength: dims,
    trainedThrough: '2000-12-31',
    trainedSymbols: ['AAPL'],
  };
  const answer = (x: Float64Array): Prediction => {
    const part = Math.floor(x.length / dims);
    const sums = (i: number) => x.slice(i * part, (i + 1) * part).reduce((a, b) => a + b, 0) / part;
    const embedding = Float32Array.from({ length: dims }, (_, i) => sums(i));
    const logits = splitLogits(Float32Array.from({ length: 11 }, (_, k) => Math.sin(k)));
    const novelty = { flagged: false } as Prediction['novelty'];
    return { reading: readingOf(logits), logits, embedding, novelty, inferenceMs: 0, cached: false };
  };
  const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(() => resolve(value), delayMs));
  return {
    ...({} as Projection),
    ...{
      info,
      modelHash,
      referenceHash: 'c'.repeat(64),
      executionProvider: 'cpu',
      fallback: null,
      threads: 1,
      batchSize: 1,
    },
    directionBaseRates: { bullish: 0.35, bearish: 0.24, neutral: 0.41 },
    sampleStatus: (symbol, asOf) => (symbol === 'AAPL' && asOf < Date.parse('2001-01-01') ? 'training' : 'out'),
    predict: (x) => later(answer(x)),
    predictBatch: (xs) => later(xs.map(answer)),
    readAhead: async () => {},
    extractFeatures: (x) => later(answer(x).embedding),
    alive: () => true,
    close: async () => {},
  };
}
