import { describe, expect, test } from 'vitest';
import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { imported, refusal } from './support.ts';

const text = (times: readonly (string | number)[]) =>
  ['Date,Close', ...times.map((time, index) => `${time},${index + 1}`), ''].join('\n');

/** Two weeks of sessions in winter, two in summer, and the weeks round the switches of spring; no other days. */
const SESSIONS = [
  ...['2019-01-07', '2019-01-08', '2019-01-09', '2019-01-10', '2019-01-11', '2019-01-14', '2019-01-15', '2019-01-16'],
  ...['2019-03-07', '2019-03-08', '2019-03-11', '2019-03-12', '2019-03-28', '2019-03-29', '2019-04-01', '2019-04-02'],
  ...['2019-07-08', '2019-07-09', '2019-07-10', '2019-07-11', '2019-07-12', '2019-07-15', '2019-07-16', '2019-07-17'],
];
/** Hours ahead of UTC on a session, from the calendars of 2019 by hand. */
const AHEAD: Record<string, (date: string) => number> = {
  'Asia/Tokyo': () => 9,
  'Australia/Sydney': (date) => (date < '2019-04-07' ? 11 : 10),
  'Europe/London': (date) => (date < '2019-03-31' ? 0 : 1),
  'America/New_York': (date) => (date < '2019-03-10' ? -5 : -4),
};
const instants = (zone: string, hour: number) =>
  SESSIONS.map((date) => Date.parse(`${date}T00:00:00Z`) + (hour - AHEAD[zone]!(date)) * 3_600_000);
const offsetWords = (hours: number) => `${hours < 0 ? '-' : '+'}${String(Math.abs(hours)).padStart(2, '0')}:00`;
const written = (zone: string, clock: string) =>
  SESSIONS.map((date) => `${date}T${clock}${offsetWords(AHEAD[zone]!(date))}`);

const read = async (times: readonly (string | number)[], options: CsvOptions = {}) => {
  const { bars, report } = await imported(text(times), options);
  const notices = report.notices.filter(({ rule }) => rule === 'zone-assumed');
  return { dates: bars.map(([time]) => time), understood: report.understood, notices };
};

const CASES: [string, string, number, boolean][] = [
  ['Tokyo at its opening', 'Asia/Tokyo', 9, false],
  ['Tokyo at midnight', 'Asia/Tokyo', 0, true],
  ['Sydney at its opening', 'Australia/Sydney', 10, true],
  ['Sydney at midnight', 'Australia/Sydney', 0, true],
  ['London at midnight, also in summer', 'Europe/London', 0, true],
  ['New York at midnight', 'America/New_York', 0, false],
  ['New York at its close', 'America/New_York', 16, false],
];

