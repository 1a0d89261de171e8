import { describe, expect, test } from 'vitest';
import { datesOf, HEADER, seriesOf, thrownBy } from '../support.ts';

const problemOf = (content: string, interval: '1d' | '5m' = '1d') => {
  const { code, sentence } = thrownBy(() => seriesOf(content, undefined, interval));
  return `${code}: ${sentence.replace('The CSV file cannot be read: ', '')}`;
};

describe('the plain Yahoo layout', () => {
  test.each([
    ['as Yahoo writes it', `${HEADER}\n2020-01-02,10,12,9,11,11,100\n`],
    ['with the header in any case', `${HEADER.toUpperCase()}\n2020-01-02,10,12,9,11,11,100\n`],
    ['with the columns in another order', 'Volume,Close,Low,Date,High,Open,Adj Close\n100,11,9,2020-01-02,12,10,11\n'],
    ['with columns nobody asked for', `Symbol,${HEADER},Note\nX,2020-01-02,10,12,9,11,11,100,"a, b"\n`],
    ['with Windows line ends and a byte order mark', `\uFEFF${HEADER}\r\n2020-01-02,10,12,9,11,11,100\r\n`],
    ['with old Mac line ends', `${HEADER}\r2020-01-02,10,12,9,11,11,100\r`],
    ['with blanks, blank lines and a comma too many', `\n ${HEADER}\n\n 2020-01-02 , 10,12 ,9,11,11,100,\n\n\n`],
    ['quoted', `"Date","Open","High","Low","Close","Adj Close","Volume"\n"2020-01-02","10","12","9","11","11","100"`],
  ])('is read %s', (_, content) => {
    const { time, open, high, low, close, volume, currency, timezone } = seriesOf(content);
    expect([time[0], open![0], high![0], low![0], close[0], volume![0]]).toEqual([
      Date.parse('2020-01-02'),
      10,
      12,
      9,
      11,
      100,
    ]);
    expect([time.length, currency, timezone]).toEqual([1, 'USD', 'America/New_York']);
  });

  test('numbers may have exponents and signs', () => {
    expect(Array.from(seriesOf('Date,Close\n2020-01-02,1.5e2\n2020-01-03,+.5\n2020-01-06,7.\n').close)).toEqual([
      150, 0.5, 7,
    ]);
  });

  test('candles without a low are a line, none is invented', () => {
    expect(seriesOf('Date,Open,High,Close\n2020-01-02,10,12,11\n').closeOnly).toBe(true);
  });

  test.each([1999, 2000, 2001, 4000])('%d rows, around the stretches it is read in', (count) => {
    const start = Date.parse('2000-01-01');
    const dates = Array.from({ length: count }, (_, day) =>
      new Date(start + day * 86_400_000).toISOString().slice(0, 10),
    );
    const series = seriesOf(`Date,Close\n${dates.map((date, index) => `${date},${index + 1}`).join('\n')}\n`);
    expect(datesOf(series)).toEqual(dates);
    expect(series.close.at(-1)).toBe(count);
  });
});

