import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../renderer/format/csv.ts';
import {
  barTime,
  bytes,
  certainty,
  change,
  duration,
  figure,
  price,
  probability,
  share,
  short,
  utc,
  volume,
  whole,
} from '../../../renderer/format/index.ts';

const EN = 'en-US';

describe('figures on screen', () => {
  it('shows a price with the decimals its size asks for', () => {
    expect(price(1426.19, EN)).toBe('1,426.19');
    expect(price(26.7, EN)).toBe('26.70');
    expect(price(0.0123456, EN)).toBe('0.01235');
    expect(price(0, EN)).toBe('0.00');
  });

  it('shows a change with its sign, and zero without one', () => {
    expect(change(0.0123, EN)).toBe('+1.23 %');
    expect(change(-0.5, EN)).toBe('\u221250.00 %');
    expect(change(0.00001, EN)).toBe('0.00 %');
  });

  it('never shows a negative zero', () => {
    expect(figure(-0.001, 2, EN)).toBe('0.00');
    expect(figure(-0.72, 2, EN)).toBe('\u22120.72');
  });

  it('says N/A for what is not known', () => {
    for (const show of [price, change, share, figure, whole, volume, duration]) expect(show(null)).toBe('N/A');
    expect(price(Number.NaN)).toBe('N/A');
  });

  it('rounds C and probabilities down, so that only a full 1 reads as one', () => {
    expect([0.9968, 0.9957, 0.99999999999999, 1].map((value) => certainty(value, EN))).toEqual([
      '0.99',
      '0.99',
      '0.99',
      '1.00',
    ]);
    for (let hundredths = 0; hundredths <= 100; hundredths++)
      expect(certainty(hundredths / 100, EN)).toBe((hundredths / 100).toFixed(2));
    expect(certainty(0.789, EN)).toBe('0.78');
    expect(certainty(null)).toBe('N/A');
    expect(share(299 / 300, 0, EN)).toBe('99 %');
    expect(share(1, 0, EN)).toBe('100 %');
  });

  it('rounds a class probability to the nearest hundredth, and calls none below 1 certain', () => {
    expect([0.3489, 0.3551, 0.9968, 0.99999999999999, 1].map((value) => probability(value, EN))).toEqual([
      '0.35',
      '0.36',
      '0.99',
      '0.99',
      '1.00',
    ]);
    expect(probability(null)).toBe('N/A');
  });

  it('follows the locale of the user', () => {
    expect(price(1426.19, 'de-DE')).toBe('1.426,19');
    expect(share(6 / 7, 0, 'de-DE')).toBe('86 %');
  });

  it('shows volumes and sizes in short form', () => {
    expect(volume(23_553_255, EN)).toBe('23.55M');
    expect(bytes(111_600_000, EN)).toBe('111.6 MB');
    expect(bytes(16, EN)).toBe('16 B');
  });

  it('shows lengths of time roughly', () => {
    expect(duration(850)).toBe('850 ms');
    expect(duration(12_400)).toBe('12 s');
    expect(duration(185_000)).toBe('3 min 5 s');
    expect(duration(7_440_000)).toBe('2 h 4 min');
  });

  it('labels clock times as UTC, and bars by date or minute', () => {
    expect(utc('2026-11-22T23:05:09.000Z')).toBe('2026-11-22 23:05 UTC');
    const bar = Date.UTC(2012, 11, 31, 14, 30);
    expect(barTime(bar, false)).toBe('2012-12-31');
    expect(barTime(bar, true)).toBe('2012-12-31 14:30');
  });

  it('shortens hashes, not short words', () => {
    expect(short(`${'a'.repeat(60)}beef`)).toBe('aaaaaaaa\u2026beef');
    expect(short('convnext')).toBe('convnext');
  });
});

describe('CSV export', () => {
  it('quotes what needs it and ends lines as RFC 4180 says', () => {
    expect(
      toCsv(
        ['a', 'b'],
        [
          ['x,y', 'say "so"'],
          [1.5, null],
        ],
      ),
    ).toBe('a,b\r\n"x,y","say ""so"""\r\n1.5,\r\n');
  });

  it('keeps a spreadsheet from running a symbol as a formula, and numbers as they are', () => {
    expect(toCsv(['symbol', 'close'], [['=HYPERLINK("x")', -1.5]])).toBe(
      'symbol,close\r\n"\'=HYPERLINK(""x"")",-1.5\r\n',
    );
  });
});
