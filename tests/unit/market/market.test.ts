import { describe, expect, test } from 'vitest';
import type { Source } from '../../../shared/domain/index.ts';
import { openMarket, rejectedBy, temporaryFolder } from './support.ts';

const market = () => openMarket(temporaryFolder());

describe('which instrument a reference means', () => {
  test.each([
    [{ symbol: 'AAPL' }, 'samples'],
    [{ symbol: ' msft ' }, 'samples'],
    [{ symbol: 'JNJ' }, 'samples-closes'],
    [{ symbol: 'AAPL', source: 'samples-closes' as const }, 'samples-closes'],
    [{ symbol: 'AAPL', interval: '1d' as const }, 'samples'],
  ])('%j is that of %s', async (ref, source) => {
    expect((await market().resolve(ref)).source).toBe(source);
  });

  test.each([
    [
      { symbol: 'NOPE' },
      'NOPE is not in the bundled samples or the imported bars; import its bars from a CSV file, or choose one of the samples.',
    ],
    [
      { symbol: 'JNJ', source: 'samples' as const },
      'JNJ is not in the source samples; import its bars from a CSV file, or choose one of the samples.',
    ],
    [
      { symbol: 'AAPL', source: 'samples' as const, interval: '5m' as const },
      'AAPL is not in the source samples at interval 5m; import its bars from a CSV file, or choose one of the samples.',
    ],
  ])('%j is unknown', async (ref, sentence) => {
    for (const asked of [market().resolve(ref), market().series(ref)]) {
      expect(await rejectedBy(asked)).toMatchObject({ code: 'UNKNOWN_SYMBOL', sentence });
    }
  });

  test('a source that does not exist is named, with those that do', async () => {
    const error = await rejectedBy(market().resolve({ symbol: 'AAPL', source: 'bloomberg' as Source }));
    expect([error.code, error.sentence]).toEqual([
      'SOURCE_UNAVAILABLE',
      'There is no source bloomberg; there are samples, samples-closes, csv, yahoo and stooq.',
    ]);
  });
});

describe('series of an instrument', () => {
  test.each([
    [undefined, '2013-03-02T05:00:00.000Z'],
    ['2012-12-31', '2013-01-01T05:00:00.000Z'],
    ['2012-12-30', '2012-12-29T05:00:00.000Z'],
    ['2012-07-04T12:00:00Z', '2012-07-04T04:00:00.000Z'],
  ])('as of %s ends at %s', async (asOf, end) => {
    expect(new Date((await market().series({ symbol: 'IBM' }, asOf)).asOf).toISOString()).toBe(end);
  });

  test('never reaches past the clock', async () => {
    const then = openMarket(temporaryFolder(), null, Date.parse('2012-12-31T18:00:00Z'));
    const ibm = await then.series({ symbol: 'IBM' });
    expect(new Date(ibm.asOf).toISOString()).toBe('2012-12-29T05:00:00.000Z');
    expect(ibm.notices.map(({ rule, bars }) => [rule, bars])).toEqual([
      ['unfinished', 1],
      ['later-than-now', 41],
    ]);
  });

  test.each([
    ['1999-01-01', 'TOO_FEW_BARS'],
    ['2012-02-31', 'BAD_DATE'],
  ])('as of %s is refused', async (asOf, code) => {
    expect((await rejectedBy(market().series({ symbol: 'IBM' }, asOf))).code).toBe(code);
  });
});
