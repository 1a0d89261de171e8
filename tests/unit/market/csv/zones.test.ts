import { describe, expect, test } from 'vitest';
import { createZoneClock } from '../../../../electron/engine/market/csv/zone-clock.ts';
import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { datesOf, seriesOf } from '../support.ts';
import { imported } from './support.ts';

const text = (...times: string[]) =>
  ['Date,Close', ...times.map((time, index) => `${time},${index + 1}`), ''].join('\n');
const starts = async (times: string[], options: CsvOptions) =>
  (await imported(text(...times), options)).bars.map(([time]) => time.replace('.000Z', 'Z'));

/** Opening bars by the exchange's clock on the last session before and the first after each switch of 2019, and the instants by hand. */
const SWITCHES: [string, string, string[], string[]][] = [
  [
    'New York, 10 March and 3 November',
    'America/New_York',
    ['2019-03-08 09:30', '2019-03-11 09:30', '2019-11-01 09:30', '2019-11-04 09:30'],
    ['2019-03-08T14:30:00Z', '2019-03-11T13:30:00Z', '2019-11-01T13:30:00Z', '2019-11-04T14:30:00Z'],
  ],
  [
    'London, 31 March and 27 October',
    'Europe/London',
    ['2019-03-29 08:00', '2019-04-01 08:00', '2019-10-25 08:00', '2019-10-28 08:00'],
    ['2019-03-29T08:00:00Z', '2019-04-01T07:00:00Z', '2019-10-25T07:00:00Z', '2019-10-28T08:00:00Z'],
  ],
  [
    'Tokyo, which has none',
    'Asia/Tokyo',
    ['2019-03-29 09:00', '2019-04-01 09:00', '2019-10-25 09:00', '2019-10-28 09:00'],
    ['2019-03-29T00:00:00Z', '2019-04-01T00:00:00Z', '2019-10-25T00:00:00Z', '2019-10-28T00:00:00Z'],
  ],
  [
    'Sydney, 7 April and 6 October',
    'Australia/Sydney',
    ['2019-04-05 10:00', '2019-04-08 10:00', '2019-10-04 10:00', '2019-10-07 10:00'],
    ['2019-04-04T23:00:00Z', '2019-04-08T00:00:00Z', '2019-10-04T00:00:00Z', '2019-10-06T23:00:00Z'],
  ],
  [
    'crypto in UTC',
    'UTC',
    ['2019-03-10 02:30', '2019-03-31 01:30', '2019-10-27 01:30', '2019-11-03 01:30'],
    ['2019-03-10T02:30:00Z', '2019-03-31T01:30:00Z', '2019-10-27T01:30:00Z', '2019-11-03T01:30:00Z'],
  ],
];

describe('bars over both switches of a year', () => {
  test.each(SWITCHES)('of %s stand at their instants', async (_, timezone, local, utc) => {
    expect(await starts(local, { timezone, interval: '30m' })).toEqual(utc);
  });

  test.each(SWITCHES)('of %s fall into the exchange day when read as daily', async (_, timezone, local, utc) => {
    const days = local.map((time) => time.slice(0, 10));
    expect(await starts(days, { timezone, interval: '1d' })).toEqual(days);
    const instants = utc.map((time) => time.replace('Z', '+00:00'));
    expect(await starts(instants, { timezone, interval: '1d' })).toEqual(days);
  });

  test.each(SWITCHES)('of %s given with offsets or as an epoch need no zone', async (_, timezone, __, utc) => {
    expect(await starts(utc, { timezone, interval: '30m' })).toEqual(utc);
    const epochs = utc.map((time) => String(Date.parse(time) / 1000));
    expect(await starts(epochs, { timezone, interval: '30m' })).toEqual(utc);
  });
});

describe('an hour that the clocks skip', () => {
  const SPRING = ['2020-03-08 01:30', '2020-03-08 02:00', '2020-03-08 02:30', '2020-03-08 03:00', '2020-03-08 03:30'];

  test('holds no bars: its rows are dropped and counted', async () => {
    const { bars, report } = await imported(text(...SPRING), { timezone: 'America/New_York' });
    expect(bars).toEqual([
      ['2020-03-08T06:30:00.000Z', 1],
      ['2020-03-08T07:00:00.000Z', 4],
      ['2020-03-08T07:30:00.000Z', 5],
    ]);
    expect(report.notices).toEqual([
      {
        rule: 'dst-gap',
        effect: 'dropped',
        bars: 2,
        sentence: '2 rows dropped: times of day that the clocks of America/New_York skip',
      },
    ]);
    expect(report.understood).toContain('2 rows dropped: times of day that the clocks of America/New_York skip');
  });

  test('is an hour like others in UTC', async () => {
    expect(await starts(SPRING, { timezone: 'UTC' })).toHaveLength(5);
  });

  test('is named with every series of the file, without a count that could tell of later rows', () => {
    const series = seriesOf(text(...SPRING), '2020-03-08T07:00:00Z', '30m');
    expect(series.notices.map(({ rule, bars }) => [rule, bars])).toEqual([['dst-gap', 0]]);
  });
});

