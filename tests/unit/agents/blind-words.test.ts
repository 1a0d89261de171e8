import { expect, test } from 'vitest';
import { packEvidence } from '../../../electron/engine/agents/index.ts';
import { features, scaleWindow, scores } from '../../../electron/engine/vision/index.ts';

const x = scaleWindow(Float64Array.from({ length: 64 }, (_, i) => 100 + Math.sin(i / 5)));
const told = (symbol: string, text: string) => {
  const named = { symbol, interval: '1d', lastBarDate: '2012-12-31', lastClose: 100, currency: 'USD' };
  const read = features(x);
  return packEvidence({
    ...{ x, features: read, scores: scores(read), looks: [], named, blind: true },
    memory: [{ text, time: 0 }],
  }).memory![0]!.text;
};

test.each([
  [
    'T',
    'The pattern of T, T\u2019s and (T) TREND at t',
    'The pattern of [hidden], [hidden]\u2019s and ([hidden]) TREND at t',
  ],
  ['A', 'GAAP of A', 'GAAP of [hidden]'],
  ['AAPL', 'AAPL rose, AAPL/USD too', '[hidden] rose, [hidden]/USD too'],
  ['BRK.B', 'BRK.B, not BRK-B or BRKxB', '[hidden], not BRK-B or BRKxB'],
  ['^GSPC', 'of ^GSPC.', 'of [hidden].'],
])('blind mode hides %s where it stands as a word of its own', (symbol, text, hidden) => {
  expect(told(symbol, text)).toBe(hidden);
});
