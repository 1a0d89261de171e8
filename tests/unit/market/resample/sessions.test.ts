import { describe, expect, test } from 'vitest';
import {
  emptySentence,
  sessionOf,
  sessionOn,
  sessionsBehind,
  stalenessOf,
  staleSentence,
} from '../../../../electron/engine/market/resample/index.ts';

const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z');
const NEW_YORK = { timezone: 'America/New_York', kind: 'equity' } as const;
const LONDON = { timezone: 'Europe/London', kind: 'equity' } as const;
const TOKYO = { timezone: 'Asia/Tokyo', kind: 'index' } as const;
const SYDNEY = { timezone: 'Australia/Sydney', kind: 'etf' } as const;
const CRYPTO = { timezone: 'UTC', kind: 'crypto' } as const;
const FX = { timezone: 'Europe/London', kind: 'fx' } as const;
const BERLIN = { timezone: 'Europe/Berlin', kind: 'equity' } as const;

describe('the session of a date, around both switches of the clocks', () => {
  test.each([
    ['New York, Friday before summer time', NEW_YORK, '2024-03-08', '2024-03-08T14:30Z', '2024-03-08T21:00Z'],
    ['New York, Monday after', NEW_YORK, '2024-03-11', '2024-03-11T13:30Z', '2024-03-11T20:00Z'],
    ['New York, Friday before winter time', NEW_YORK, '2024-11-01', '2024-11-01T13:30Z', '2024-11-01T20:00Z'],
    ['New York, Monday after', NEW_YORK, '2024-11-04', '2024-11-04T14:30Z', '2024-11-04T21:00Z'],
    ['London, Thursday before summer time', LONDON, '2024-03-28', '2024-03-28T08:00Z', '2024-03-28T16:30Z'],
    ['London, Tuesday after', LONDON, '2024-04-02', '2024-04-02T07:00Z', '2024-04-02T15:30Z'],
    ['London, Friday before winter time', LONDON, '2024-10-25', '2024-10-25T07:00Z', '2024-10-25T15:30Z'],
    ['London, Monday after', LONDON, '2024-10-28', '2024-10-28T08:00Z', '2024-10-28T16:30Z'],
    ['Tokyo in March', TOKYO, '2024-03-11', '2024-03-11T00:00Z', '2024-03-11T06:00Z'],
    ['Tokyo in October', TOKYO, '2024-10-28', '2024-10-28T00:00Z', '2024-10-28T06:00Z'],
    ['Tokyo, last day that ended at 15:00', TOKYO, '2024-11-01', '2024-11-01T00:00Z', '2024-11-01T06:00Z'],
    ['Tokyo, first day that ended at 15:30', TOKYO, '2024-11-05', '2024-11-05T00:00Z', '2024-11-05T06:30Z'],
    ['Sydney, Friday before winter time', SYDNEY, '2024-04-05', '2024-04-04T23:00Z', '2024-04-05T05:00Z'],
    ['Sydney, Monday after', SYDNEY, '2024-04-08', '2024-04-08T00:00Z', '2024-04-08T06:00Z'],
    ['Sydney, Friday before summer time', SYDNEY, '2024-10-04', '2024-10-04T00:00Z', '2024-10-04T06:00Z'],
    ['Sydney, Monday after', SYDNEY, '2024-10-07', '2024-10-06T23:00Z', '2024-10-07T05:00Z'],
    ['crypto, the day New York switches', CRYPTO, '2024-03-10', '2024-03-10T00:00Z', '2024-03-11T00:00Z'],
    ['crypto, the day London switches back', CRYPTO, '2024-10-27', '2024-10-27T00:00Z', '2024-10-28T00:00Z'],
    ['currencies, Friday before summer time', FX, '2024-03-08', '2024-03-07T22:00Z', '2024-03-08T22:00Z'],
    ['currencies, Monday after', FX, '2024-03-11', '2024-03-10T21:00Z', '2024-03-11T21:00Z'],
    ['currencies, Friday before winter time', FX, '2024-11-01', '2024-10-31T21:00Z', '2024-11-01T21:00Z'],
    ['currencies, Monday after', FX, '2024-11-04', '2024-11-03T22:00Z', '2024-11-04T22:00Z'],
    ['an exchange whose hours are not known, 23 hours', BERLIN, '2024-03-31', '2024-03-30T23:00Z', '2024-03-31T22:00Z'],
    ['the same, 25 hours', BERLIN, '2024-10-27', '2024-10-26T22:00Z', '2024-10-27T23:00Z'],
  ])('%s', (_, place, date, open, close) => {
    const session = sessionOn(Date.parse(date), place);
    expect([iso(session.open), iso(session.close)]).toEqual([open, close]);
  });
});

