import { describe, expect, it } from 'vitest';
import { hasAdjusted, isAdjusted } from '../../../renderer/format/index.ts';
import { EXPORT_HEADER, exportJson, exportRow } from '../../../renderer/screens/history/table.ts';
import { endApart, noBars } from '../../../renderer/screens/watchlist/rows.ts';
import { decision } from './support.ts';

describe('closes that are not the prices of the day', () => {
  it('are those of the bundled closes and of Stooq, and of any series that says so', () => {
    expect((['samples-closes', 'stooq', 'samples', 'csv', 'yahoo'] as const).map(isAdjusted)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(hasAdjusted([{ rule: 'adjusted-at-source' }])).toBe(true);
    expect(hasAdjusted([{ rule: 'close-only' }])).toBe(false);
  });

  it('are named in both exports, beside the source', () => {
    const made = decision({ source: 'samples-closes', lastClose: 137.57 });
    const outcome = { state: 'pending', decisionId: made.id, barsLeft: null, expected: null } as const;
    const row = exportRow({ decision: made, outcome });
    const cell = (name: string) => row[EXPORT_HEADER.indexOf(name)];
    expect(row).toHaveLength(EXPORT_HEADER.length);
    expect([cell('source'), cell('last_close'), cell('last_close_is')]).toEqual([
      'samples-closes',
      137.57,
      'adjusted at the source',
    ]);
    expect(JSON.parse(exportJson([{ decision: made, outcome }]))[0]).toMatchObject({
      id: 'd-1',
      lastCloseIs: 'adjusted at the source',
    });
  });
});

describe('rows of a list', () => {
  it('are dated where they end apart; a row without bars does not count', () => {
    const ends = (...dates: (string | null)[]) => endApart(dates.map((lastDate) => ({ lastDate })));
    expect(ends('2013-03-01', '2018-02-07')).toBe(true);
    expect(ends('2012-12-31', '2012-12-31', null)).toBe(false);
  });

  it('say in short that there is no bar, or not enough of them', () => {
    expect(noBars({ details: { have: 0, need: 32 } })).toBe('No bars at this date');
    expect(noBars({ details: { have: 12, need: 32 } })).toBe('Too few bars at this date');
  });
});
