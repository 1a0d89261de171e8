import { describe, expect, test } from 'vitest';
import { barEnd, latestEndedStart } from '../../../electron/engine/market/sessions.ts';
import { startOfDay, zoneDate } from '../../../electron/engine/market/zones.ts';
import { datesOf, seriesOf, thrownBy } from './support.ts';

const iso = (instant: number) => new Date(instant).toISOString();
const NEW_YORK = 'America/New_York';

describe('the exchange day', () => {
  test.each([
    ['New York in winter', '2012-12-31', NEW_YORK, '2012-12-31T05:00:00.000Z'],
    ['New York in summer', '2012-07-02', NEW_YORK, '2012-07-02T04:00:00.000Z'],
    ['New York, the day the clocks go forward', '2012-03-11', NEW_YORK, '2012-03-11T05:00:00.000Z'],
    ['New York, the day after', '2012-03-12', NEW_YORK, '2012-03-12T04:00:00.000Z'],
    ['New York, the day the clocks go back', '2012-11-04', NEW_YORK, '2012-11-04T04:00:00.000Z'],
    ['New York, the day after that', '2012-11-05', NEW_YORK, '2012-11-05T05:00:00.000Z'],
    ['London in summer', '2012-07-02', 'Europe/London', '2012-07-01T23:00:00.000Z'],
    ['Tokyo', '2012-07-02', 'Asia/Tokyo', '2012-07-01T15:00:00.000Z'],
    ['Kolkata, half an hour off', '2012-07-02', 'Asia/Kolkata', '2012-07-01T18:30:00.000Z'],
    ['Sao Paulo, where the clocks skip midnight', '2012-10-21', 'America/Sao_Paulo', '2012-10-21T03:00:00.000Z'],
    ['Sao Paulo, the day after midnight came twice', '2012-02-26', 'America/Sao_Paulo', '2012-02-26T03:00:00.000Z'],
    ['UTC', '2012-07-02', 'UTC', '2012-07-02T00:00:00.000Z'],
  ])('%s begins when its clocks say so', (_, date, zone, expected) => {
    expect(iso(startOfDay(Date.parse(date), zone))).toBe(expected);
  });

  test.each([
    ['2013-01-01T04:59:59.999Z', '2012-12-31'],
    ['2013-01-01T05:00:00.000Z', '2013-01-01'],
    ['2012-07-01T03:59:59.000Z', '2012-06-30'],
    ['1970-01-01T00:00:00.000Z', '1969-12-31'],
  ])('at %s New York writes %s', (instant, date) => {
    expect(iso(zoneDate(Date.parse(instant), NEW_YORK)).slice(0, 10)).toBe(date);
  });
});

describe('the end of a bar', () => {
  test.each([
    ['1d', '2012-12-31T00:00:00Z', '2013-01-01T05:00:00.000Z'],
    ['1d', '2012-03-10T00:00:00Z', '2012-03-11T05:00:00.000Z'],
    ['1d', '2012-03-11T00:00:00Z', '2012-03-12T04:00:00.000Z'],
    ['1wk', '2012-12-24T00:00:00Z', '2012-12-31T05:00:00.000Z'],
    ['1mo', '2012-02-01T00:00:00Z', '2012-03-01T05:00:00.000Z'],
    ['1mo', '2012-12-01T00:00:00Z', '2013-01-01T05:00:00.000Z'],
    ['5m', '2012-12-31T14:30:00Z', '2012-12-31T14:35:00.000Z'],
    ['1h', '2012-12-31T14:30:00Z', '2012-12-31T15:30:00.000Z'],
  ] as const)('a %s bar of %s', (interval, time, expected) => {
    expect(iso(barEnd(Date.parse(time), interval, NEW_YORK))).toBe(expected);
  });

  test.each(['1m', '5m', '1h', '1d', '1wk', '1mo'] as const)(
    'a %s bar counts from its end on, not a millisecond before',
    (interval) => {
      for (const time of ['2012-03-05T00:00:00Z', '2012-11-01T00:00:00Z', '2012-12-01T00:00:00Z'].map((date) =>
        Date.parse(date),
      )) {
        const end = barEnd(time, interval, NEW_YORK);
        expect(time <= latestEndedStart(end, interval, NEW_YORK)).toBe(true);
        expect(time <= latestEndedStart(end - 1, interval, NEW_YORK)).toBe(false);
      }
    },
  );
});

describe('as-of of a series', () => {
  const DAILY = 'Date,Close\n2012-12-28,1\n2012-12-31,2\n2013-01-02,3\n';
  test.each([
    ['2012-12-31', '2012-12-31'],
    ['2012-12-30', '2012-12-28'],
    ['2013-01-01T05:00:00Z', '2012-12-31'],
    ['2013-01-01T04:59:59Z', '2012-12-28'],
    ['2013-01-01T00:00:00-05:00', '2012-12-31'],
    ['2012-12-31T21:00:00Z', '2012-12-28'],
    ['9999-12-31', '2013-01-02'],
  ])('as of %s the last bar is that of %s', (asOf, last) => {
    expect(datesOf(seriesOf(DAILY, asOf)).at(-1)).toBe(last);
  });

  test('left out, it is the end of the last closed bar', () => {
    const series = seriesOf('Date,Close\n2020-06-12,1\n2020-06-15,2\n');
    expect([datesOf(series), iso(series.asOf)]).toEqual([['2020-06-12'], '2020-06-13T04:00:00.000Z']);
  });

  test('an intraday bar counts once it has closed', () => {
    const text = 'Datetime,Close\n2012-12-31T09:30:00-05:00,1\n2012-12-31T14:35:00Z,2\n2012-12-31 09:40:00-0500,3\n';
    const closes = (asOf: string) => Array.from(seriesOf(text, asOf, '5m').close);
    expect(closes('2012-12-31T14:45:00Z')).toEqual([1, 2, 3]);
    expect(closes('2012-12-31T14:44:59Z')).toEqual([1, 2]);
    expect(closes('2012-12-31')).toEqual([1, 2, 3]);
  });

  test('a daily date is the one of the exchange, however it is written', () => {
    const written = [
      '2012-12-27',
      '2012-12-28 00:00:00',
      '2012-12-31T00:00:00Z',
      '2013-01-02 00:00:00-05:00',
      '2013-01-03T21:00:00Z',
      '2013-01-05T01:00:00Z',
    ];
    const text = ['Date,Close', ...written.map((date) => `${date},1`)].join('\n');
    expect(datesOf(seriesOf(text))).toEqual([
      '2012-12-27',
      '2012-12-28',
      '2012-12-31',
      '2013-01-02',
      '2013-01-03',
      '2013-01-04',
    ]);
  });

  test.each(['2012-02-31', '2013-02-29', '31.12.2012', 'yesterday', '', '2012-12-31T25:00:00Z', '2012-12-31T10:00'])(
    '%j is no as-of',
    (asOf) => {
      expect(thrownBy(() => seriesOf(DAILY, asOf || ' ')).code).toBe('BAD_DATE');
    },
  );

  test('before the first bar there are too few bars: none', () => {
    const error = thrownBy(() => seriesOf(DAILY, '2012-12-27'));
    expect(error.code).toBe('TOO_FEW_BARS');
    expect(error.sentence).toBe('TEST has 0 bars up to 2012-12-27, but 32 are needed.');
    expect(thrownBy(() => seriesOf(DAILY, '0001-01-01')).code).toBe('TOO_FEW_BARS');
  });
});