describe('an hour that the clocks show twice', () => {
  const AUTUMN = [
    '2019-11-03 00:30',
    '2019-11-03 01:00',
    '2019-11-03 01:30',
    '2019-11-03 01:00',
    '2019-11-03 01:30',
    '2019-11-03 02:00',
  ];
  const INSTANTS = ['04:30', '05:00', '05:30', '06:00', '06:30', '07:00'].map((time) => `2019-11-03T${time}:00Z`);

  test('is read in its order', async () => {
    expect(await starts(AUTUMN, { timezone: 'America/New_York' })).toEqual(INSTANTS);
  });

  test('is read in its order where the file runs backwards', async () => {
    expect(await starts(AUTUMN.toReversed(), { timezone: 'America/New_York' })).toEqual(INSTANTS);
  });

  test('is the earlier one where it stands once', async () => {
    const once = AUTUMN.filter((_, index) => index < 3 || index > 4);
    expect(await starts(once, { timezone: 'America/New_York' })).toEqual(
      INSTANTS.filter((_, index) => index < 3 || index > 4),
    );
  });
});

/** Epoch seconds of half-hourly bars from `open` to `close` UTC on 40 weekdays from 2019-03-04 on, `later` by hours from a date on. */
function halfHours(open: number, close: number, [from, later]: [string, number] = ['9999', 0]): string[] {
  const days = Array.from({ length: 56 }, (_, day) => Date.UTC(2019, 2, 4 + day)).filter(
    (day) => new Date(day).getUTCDay() % 6 !== 0,
  );
  return days.flatMap((day) => {
    const first = (open + (new Date(day).toISOString() >= from ? later : 0)) * 2;
    return Array.from({ length: (close - open) * 2 }, (_, half) => String(day / 1000 + (first + half) * 1800));
  });
}

describe('epochs of bars shorter than a day, without a zone, lie in the hours of their exchange', () => {
  const hours = (zone: string) => `bars lie in the trading hours of ${zone}`;
  test.each([
    ['Asia/Tokyo', halfHours(0, 6), hours('Asia/Tokyo')],
    ['Australia/Sydney', halfHours(-1, 5, ['2019-04-07', 1]), hours('Australia/Sydney')],
    ['Europe/London', halfHours(8, 16, ['2019-03-31', -1]), hours('Europe/London')],
    ['Asia/Kolkata', halfHours(4, 10), hours('Asia/Kolkata')],
    ['America/New_York', halfHours(15, 21, ['2019-03-10', -1]), undefined],
    ['America/New_York', halfHours(0, 24), undefined],
    ['America/New_York', halfHours(0, 6).slice(0, 12), undefined],
  ])('of %s', async (timezone, times, why) => {
    const { report, bars } = await imported(text(...times));
    expect(report.notices.find(({ rule }) => rule === 'zone-assumed')?.sentence).toEqual(why);
    expect(report.understood).toContain(`${timezone} and USD assumed`);
    expect(bars[0]![0]).toBe(new Date(Number(times[0]) * 1000).toISOString());
  });
});

test('epochs in microseconds are the same instants', async () => {
  const { report, bars } = await imported(text('1546516800000000', '1546516860000000', '1546516920000999'));
  expect(report.understood).toContain('epoch microseconds, 3 1-minute bars');
  expect(bars.map(([time]) => time.slice(11))).toEqual(['12:00:00.000Z', '12:01:00.000Z', '12:02:00.001Z']);
});

test('local times become the instants at which the zone shows them, hour by hour through a year', () => {
  for (const zone of ['America/New_York', 'Europe/London', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Kolkata']) {
    const clock = createZoneClock(zone);
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    for (let instant = Date.UTC(2019, 0, 1); instant < Date.UTC(2020, 0, 1); instant += 3_600_000) {
      const wall = Date.parse(`${shown.format(instant).replace(' ', 'T')}Z`);
      expect(clock.instants(wall)).toContain(instant);
      expect(clock.dateOf(instant)).toBe(Math.floor(wall / 86_400_000) * 86_400_000);
    }
  }
});

test('daily bars of a series cut at an as-of are those of the file cut there, also where newest is first', () => {
  const rows = ['2019-03-08', '2019-03-11', '2019-11-01', '2019-11-04'];
  expect(datesOf(seriesOf(text(...rows.toReversed()), '2019-11-02'))).toEqual(rows.slice(0, 3));
});
