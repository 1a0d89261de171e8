import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../renderer/format/csv.ts';
import { nameOfFile, readList } from '../../../renderer/screens/watchlist/list-csv.ts';
import type { Instrument, Source } from '../../../shared/domain/index.ts';

const instrument = (symbol: string, source: Source): Instrument => ({
  ...{ symbol, source, interval: '1d', name: symbol, currency: 'USD', timezone: 'America/New_York' },
  ...{ closeOnly: false, bars: 2, firstDate: '2012-01-01', lastDate: '2012-12-31', defaultAsOf: null },
});
const HERE = [
  instrument('AAPL', 'samples'),
  instrument('AAPL', 'csv'),
  instrument('XOM', 'samples-closes'),
  instrument('^GSPC', 'samples'),
];

describe('a list from a file', () => {
  it('comes back as it was saved', () => {
    const rows = [
      ['AAPL', 'samples'],
      ['^GSPC', 'samples'],
      ['SAP.DE', 'yahoo'],
    ];
    const { items, leftOut } = readList(toCsv(['symbol', 'source'], rows), HERE, null);
    expect(items.map(({ symbol, source }) => [symbol, source])).toEqual(rows);
    expect(leftOut).toEqual([]);
  });

  it('may leave sources out, have columns in any order and case, semicolons, a mark, or no header', () => {
    expect(readList('\uFEFFSource;SYMBOL\n;aapl\n;"xom"\n', HERE, null).items).toEqual([
      { symbol: 'AAPL', source: 'csv' },
      { symbol: 'XOM', source: 'samples-closes' },
    ]);
    expect(readList('aapl,samples\r\nxom\r\n', HERE, null).items).toEqual([
      { symbol: 'AAPL', source: 'samples' },
      { symbol: 'XOM', source: 'samples-closes' },
    ]);
  });

  it('takes what is not here from the live source, and only where one is switched on', () => {
    expect(readList('symbol\nSAP.DE\n', HERE, 'yahoo').items).toEqual([{ symbol: 'SAP.DE', source: 'yahoo' }]);
    expect(readList('symbol\nSAP.DE\n', HERE, null)).toEqual({ items: [], leftOut: ['SAP.DE'] });
  });

  it('leaves out what has no bars or is no symbol, and says which', () => {
    const text = 'symbol,source\nXOM,csv\n<script>,samples\nAAPL,nowhere\n,samples\nAAPL,samples\n';
    expect(readList(text, HERE, null)).toEqual({
      items: [{ symbol: 'AAPL', source: 'samples' }],
      leftOut: ['XOM of csv', '<script> of samples', 'AAPL of nowhere', 'samples'],
    });
  });

  it('is named after it, and never like a list that is there', () => {
    expect(nameOfFile('Tech.csv', ['samples'])).toBe('Tech');
    expect(nameOfFile('tech.csv', ['Tech', 'TECH 2'])).toBe('tech 3');
    expect(nameOfFile('(<>).csv', [])).toBe('Imported list');
    expect(nameOfFile(`${'x'.repeat(60)}.csv`, []).length).toBeLessThanOrEqual(40);
  });
});
