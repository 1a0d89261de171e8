import { gzipSync } from 'node:zlib';
import type { CsvOptions } from '../../../../shared/domain/index.ts';

/** A bad file made in code, and what must come of it: its refusal, or the closes kept and the notices by rule. */
export interface BadFile {
  name: string;
  content: string | Uint8Array;
  options?: CsvOptions;
  expected: string | { closes: number[]; notices: Record<string, number> };
}

const H = 'Date,Open,High,Low,Close,Volume';
const text = (...rows: string[]) => `${rows.join('\n')}\n`;
const daily = (...rows: string[]) => text(H, '2020-01-02,10,12,9,11,100', ...rows);
const closes = (...rows: string[]) => text('Date,Close', ...rows);
const latin1 = (content: string) => Buffer.from(content, 'latin1');
const utf16 = (content: string, bigEndian = false) => {
  const bytes = Buffer.from(content, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};
const GOOD = daily('2020-01-03,11,13,10,12,200');
const kept = (values: number[], notices: Record<string, number> = {}) => ({ closes: values, notices });
const BINARY = (line: number) => `BAD_CSV: line ${line} holds binary data, so this is not a text file.`;

const NOT_A_TABLE: BadFile[] = [
  { name: 'nothing at all', content: '', expected: 'BAD_CSV: it is empty.' },
  { name: 'a byte order mark alone', content: Buffer.from([0xef, 0xbb, 0xbf]), expected: 'BAD_CSV: it is empty.' },
  { name: 'a UTF-16 mark alone', content: Buffer.from([0xff, 0xfe]), expected: 'BAD_CSV: it is empty.' },
  { name: 'blank lines', content: ' \n\t\n\r\n', expected: 'BAD_CSV: it is empty.' },
  { name: 'remarks alone', content: '# one\n# two\n', expected: 'BAD_CSV: it is empty.' },
  { name: 'a header alone', content: `${H}\n`, expected: 'BAD_CSV: it has a header but no bars.' },
  {
    name: 'a web page',
    content: '<!DOCTYPE html>\n<html><body>Too many requests</body></html>',
    expected: 'BAD_CSV: it is HTML or XML, not a table of comma-separated values.',
  },
  {
    name: 'XML',
    content: '<?xml version="1.0"?><a/>',
    expected: 'BAD_CSV: it is HTML or XML, not a table of comma-separated values.',
  },
  {
    name: 'an HTML table',
    content: '<table>,<tr>\n1,2\n',
    expected: 'BAD_CSV: line 1 names no column Date; it is "<table>,<tr>".',
  },
  {
    name: 'JSON',
    content: '{"chart":null}',
    expected:
      'BAD_CSV: line 1 should name columns such as Date,Close with a comma, semicolon or tab between, but it is "{"chart":null}".',
  },
  {
    name: 'prose',
    content: 'Exceeded the daily hits limit',
    expected:
      'BAD_CSV: line 1 should name columns such as Date,Close with a comma, semicolon or tab between, but it is "Exceeded the daily hits limit".',
  },
  {
    name: 'a spreadsheet',
    content: Buffer.concat([Buffer.from('PK\x03\x04'), Buffer.alloc(64, 7)]),
    expected: 'BAD_CSV: it is a ZIP archive or a spreadsheet; save it as CSV.',
  },
  { name: 'a picture', content: latin1('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), expected: BINARY(2) },
  { name: 'zeros', content: new Uint8Array(4096), expected: BINARY(1) },
  { name: 'a NUL in a cell', content: daily('2020-01-03,11,13,10,\0,1'), expected: BINARY(3) },
  { name: 'an escape sequence', content: daily('2020-01-03,11,13,10,\x1b[31m12,1'), expected: BINARY(3) },
  {
    name: 'UTF-32',
    content: new Uint8Array([...'Date,Close'].flatMap((c) => [c.charCodeAt(0), 0, 0, 0])),
    expected: BINARY(1),
  },
];

const PACKED: BadFile[] = [
  {
    name: 'gzip cut off',
    content: gzipSync(GOOD).subarray(0, -12),
    expected: 'BAD_CSV: its gzip data are damaged or cut off; pack it again.',
  },
  {
    name: 'gzip with a byte turned',
    content: gzipSync(GOOD).map((byte, index) => (index === 20 ? byte ^ 255 : byte)),
    expected: 'BAD_CSV: its gzip data are damaged or cut off; pack it again.',
  },
  {
    name: 'a gzip header alone',
    content: new Uint8Array([0x1f, 0x8b]),
    expected: 'BAD_CSV: its gzip data are damaged or cut off; pack it again.',
  },
  { name: 'gzip of nothing', content: gzipSync(''), expected: 'BAD_CSV: it is empty.' },
  { name: 'gzip of gzip', content: gzipSync(gzipSync(GOOD)), expected: BINARY(1) },
  { name: 'gzip of 64 MiB of zeros', content: gzipSync(Buffer.alloc(64 * 1024 * 1024)), expected: BINARY(1) },
  {
    name: 'gzip of one line of 64 MiB',
    content: gzipSync(Buffer.alloc(64 * 1024 * 1024, 'x')),
    expected: 'BAD_CSV: line 1 is longer than 10,000 characters.',
  },
  {
    name: 'gzip of two members',
    content: Buffer.concat([gzipSync(daily()), gzipSync('2020-01-03,11,13,10,12,1\n')]),
    expected: kept([11, 12]),
  },
];

const ENCODED: BadFile[] = [
  { name: 'UTF-8 with its mark', content: `\uFEFF${GOOD}`, expected: kept([11, 12]) },
  { name: 'UTF-16 LE with its mark', content: utf16(`\uFEFF${GOOD}`), expected: kept([11, 12]) },
  { name: 'UTF-16 BE with its mark', content: utf16(`\uFEFF${GOOD}`, true), expected: kept([11, 12]) },
  { name: 'UTF-16 LE without a mark', content: utf16(GOOD), expected: kept([11, 12]) },
  { name: 'UTF-16 BE without a mark', content: utf16(GOOD, true), expected: kept([11, 12]) },
  {
    name: 'UTF-16 cut in the middle of a character',
    content: utf16(`\uFEFF${GOOD.trimEnd()}0`).subarray(0, -1),
    expected: 'BAD_CSV: line 3, column Volume: "200\uFFFD" is not a number.',
  },
  {
    name: 'Latin-1 titles',
    content: latin1('Datum;Eröffnung;Hoch;Tief;Schluss\n31.01.2020;10,5;12,5;9,5;11,5\n'),
    expected: kept([11.5]),
  },
  {
    name: 'a Latin-1 blank between thousands',
    content: latin1('Date;Close\n31.01.2020;1\xa0234,5\n'),
    expected: kept([1234.5]),
  },
  {
    name: 'bytes that are no UTF-8 in a price',
    content: Buffer.concat([Buffer.from('Date,Close\n2020-01-02,1'), Buffer.from([0xff, 0xc3])]),
    expected: 'BAD_CSV: line 2, column Close: "1ÿÃ" is not a number.',
  },
  { name: 'old Mac line ends', content: GOOD.replaceAll('\n', '\r'), expected: kept([11, 12]) },
  {
    name: 'mixed line ends',
    content: `${H}\r2020-01-02,10,12,9,11,100\r\n2020-01-03,11,13,10,12,200\n`,
    expected: kept([11, 12]),
  },
];

const TITLES: BadFile[] = [
  {
    name: 'no close',
    content: text('Date,Open', '2020-01-02,1'),
    expected: 'BAD_CSV: line 1 names no column Close; it is "Date,Open".',
  },
  {
    name: 'no date',
    content: text('Open,Close', '1,1'),
    expected: 'BAD_CSV: line 1 names no column Date; it is "Open,Close".',
  },
  {
    name: 'two closes',
    content: text('Date,Close,CLOSE', '2020-01-02,1,1'),
    expected: 'BAD_CSV: line 1 names the column Close twice; leave one of them.',
  },
  {
    name: 'two dates',
    content: text('Date,Datetime,Close', '2020-01-02,2020-01-02,1'),
    expected: 'BAD_CSV: line 1 names the column Date twice; leave one of them.',
  },
  {
    name: 'columns of two symbols from yfinance',
    content: text('Price,Close,Close', 'Ticker,A,B', 'Date,,', '2020-01-02,1,2'),
    expected: 'BAD_CSV: line 2 names more than one symbol; keep the columns of one.',
  },
  {
    name: 'rows of two symbols',
    content: text('Symbol,Date,Close', 'AAPL,2020-01-02,1', 'MSFT,2020-01-02,2'),
    expected: 'BAD_CSV: line 3 is a bar of "MSFT" after bars of "AAPL"; keep the rows of one symbol.',
  },
  {
    name: 'no header over six numbers',
    content: text('2020-01-02,1,2,1,2,2,100'),
    expected: 'BAD_CSV: line 1 has 7 cells and no header names them; write Date,Open,High,Low,Close,Volume above it.',
  },
  {
    name: 'no header over two numbers',
    content: text('2020-01-02,1,2'),
    expected: 'BAD_CSV: line 1 has 3 cells and no header names them; write Date,Open,High,Low,Close,Volume above it.',
  },
  {
    name: 'a header where none was told',
    content: GOOD,
    options: { header: false },
    expected: `BAD_CSV: line 1 should begin with a date, but it is "${H}".`,
  },
  {
    name: 'no header where one was told',
    content: text('2020-01-02,1'),
    options: { header: true },
    expected: 'BAD_CSV: line 1 is a bar and no header; say that there is none.',
  },
  {
    name: 'the wrong delimiter told',
    content: GOOD,
    options: { delimiter: ';' },
    expected: `BAD_CSV: line 1 should name columns such as Date,Close with a comma, semicolon or tab between, but it is "${H}".`,
  },
  {
    name: 'a header that comes after bars',
    content: text('2020-01-02,11', 'Date,Close'),
    expected: 'BAD_CSV: line 2, column Date: "Date" is not a date such as 2012-12-31.',
  },
  {
    name: 'a second header, of a file put behind another',
    content: `${GOOD}${H}\n`,
    expected: 'BAD_CSV: line 4, column Date: "Date" is not a date such as 2012-12-31.',
  },
  {
    name: 'a title above the header',
    content: `AAPL daily\n\n${GOOD}`,
    expected: kept([11, 12], { 'lines-ignored': 0 }),
  },
];

const ROWS: BadFile[] = [
  {
    name: 'a row cut short',
    content: daily('2020-01-03,11'),
    expected: 'BAD_CSV: line 3 has 2 cells, but the header has 6.',
  },
  {
    name: 'a row too long',
    content: daily('2020-01-03,11,13,10,12,1,234'),
    expected: 'BAD_CSV: line 3 has 7 cells, but the header has 6.',
  },
  {
    name: 'a thousands comma without quotation marks',
    content: closes('2020-01-02,1,234'),
    expected: 'BAD_CSV: line 2 has 3 cells, but the header has 2.',
  },
  { name: 'empty cells too many', content: daily('2020-01-03,11,13,10,12,200,,'), expected: kept([11, 12]) },
  {
    name: 'a quotation mark without its partner',
    content: daily('2020-01-03,"11,13,10,12,1'),
    expected: 'BAD_CSV: line 3 has a quotation mark without its partner.',
  },
  {
    name: 'text behind a quoted cell',
    content: daily('2020-01-03,"11"x,13,10,12,1'),
    expected: 'BAD_CSV: line 3 has a quotation mark without its partner.',
  },
  {
    name: 'a cell over two lines',
    content: closes('2020-01-02,"1', '"', '2020-01-03,2'),
    expected: 'BAD_CSV: line 2 has a quoted cell that runs on into the next line.',
  },
  {
    name: 'a line of 20,000 characters',
    content: closes('2020-01-02,1', `2020-01-03,${'1'.repeat(20_000)}`),
    expected: 'BAD_CSV: line 3 is longer than 10,000 characters.',
  },
  {
    name: 'a line that is cut in a sentence amid a character of two halves',
    content: `${'x'.repeat(39)}\u{10000}${'x'.repeat(9)}\n`,
    expected: `BAD_CSV: line 1 should name columns such as Date,Close with a comma, semicolon or tab between, but it is "${'x'.repeat(39)}...".`,
  },
  {
    name: 'a million delimiters',
    content: ';'.repeat(1_000_000),
    expected: 'BAD_CSV: line 1 is longer than 10,000 characters.',
  },
  {
    name: 'a torn last line',
    content: `${GOOD}2020-01-0`,
    expected: 'BAD_CSV: line 4 has 1 cell, but the header has 6.',
  },
  {
    name: 'a total at the end',
    content: daily('Total,1,2,3,4,5'),
    expected: 'BAD_CSV: line 3, column Date: "Total" is not a date such as 2012-12-31.',
  },
];

const NUMBERS: BadFile[] = [
  {
    name: 'a word for a price',
    content: daily('2020-01-03,11,13,10,twelve,1'),
    expected: 'BAD_CSV: line 3, column Close: "twelve" is not a number.',
  },
  {
    name: 'a formula',
    content: daily('2020-01-03,11,13,10,=1+1,1'),
    expected: 'BAD_CSV: line 3, column Close: "=1+1" is not a number.',
  },
  {
    name: 'a spreadsheet error',
    content: daily('2020-01-03,11,13,10,#REF!,1'),
    expected: 'BAD_CSV: line 3, column Close: "#REF!" is not a number.',
  },
  {
    name: 'hexadecimal',
    content: daily('2020-01-03,0x10,13,10,12,1'),
    expected: 'BAD_CSV: line 3, column Open: "0x10" is not a number.',
  },
  {
    name: 'a volume in words',
    content: daily('2020-01-03,11,13,10,12,many'),
    expected: 'BAD_CSV: line 3, column Volume: "many" is not a number.',
  },
  {
    name: 'wrong groups of thousands',
    content: closes('2020-01-02,"12,34"', '2020-01-03,"1.5"', '2020-01-06,"1.6"'),
    expected: 'BAD_CSV: line 2, column Close: "12,34" is not a number with a decimal point; say another decimal mark.',
  },
  {
    name: 'a decimal point among decimal commas',
    content: text('Date;Close', '2020-01-02;1,5', '2020-01-03;1,6', '2020-01-06;1.7'),
    expected: 'BAD_CSV: line 4, column Close: "1.7" is not a number with a decimal comma; say another decimal mark.',
  },
  {
    name: 'a decimal comma where a point was told',
    content: text('Date;Close', '2020-01-02;1,5'),
    options: { decimal: '.' },
    expected: 'BAD_CSV: line 2, column Close: "1,5" is not a number with a decimal point; say another decimal mark.',
  },
  {
    name: 'digits of another script',
    content: closes('2020-01-02,١٢'),
    expected: 'BAD_CSV: line 2, column Close: "١٢" is not a number.',
  },
  {
    name: 'text that turns the reading direction',
    content: closes('2020-01-02,\u202e21'),
    expected: 'BAD_CSV: line 2, column Close: "?21" is not a number.',
  },
  {
    name: 'an empty close',
    content: daily('2020-01-03,11,13,10,,1', '2020-01-06,11,13,10,12,1'),
    expected: kept([11, 12], { 'price-missing': 1 }),
  },
  {
    name: 'words for missing',
    content: daily('2020-01-03,null,NaN,N/A,#N/A,-', '2020-01-06,11,13,10,12,1'),
    expected: kept([11, 12], { 'price-missing': 1 }),
  },
  {
    name: 'zero and negative prices',
    content: daily('2020-01-03,0,13,10,12,1', '2020-01-06,11,13,-10,12,1'),
    expected: kept([11], { 'price-not-positive': 2 }),
  },
  {
    name: 'infinite and absurd prices',
    content: daily('2020-01-03,11,inf,10,12,1', '2020-01-06,11,1e300,10,12,1'),
    expected: kept([11], { 'price-not-finite': 2 }),
  },
  {
    name: 'high under close and low over open',
    content: daily('2020-01-03,11,11.5,11.2,12,1'),
    expected: kept([11, 12], { 'high-low': 1 }),
  },
  {
    name: 'a negative volume',
    content: daily('2020-01-03,11,13,10,12,-5'),
    expected: kept([11, 12], { 'volume-missing': 1 }),
  },
  {
    name: 'no price that counts',
    content: closes('2020-01-02,0', '2020-01-03,-1'),
    expected:
      'BAD_CSV: none of its 2 rows is a usable closed bar (a price missing, zero or negative, or a date after today).',
  },
];

const FIVE = (...times: string[]) => text('Date,Close', ...times.map((time, index) => `${time},${index + 1}`));

const DATES: BadFile[] = [
  {
    name: '30 February',
    content: closes('2020-02-30,1'),
    expected: 'BAD_CSV: line 2, column Date: "2020-02-30" is not a date such as 2012-12-31.',
  },
  {
    name: '29 February of a common year',
    content: closes('29.02.2019,1'),
    expected: 'BAD_CSV: line 2, column Date: "29.02.2019" is not a date such as 2012-12-31.',
  },
  {
    name: 'month 13 in both orders',
    content: closes('13/13/2020,1'),
    expected: 'BAD_CSV: line 2, column Date: "13/13/2020" is not a date such as 2012-12-31.',
  },
  {
    name: 'dates in two orders',
    content: closes('13/01/2020,1', '01/14/2020,2'),
    expected: 'BAD_CSV: line 2 can only be read day first and line 3 only month first; write the dates one way.',
  },
  {
    name: 'day first dates where month first was told',
    content: closes('13/01/2020,1'),
    options: { dateOrder: 'mdy' },
    expected: 'BAD_CSV: line 2, column Date: "13/01/2020" is no date month first; say another date order.',
  },
  {
    name: 'day first dates where year first was told',
    content: closes('13/01/2020,1'),
    options: { dateOrder: 'ymd' },
    expected: 'BAD_CSV: line 2, column Date: "13/01/2020" is not a date such as 2012-12-31.',
  },
  {
    name: "a spreadsheet's day numbers",
    content: closes('43831,1', '43832,2'),
    expected: "BAD_CSV: its dates are a spreadsheet's day numbers; write them as 2012-12-31 and export again.",
  },
  {
    name: 'an epoch in nanoseconds',
    content: closes('1580464800000000000,1'),
    expected: 'BAD_CSV: line 2, column Date: "1580464800000000000" is not a date such as 2012-12-31.',
  },
  {
    name: 'an empty date',
    content: closes(',1'),
    expected: 'BAD_CSV: line 2, column Date: "" is not a date such as 2012-12-31.',
  },
  {
    name: '25 o clock',
    content: FIVE('2020-01-02 25:00', '2020-01-02 25:05'),
    expected: 'BAD_CSV: line 2, column Date: "2020-01-02 25:00" is not a time of day that exists.',
  },
  {
    name: '13 pm',
    content: FIVE('2020-01-02 13:00 PM'),
    expected: 'BAD_CSV: line 2, column Date: "2020-01-02 13:00 PM" is not a time of day that exists.',
  },
  {
    name: 'an offset of 99 hours',
    content: FIVE('2020-01-02 13:00+99:00'),
    expected: 'BAD_CSV: line 2, column Date: "2020-01-02 13:00+99:00" is not a time of day that exists.',
  },
  {
    name: 'a time column without times',
    content: text('Date,Time,Close', '2020-01-02,,1'),
    expected: 'BAD_CSV: line 2, column Time: "" is not a time of day that exists.',
  },
  {
    name: 'a date twice',
    content: closes('2020-01-02,1', '2020-01-03,2', '2020-01-03,3'),
    expected: kept([1, 2], { 'time-repeated': 1 }),
  },
  {
    name: 'a date that runs back',
    content: closes('2020-01-02,1', '2020-01-06,2', '2020-01-03,3', '2020-01-07,4'),
    expected: kept([1, 2, 4], { 'time-backwards': 1 }),
  },
  {
    name: 'dates after today',
    content: closes('2020-01-02,1', '2030-01-02,2'),
    options: { interval: '1d' },
    expected: kept([1], { 'later-than-now': 1, 'interval-doubtful': 0 }),
  },
  { name: "today's bar", content: closes('2020-06-12,1', '2020-06-15,2'), expected: kept([1], { unfinished: 1 }) },
  {
    name: 'the newest first',
    content: closes('2020-01-03,2', '2020-01-02,1'),
    expected: kept([1, 2], { 'newest-first': 2 }),
  },
  {
    name: 'four-hour bars',
    content: FIVE('2020-01-02 04:00', '2020-01-02 08:00', '2020-01-02 12:00'),
    expected: 'BAD_CSV: its bars are 4 hours apart; bars may be 1m, 5m, 15m, 30m, 1h, 1d, 1wk or 1mo long.',
  },
  {
    name: 'quarters',
    content: closes('2019-03-31,1', '2019-06-30,2', '2019-09-30,3'),
    expected: 'BAD_CSV: its bars are 91 days apart; bars may be 1m, 5m, 15m, 30m, 1h, 1d, 1wk or 1mo long.',
  },
  {
    name: 'one bar with a time of day',
    content: FIVE('2020-01-02 10:00'),
    expected: 'BAD_CSV: its bars do not tell how long they are; say the interval.',
  },
  {
    name: 'five-minute bars told to be daily',
    content: FIVE('2020-01-02 10:00', '2020-01-02 10:05', '2020-01-02 10:10'),
    options: { interval: '1d' },
    expected: 'BAD_CSV: its bars are 5 minutes apart, which 1d bars are not; say another interval or none.',
  },
  {
    name: 'dates told to be five-minute bars',
    content: closes('2020-01-02,1', '2020-01-03,2'),
    options: { interval: '5m' },
    expected: 'BAD_CSV: line 2, column Date: "2020-01-02" needs a time of day, such as 2012-12-31 09:30.',
  },
  {
    name: 'a date without a time among five-minute bars',
    content: FIVE('2020-01-02 10:00', '2020-01-02 10:05', '2020-01-02 10:10', '2020-01-03'),
    expected: 'BAD_CSV: line 5, column Date: it needs a time of day, such as 2012-12-31 09:30.',
  },
];

const SESSIONS = Array.from({ length: 40 }, (_, row) =>
  new Date(Date.UTC(2019, 0, 1 + row)).toISOString().slice(0, 10),
);
const candles = (header: string, row: (price: number, index: number) => (number | string)[]) =>
  text(header, ...SESSIONS.map((date, index) => [date, ...row(50 + (index % 7), index)].join(',')));

const MEANINGS: BadFile[] = [
  {
    name: 'close and volume swapped',
    content: candles('Date,Open,High,Low,Volume,Close', (p, i) => [p, p + 2, p - 2, p + 1, 9000 + 31 * i]),
    expected: 'BAD_CSV: its columns "Close" and "Volume" look swapped in 40 of 40 rows; say which column is which.',
  },
  {
    name: 'high and low swapped',
    content: candles('Date,Open,Low,High,Close', (p) => [p, p + 2, p - 2, p + 1]),
    expected: 'BAD_CSV: its columns "High" and "Low" look swapped in 40 of 40 rows; say which column is which.',
  },
  {
    name: 'high and close swapped, without a header',
    content: candles('2018-12-31,50,51,48,52', (p) => [p, p + 1, p - 2, p + 2]),
    expected: 'BAD_CSV: its columns High and Close look swapped in 41 of 41 rows; say which column is which.',
  },
  {
    name: 'titles that fit no values',
    content: candles('Date,Open,High,Low,Close', (p) => [p + 9, p, p + 5, p + 1]),
    expected:
      'BAD_CSV: in 40 of 40 rows "High" is not the highest price or "Low" not the lowest; say which column is which.',
  },
  {
    name: 'an eighth of the prices missing',
    content: candles('Date,Close', (p, i) => [i % 8 === 0 ? '' : p]),
    expected:
      'BAD_CSV: 5 of its 40 bars would be dropped or repaired, more than 5 % (5 bars dropped: a price is missing); look at its columns, or accept the damage.',
  },
  {
    name: 'an eighth of the prices missing, accepted',
    content: candles('Date,Close', (p, i) => [i % 8 === 0 ? '' : p]),
    options: { acceptDamage: true },
    expected: kept(
      SESSIONS.flatMap((_, i) => (i % 8 === 0 ? [] : [50 + (i % 7)])),
      { 'price-missing': 5, 'damage-accepted': 5 },
    ),
  },
  {
    name: 'every date twice',
    content:
      candles('Date,Close', (p) => [p]) +
      candles('Date,Close', (p) => [p])
        .split('\n')
        .slice(1)
        .join('\n'),
    expected:
      'BAD_CSV: 40 of its 80 bars would be dropped or repaired, more than 5 % (39 bars dropped: time runs backwards; 1 bar dropped: time repeated, the first was kept); look at its columns, or accept the damage.',
  },
  {
    name: 'an adjusted close alone',
    content: text('Date,Close (adj)', '2020-01-02,11', '2020-01-03,12'),
    expected: kept([11, 12], { 'adjusted-at-source': 0 }),
  },
  {
    name: 'a decimal point in one cell of a file of decimal commas',
    content: text('Date;Close', '2020-01-02;1,25', '2020-01-03;1.234', '2020-01-06;1,27'),
    expected:
      'BAD_CSV: line 3, column Close: "1.234" would be read as 1234 after 1.25; write every price with the same decimal mark.',
  },
  {
    name: 'two currencies',
    content: closes('2020-01-02,$1.25', '2020-01-03,1.26 EUR'),
    expected: 'BAD_CSV: line 3, column Close: "1.26 EUR" comes after prices in USD; keep one currency.',
  },
  {
    name: 'a currency that there is not',
    content: closes('2020-01-02,1.25 QQQ', '2020-01-03,1.26 QQQ'),
    expected: 'BAD_CSV: line 2, column Close: "1.25 QQQ" is not a number.',
  },
  {
    name: 'daily instants that may be two days',
    content: closes('2019-12-03T22:00:00Z,1', '2019-12-04T22:00:00Z,2'),
    expected:
      'BAD_CSV: its daily times may mean other dates, 2019-12-03 in America/New_York or 2019-12-04 in Asia/Tokyo; say the time zone of the exchange.',
  },
  {
    name: 'a column map that names what is not there',
    content: GOOD,
    options: { columns: { close: 'Schluss' } },
    expected: 'BAD_CSV: line 1 has no column "Schluss"; it has "Date", "Open", "High", "Low", "Close", "Volume".',
  },
  {
    name: 'a column map that gives one column two meanings',
    content: GOOD,
    options: { columns: { open: 'Close', close: 'Close' } },
    expected: 'BAD_CSV: line 1 has one column "Close", which cannot be both open and close.',
  },
  {
    name: 'a column map without a close',
    content: GOOD,
    options: { columns: { close: '' } },
    expected: `BAD_CSV: line 1 names no column Close; it is "${H}".`,
  },
];

export const CORPUS: readonly BadFile[] = [
  ...NOT_A_TABLE,
  ...PACKED,
  ...ENCODED,
  ...TITLES,
  ...ROWS,
  ...NUMBERS,
  ...DATES,
  ...MEANINGS,
];