describe('the session of an instant', () => {
  test.each([
    ['a minute before New York opens', '2024-03-11T13:29Z', NEW_YORK, '2024-03-11', 'before'],
    ['New York opens', '2024-03-11T13:30Z', NEW_YORK, '2024-03-11', 'regular'],
    ['the same hour a week earlier, in winter time', '2024-03-04T13:30Z', NEW_YORK, '2024-03-04', 'before'],
    ['the last minute', '2024-03-11T19:59Z', NEW_YORK, '2024-03-11', 'regular'],
    ['the close', '2024-03-11T20:00Z', NEW_YORK, '2024-03-11', 'after'],
    ['evening in New York, the next day in UTC', '2024-03-12T01:00Z', NEW_YORK, '2024-03-11', 'after'],
    ['Saturday in New York', '2024-03-09T15:00Z', NEW_YORK, '2024-03-09', 'closed'],
    ['Tokyo, the evening before in UTC', '2024-03-10T23:00Z', TOKYO, '2024-03-11', 'before'],
    ['Sydney opens, the evening before in UTC', '2024-10-06T23:00Z', SYDNEY, '2024-10-07', 'regular'],
    ['Sydney, the same in winter time', '2024-09-29T23:00Z', SYDNEY, '2024-09-30', 'before'],
    ['currencies, Sunday before 17:00 in New York', '2024-03-10T20:59Z', FX, '2024-03-10', 'closed'],
    ['currencies, Sunday 17:00 is Monday', '2024-03-10T21:00Z', FX, '2024-03-11', 'regular'],
    ['currencies, Tuesday evening is Wednesday', '2024-03-12T23:00Z', FX, '2024-03-13', 'regular'],
    ['currencies, Friday 17:00 is the weekend', '2024-03-15T21:00Z', FX, '2024-03-16', 'closed'],
    ['crypto on a Sunday', '2024-03-10T20:59Z', CRYPTO, '2024-03-10', 'regular'],
  ])('%s', (_, instant, place, date, phase) => {
    const at = sessionOf(Date.parse(instant), place);
    expect([iso(at.date).slice(0, 10), at.phase]).toEqual([date, phase]);
  });
});

describe('how many sessions bars are behind', () => {
  const FRIDAY_END = '2024-03-09T05:00Z';
  test.each([
    ['Friday evening', FRIDAY_END, '2024-03-09T05:00Z', NEW_YORK, 0],
    ['the weekend counts for nothing', FRIDAY_END, '2024-03-11T03:00Z', NEW_YORK, 0],
    ['Monday at noon', FRIDAY_END, '2024-03-11T16:00Z', NEW_YORK, 0],
    ['Monday a minute before the close', FRIDAY_END, '2024-03-11T19:59Z', NEW_YORK, 0],
    ['Monday at the close', FRIDAY_END, '2024-03-11T20:00Z', NEW_YORK, 1],
    ['Wednesday at noon', FRIDAY_END, '2024-03-13T16:00Z', NEW_YORK, 2],
    ['a week later', FRIDAY_END, '2024-03-16T05:00Z', NEW_YORK, 5],
    ['four weeks and a day', FRIDAY_END, '2024-04-08T23:00Z', NEW_YORK, 21],
    ['five-minute bars up to the close', '2024-03-11T20:00Z', '2024-03-12T15:00Z', NEW_YORK, 0],
    ['five-minute bars up to noon', '2024-03-11T16:00Z', '2024-03-12T20:00Z', NEW_YORK, 1],
    ['crypto does not rest', '2024-03-09T00:00Z', '2024-03-11T12:00Z', CRYPTO, 2],
    ['an exchange whose hours are not known does not rest either', '2024-03-08T23:00Z', '2024-03-11T12:00Z', BERLIN, 2],
    ['currencies rest from Friday', '2024-03-08T22:00Z', '2024-03-11T20:59Z', FX, 0],
    ['currencies, Monday 17:00 in New York', '2024-03-08T22:00Z', '2024-03-11T21:00Z', FX, 1],
    ['a bar that ends later than now', '2024-03-12T00:00Z', '2024-03-11T00:00Z', NEW_YORK, 0],
  ])('%s', (_, end, now, place, sessions) => {
    expect(sessionsBehind(Date.parse(end), Date.parse(now), place)).toBe(sessions);
  });

  test.each([
    ['two holidays the source was asked after', '2024-03-13T16:00Z', '2024-03-13T16:00Z', NEW_YORK, 0, 2],
    ['one it was asked after, one it was not', '2024-03-13T16:00Z', '2024-03-12T15:00Z', NEW_YORK, 1, 1],
    ['none it was asked after', '2024-03-13T16:00Z', '2024-03-09T06:00Z', NEW_YORK, 2, 0],
    ['six in a row', '2024-03-18T21:00Z', '2024-03-18T21:00Z', NEW_YORK, 0, 6],
    ['seven in a row: the source has stopped', '2024-03-19T21:00Z', '2024-03-19T21:00Z', NEW_YORK, 7, 0],
    ['crypto has no holidays', '2024-03-11T12:00Z', '2024-03-11T12:00Z', CRYPTO, 2, 0],
  ])('less the holidays: %s', (_, now, answered, place, behind, empty) => {
    const end = place === CRYPTO ? '2024-03-09T00:00Z' : FRIDAY_END;
    expect(stalenessOf(Date.parse(end), Date.parse(now), Date.parse(answered), place)).toEqual({ behind, empty });
  });

  test('is said in one sentence', () => {
    expect([staleSentence(0), emptySentence(0)]).toEqual([null, null]);
    expect(staleSentence(1)).toContain('one session behind');
    expect(staleSentence(3)).toContain('The last bar is 3 sessions behind');
    expect(emptySentence(1)).toBe(
      'The source was asked after one session had ended since the last bar and had no bar of it: taken for holidays.',
    );
  });
});