describe('a file that cannot be read is refused in one sentence', () => {
  const bars = Array.from(
    { length: 2500 },
    (_, day) => `${new Date(day * 86_400_000).toISOString().slice(0, 10)},1`,
  ).join('\n');
  test.each([
    ['nothing', '', 'BAD_CSV: it is empty.'],
    ['blank lines', ' \n\n \n', 'BAD_CSV: it is empty.'],
    ['only a header', `${HEADER}\n`, 'BAD_CSV: it has a header but no bars.'],
    [
      'no close',
      'Date,Open,High,Low\n2020-01-02,1,1,1\n',
      'BAD_CSV: line 1 names no column Close; it is "Date,Open,High,Low".',
    ],
    ['no date', 'Open,Close\n1,1\n', 'BAD_CSV: line 1 names no column Date; it is "Open,Close".'],
    [
      'a column twice',
      'Date,Close,close\n2020-01-02,1,1\n',
      'BAD_CSV: line 1 names the column Close twice; leave one of them.',
    ],
    [
      'a web page',
      '<!DOCTYPE html>\n<html><body>404</body></html>',
      'BAD_CSV: it is HTML or XML, not a table of comma-separated values.',
    ],
    [
      'JSON',
      '{"chart":{"result":null}}',
      'BAD_CSV: line 1 should name columns such as Date,Close with a comma, semicolon or tab between, but it is "{"chart":{"result":null}}".',
    ],
    [
      'a NUL byte',
      'Date,Close\n2020-01-02,1\n2020-01-03,\0\n',
      'BAD_CSV: line 3 holds binary data, so this is not a text file.',
    ],
    ['a picture', '\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'BAD_CSV: line 2 holds binary data, so this is not a text file.'],
    [
      'a word for a price',
      'Date,Close\n2020-01-02,1\n2020-01-03,ten\n',
      'BAD_CSV: line 3, column Close: "ten" is not a number.',
    ],
    ['a hexadecimal price', 'Date,Close\n2020-01-02,0x10\n', 'BAD_CSV: line 2, column Close: "0x10" is not a number.'],
    [
      'a date that is none',
      'Date,Close\n2020-02-30,1\n',
      'BAD_CSV: line 2, column Date: "2020-02-30" is not a date such as 2012-12-31.',
    ],
    ['no date in a row', 'Date,Close\n,1\n', 'BAD_CSV: line 2, column Date: "" is not a date such as 2012-12-31.'],
    ['a row cut short', `${HEADER}\n2020-01-02,10,11\n`, 'BAD_CSV: line 2 has 3 cells, but the header has 7.'],
    ['a row too long', 'Date,Close\n2020-01-02,1,234\n', 'BAD_CSV: line 2 has 3 cells, but the header has 2.'],
    [
      'a quotation mark without its partner',
      'Date,Close\n2020-01-02,"1\n2020-01-03,2\n',
      'BAD_CSV: line 2 has a quotation mark without its partner.',
    ],
    [
      'a cell over two lines',
      'Date,Close,Note\n2020-01-02,1,"a\nb"\n2020-01-03,2,c\n',
      'BAD_CSV: line 2 has a quoted cell that runs on into the next line.',
    ],
    [
      'a gigantic line',
      `Date,Close\n2020-01-02,1${'0'.repeat(20_000)}\n`,
      'BAD_CSV: line 2 is longer than 10,000 characters.',
    ],
    ['a million commas', ','.repeat(1_000_000), 'BAD_CSV: line 1 is longer than 10,000 characters.'],
    [
      'a fault far down',
      `Date,Close\n${bars}\n2020-01-02,x\n`,
      'BAD_CSV: line 2502, column Close: "x" is not a number.',
    ],
  ])('%s', (_, content, sentence) => {
    expect(problemOf(content)).toBe(sentence);
  });

  test.each([
    ['a bare date', '2020-01-02', 'needs a time of day, such as 2012-12-31 09:30'],
    ['25 o clock', '2020-01-02T25:00:00Z', 'is not a time of day that exists'],
  ])('an intraday bar with %s', (_, time, problem) => {
    expect(problemOf(`Datetime,Close\n${time},1\n`, '5m')).toBe(`BAD_CSV: line 2, column Date: "${time}" ${problem}.`);
  });

  test('more than 16 MiB', () => {
    const { code, sentence } = thrownBy(() => seriesOf('x'.repeat(16 * 1024 * 1024 + 1)));
    expect([code, sentence]).toEqual(['TOO_LARGE', 'The CSV file is too large: 16.1 MiB, and the limit is 16 MiB.']);
  });

  test('text of the file comes into the sentence short and printable', () => {
    const problem = problemOf(`Date,Close\n2020-01-02,\u202e${'x'.repeat(500)}\n`);
    expect(problem).toBe(`BAD_CSV: line 2, column Close: "?${'x'.repeat(39)}..." is not a number.`);
  });
});
