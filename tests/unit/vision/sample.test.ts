import { describe, expect, it } from 'vitest';
import { sampleStatus } from '../../../electron/engine/vision/index.ts';

const card = {
  trainedSymbols: ['AAPL', 'SP500'],
  symbolAliases: { '^GSPC': 'SP500' },
  trainedThrough: '2011-12-31',
  calibratedThrough: '2014-12-31',
};
const at = (instant: string) => Date.parse(instant);

describe('whether an as-of is in sample', () => {
  it.each([
    // 2011-12-31 ended in New York at 05:00 UTC of the next day
    ['AAPL', '2012-01-01T05:00:00Z', 'training'],
    ['AAPL', '2001-03-01T05:00:00Z', 'training'],
    ['AAPL', '2012-01-04T05:00:00Z', 'tuning'],
    ['AAPL', '2015-01-01T05:00:00Z', 'tuning'],
    ['AAPL', '2015-01-03T05:00:00Z', 'out'],
    ['^GSPC', '2010-06-01T05:00:00Z', 'training'],
    ['SP500', '2013-06-01T05:00:00Z', 'tuning'],
    ['AAPL.US', '2001-03-01T05:00:00Z', 'training'],
    ['GOOG', '2010-06-01T05:00:00Z', 'out'],
  ] as const)('%s at %s is %s', (symbol, asOf, expected) => {
    expect(sampleStatus(card, symbol, at(asOf))).toBe(expected);
  });
});