describe('daily bars stamped with an instant and no zone told fall on the exchange day', () => {
  test.each(CASES)('of %s, as epochs', async (_, zone, hour, said) => {
    const { dates, understood, notices } = await read(instants(zone, hour).map((instant) => instant / 1000));
    expect(dates).toEqual(SESSIONS);
    if (said) expect(understood).toContain(`${zone} and USD assumed`);
    expect(notices.length).toBe(said ? 1 : 0);
    if (said) expect(notices[0]!.sentence).toContain(zone);
  });

  test.each(CASES)('of %s, in UTC', async (_, zone, hour) => {
    expect((await read(instants(zone, hour).map((instant) => new Date(instant).toISOString()))).dates).toEqual(
      SESSIONS,
    );
  });

  test.each(CASES)('of %s, with their own offset', async (_, zone, hour) => {
    const clock = `${String(hour).padStart(2, '0')}:00:00`;
    const { dates, understood } = await read(written(zone, clock));
    expect(dates).toEqual(SESSIONS);
    expect(understood).toContain(zone);
  });

  test('of Tokyo written at nine in the morning, the day is the one written', async () => {
    const found = await read(['2019-12-02T09:00:00+09:00', '2019-12-03T09:00:00+09:00', '2019-12-04T09:00:00+09:00']);
    expect(found.dates).toEqual(['2019-12-02', '2019-12-03', '2019-12-04']);
    expect(found.notices.map(({ sentence }) => sentence)).toEqual(['the offsets of its times are those of Asia/Tokyo']);
  });

  test('with an offset no exchange has are the days written too', async () => {
    const found = await read(['2019-12-02T23:00:00+05:45', '2019-12-03T23:00:00+05:45', '2019-12-04T23:00:00+05:45']);
    expect(found.dates).toEqual(['2019-12-02', '2019-12-03', '2019-12-04']);
  });

  test('written where others live, on Sundays but never on Saturdays, are those of the exchange', async () => {
    const abroad = instants('Asia/Tokyo', 9).map((instant, index) => {
      const hours = AHEAD['America/New_York']!(SESSIONS[index]!);
      return new Date(instant + hours * 3_600_000).toISOString().replace('.000Z', offsetWords(hours));
    });
    expect(abroad[0]).toBe('2019-01-06T19:00:00-05:00');
    expect((await read(abroad)).dates).toEqual(SESSIONS);
  });

  test('of every day of the week are those of UTC', async () => {
    const noons = Array.from({ length: 120 }, (_, day) => Date.UTC(2019, 1, 1 + day, 12) / 1000);
    const { dates, understood } = await read(noons);
    expect([dates[0], dates[119]]).toEqual(['2019-02-01', '2019-05-31']);
    expect(understood).toContain('UTC');
  });

  test('that may be two days are asked for, and the zone told decides', async () => {
    const three = ['2019-12-03T22:00:00Z', '2019-12-04T22:00:00Z', '2019-12-05T22:00:00Z'].slice(0, 2);
    expect(await refusal(text(three), {})).toMatch(
      /^BAD_CSV: its daily times may mean other dates, 2019-12-03 in America\/New_York or 2019-12-04 in .+; say the time zone of the exchange\.$/,
    );
    expect((await read(three, { timezone: 'Asia/Tokyo' })).dates).toEqual(['2019-12-04', '2019-12-05']);
    expect((await read(three, { timezone: 'America/New_York' })).dates).toEqual(['2019-12-03', '2019-12-04']);
  });

  test('keep their days when the stored file is read again, and with every option in force told', async () => {
    const times = instants('Australia/Sydney', 0).map((instant) => instant / 1000);
    expect((await read(times, { timezone: 'Australia/Sydney', interval: '1d' })).dates).toEqual(SESSIONS);
  });

  test('a week or a month long begin where those of the exchange do', async () => {
    const mondays = Array.from({ length: 12 }, (_, week) => (Date.UTC(2019, 0, 7 + 7 * week) - 9 * 3_600_000) / 1000);
    expect((await read(mondays)).dates.slice(0, 2)).toEqual(['2019-01-07', '2019-01-14']);
    const firsts = Array.from({ length: 12 }, (_, month) => (Date.UTC(2019, month, 1) - 9 * 3_600_000) / 1000);
    expect((await read(firsts)).dates.slice(0, 3)).toEqual(['2019-01-01', '2019-02-01', '2019-03-01']);
    const opens = Array.from({ length: 12 }, (_, week) => Date.UTC(2019, 3, 8 + 7 * week, 13, 30) / 1000);
    expect((await read(opens)).dates.slice(0, 2)).toEqual(['2019-04-08', '2019-04-15']);
  });
});

describe('dates of three numbers', () => {
  const order = async (dates: string[], options: CsvOptions = {}) => {
    const { bars, report } = await imported(text(dates), options);
    const rules = report.notices.map(({ rule }) => rule);
    return {
      dates: bars.map(([time]) => time),
      interval: report.interval,
      assumed: rules.includes('date-order-assumed'),
    };
  };
  const firsts = Array.from({ length: 12 }, (_, month) => `01/${String(month + 1).padStart(2, '0')}/2019`);

  test('that are the first of each month day first are months, and that is said', async () => {
    const found = await order(firsts);
    expect([found.interval, found.assumed]).toEqual(['1mo', true]);
    expect(found.dates.slice(0, 3)).toEqual(['2019-01-01', '2019-02-01', '2019-03-01']);
  });

  test('are months over two years as well, newest first', async () => {
    const both = [...firsts, ...firsts.slice(0, 5).map((date) => date.replace('2019', '2020'))];
    for (const dates of [both, both.toReversed()]) {
      const found = await order(dates);
      expect([found.interval, found.assumed, found.dates[16]]).toEqual(['1mo', true, '2020-05-01']);
    }
  });

  test('that are months written month first stay months', async () => {
    const american = firsts.map((date) => date.replace(/^(..)\/(..)/, '$2/$1'));
    expect(await order(american)).toMatchObject({ interval: '1mo', assumed: true });
  });

  test('that are sessions in one reading and holes in the other are sessions', async () => {
    const days = ['01/02/2020', '01/03/2020', '01/06/2020', '01/07/2020', '01/08/2020', '01/09/2020'];
    expect(await order(days)).toMatchObject({ interval: '1d', dates: days.map((day) => `2020-01-${day.slice(3, 5)}`) });
    const european = days.map((date) => date.replace(/^(..)\/(..)/, '$2/$1'));
    expect((await order(european)).dates[2]).toBe('2020-01-06');
  });

  test('fit the interval that is told where either order may be', async () => {
    const days = ['01/02/2020', '02/02/2020', '03/02/2020'];
    expect((await order(days, { interval: '1d' })).dates).toEqual(['2020-02-01', '2020-02-02', '2020-02-03']);
    expect((await order(days, { interval: '1mo' })).dates).toEqual(['2020-01-02', '2020-02-02', '2020-03-02']);
  });
});
