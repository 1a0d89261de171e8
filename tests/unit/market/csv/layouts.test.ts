import { describe, expect, test } from 'vitest';
import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { type Bar, imported } from './support.ts';

const lines = (...rows: string[]) => `${rows.join('\n')}\n`;
const TWO_DAYS: Bar[] = [
  ['2020-01-30', 10, 12, 9, 11, 100],
  ['2020-01-31', 11, 13, 10, 12, 200],
];

/** Name, text, the bars in it by hand, words that are said back, options. */
const LAYOUTS: [string, string, Bar[], string[], CsvOptions?][] = [
  [
    'Yahoo, as downloaded',
    lines('Date,Open,High,Low,Close,Adj Close,Volume', '2020-01-30,10,12,9,11,11,100', '2020-01-31,11,13,10,12,12,200'),
    TWO_DAYS,
    [
      'comma-separated, ISO dates, 2 daily bars, open, high, low and close, with adjusted close',
      'New_York and USD assumed',
    ],
  ],
  [
    'Yahoo, copied from its page with a dividend, a split and footnotes',
    lines(
      'Date\tOpen\tHigh\tLow\tClose*\tAdj Close**\tVolume',
      'Jan 31, 2020\t3,011.00\t3,013.00\t3,010.00\t3,012.00\t3,012.00\t1,200,000',
      'Jan 30, 2020\t0.77 Dividend',
      'Jan 30, 2020\t4:1 Stock Splits',
      'Jan 30, 2020\t3,010.00\t3,012.00\t3,009.00\t3,011.00\t3,011.00\t-',
      '*Close price adjusted for splits.**Adjusted close price adjusted for splits and dividends.',
    ),
    [
      ['2020-01-30', 3010, 3012, 3009, 3011, 0],
      ['2020-01-31', 3011, 3013, 3010, 3012, 1_200_000],
    ],
    ['Yahoo page: tab-separated, thousands separators, dates with month names, 2 daily bars', 'newest first'],
  ],
  [
    "Yahoo's page of 2024, with its long titles",
    lines(
      '"Date","Open","High","Low","Close Close price adjusted for splits.","Adj Close Adjusted close price adjusted for splits and dividend and/or capital gain distributions.","Volume"',
      '"Jan 31, 2020","11","13","10","12","12","200"',
      '"Jan 30, 2020","10","12","9","11","11","100"',
    ),
    TWO_DAYS,
    ['Yahoo page: comma-separated'],
  ],
  [
    'Stooq, daily',
    lines('Date,Open,High,Low,Close,Volume', '2020-01-30,10,12,9,11,100', '2020-01-31,11,13,10,12,200'),
    TWO_DAYS,
    ['no adjusted close'],
  ],
  [
    'Stooq, whole',
    lines(
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      'X.US,D,20200130,000000,10,12,9,11,100,0',
      'X.US,D,20200131,000000,11,13,10,12,200,0',
    ),
    TWO_DAYS,
    ['Stooq: comma-separated, yyyymmdd dates, 2 daily bars'],
  ],
  [
    'Stooq, 5 minutes',
    lines(
      '<TICKER>,<PER>,<DATE>,<TIME>,<OPEN>,<HIGH>,<LOW>,<CLOSE>,<VOL>,<OPENINT>',
      'X.US,5,20200131,153000,10,12,9,11,100,0',
      'X.US,5,20200131,153500,11,13,10,12,200,0',
    ),
    [
      ['2020-01-31T20:30:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T20:35:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['2 5-minute bars'],
  ],
  [
    'TradingView with epoch seconds and indicators',
    lines('time,open,high,low,close,MA,MA,RSI', '1580394600,10,12,9,11,,,', '1580481000,11,13,10,12,10.5,1,50'),
    [
      ['2020-01-30', 10, 12, 9, 11],
      ['2020-01-31', 11, 13, 10, 12],
    ],
    ['TradingView: comma-separated, epoch seconds, 2 daily bars'],
  ],
  [
    'TradingView with ISO times and an offset',
    lines(
      'time,open,high,low,close,Volume',
      '2020-01-31T09:30:00-05:00,10,12,9,11,100',
      '2020-01-31T10:30:00-05:00,11,13,10,12,200',
    ),
    [
      ['2020-01-31T14:30:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T15:30:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['TradingView', 'times with their offset from UTC', '2 hourly bars'],
  ],
  [
    'MetaTrader 5',
    lines(
      '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>',
      '2020.01.30\t00:00:00\t1.1010\t1.1030\t1.1000\t1.1020\t100\t0\t12',
      '2020.01.31\t00:00:00\t1.1020\t1.1040\t1.1010\t1.1030\t200\t0\t12',
    ),
    [
      ['2020-01-30', 1.101, 1.103, 1.1, 1.102, 100],
      ['2020-01-31', 1.102, 1.104, 1.101, 1.103, 200],
    ],
    ['MetaTrader: tab-separated, ISO dates, volume in ticks, 2 daily bars'],
  ],
  [
    'MetaTrader 5 without a header',
    lines('2020.01.31\t10:00:00\t10\t12\t9\t11\t100\t0\t1', '2020.01.31\t10:15:00\t11\t13\t10\t12\t200\t0\t1'),
    [
      ['2020-01-31T15:00:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T15:15:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['MetaTrader: tab-separated, no header', '2 15-minute bars'],
  ],
  [
    'MetaTrader 4',
    lines('2020.01.31,10:00,10,12,9,11,100', '2020.01.31,10:01,11,13,10,12,200'),
    [
      ['2020-01-31T10:00:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T10:01:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['MetaTrader: comma-separated, no header', '2 1-minute bars', 'UTC, USD assumed'],
    { timezone: 'UTC' },
  ],
  [
    'yfinance, three header lines',
    lines(
      'Price,Close,High,Low,Open,Volume',
      'Ticker,X,X,X,X,X',
      'Date,,,,,',
      '2020-01-30,11,12,9,10,100',
      '2020-01-31,12,13,10,11,200',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'German, with semicolons, decimal commas and dots between thousands',
    lines(
      'Datum;Eröffnung;Hoch;Tief;Schluss;Volumen',
      '30.01.2020;1.010,5;1.012,5;1.009,5;1.011,5;1.000',
      '31.01.2020;1.011,5;1.013,5;1.010,5;1.012,5;2.000',
    ),
    [
      ['2020-01-30', 1010.5, 1012.5, 1009.5, 1011.5, 1000],
      ['2020-01-31', 1011.5, 1013.5, 1010.5, 1012.5, 2000],
    ],
    ['semicolon-separated, decimal comma, thousands separators, day first dates', 'Europe/Berlin and EUR'],
    { timezone: 'Europe/Berlin', currency: 'EUR' },
  ],
  [
    'French, with blanks between thousands',
    lines('Date;Close', '30/01/2020;1 234,56', '31/01/2020;1 235,56', '03/02/2020;12 236,50'),
    [
      ['2020-01-30', 1234.56],
      ['2020-01-31', 1235.56],
      ['2020-02-03', 12236.5],
    ],
    ['decimal comma', 'day first dates, 3 daily bars, closes only'],
  ],
  [
    'Swiss, with apostrophes',
    lines('Date;Close', "30.01.2020;1'234.56", "31.01.2020;1'235.56"),
    [
      ['2020-01-30', 1234.56],
      ['2020-01-31', 1235.56],
    ],
    ['thousands separators'],
  ],
  [
    'American, with am and pm in a column of their own',
    lines(
      'Date,Time,Close',
      '01/31/2020,11:30 AM,10',
      '01/31/2020,12:00 PM,11',
      '01/31/2020,12:30 PM,12',
      '02/03/2020,12:00 AM,13',
    ),
    [
      ['2020-01-31T16:30:00.000Z', 10],
      ['2020-01-31T17:00:00.000Z', 11],
      ['2020-01-31T17:30:00.000Z', 12],
      ['2020-02-03T05:00:00.000Z', 13],
    ],
    ['month first dates', '30-minute bars'],
  ],
  [
    'Investing.com',
    lines(
      '"Date","Price","Open","High","Low","Vol.","Change %"',
      '"01/31/2020","12","11","13","10","1.5K","0.1%"',
      '"01/30/2020","11","10","12","9","2M","0.1%"',
    ),
    [
      ['2020-01-30', 10, 12, 9, 11, 2_000_000],
      ['2020-01-31', 11, 13, 10, 12, 1500],
    ],
    [],
  ],
  [
    'Nasdaq, with currency signs',
    lines(
      'Date,Close/Last,Volume,Open,High,Low',
      '01/31/2020,$12.00,200,$11,$13,$10',
      '01/30/2020,$11.00,100,$10,$12,$9',
    ),
    TWO_DAYS,
    ['newest first'],
  ],
  [
    'Alpha Vantage',
    lines(
      'timestamp,1. open,2. high,3. low,4. close,5. volume',
      '2020-01-31,11,13,10,12,200',
      '2020-01-30,10,12,9,11,100',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'Dukascopy',
    lines(
      'Gmt time,Open,High,Low,Close,Volume',
      '31.01.2020 10:00:00.000,10,12,9,11,100',
      '31.01.2020 10:05:00.000,11,13,10,12,200',
    ),
    [
      ['2020-01-31T10:00:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T10:05:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['5-minute'],
  ],
  [
    'epoch milliseconds',
    lines('open_time,open,high,low,close,volume', '1580464800000,10,12,9,11,100', '1580464860000,11,13,10,12,200'),
    [
      ['2020-01-31T10:00:00.000Z', 10, 12, 9, 11, 100],
      ['2020-01-31T10:01:00.000Z', 11, 13, 10, 12, 200],
    ],
    ['epoch milliseconds, 2 1-minute bars'],
  ],
  [
    'pandas, whose index has no title',
    lines(',Open,High,Low,Close,Volume', '2020-01-30,10,12,9,11,100', '2020-01-31,11,13,10,12,200'),
    TWO_DAYS,
    [],
  ],
  [
    'a spreadsheet that names its separator, under a title',
    lines('sep=;', 'My bars', '', 'DATE;CLOSE', '2020-01-30;11', '2020-01-31;12'),
    [
      ['2020-01-30', 11],
      ['2020-01-31', 12],
    ],
    ['semicolon-separated'],
  ],
  [
    'no header, dates and closes',
    lines('20200130,11', '20200131,12'),
    [
      ['2020-01-30', 11],
      ['2020-01-31', 12],
    ],
    ['comma-separated, no header, yyyymmdd dates'],
  ],
  [
    'day names a month: 31-Jan-20',
    lines('Date,Close', '30-Jan-20,11', '31-Jan-20,12'),
    [
      ['2020-01-30', 11],
      ['2020-01-31', 12],
    ],
    ['dates with month names'],
  ],
  [
    'French, as its banks write it, prices in euros',
    lines(
      'Date;Ouverture;Plus haut;Plus bas;Clôture;Volume',
      '30/01/2020;10,00 €;12,00 €;9,00 €;11,00 €;100',
      '31/01/2020;11,00 €;13,00 €;10,00 €;12,00 €;200',
    ),
    TWO_DAYS,
    ['decimal comma, day first dates, 2 daily bars, open, high, low and close', 'EUR, America/New_York assumed'],
  ],
  [
    'French, abbreviated',
    lines('date;ouv;haut;bas;clot;vol', '30/01/2020;10;12;9;11;100', '31/01/2020;11;13;10;12;200'),
    TWO_DAYS,
    [],
  ],
  [
    'German, as investing.com writes it',
    lines(
      '"Datum","Zuletzt","Eröffn.","Hoch","Tief","Vol.","+/- %"',
      '"31.01.2020","12,00","11,00","13,00","10,00","200","1,2%"',
      '"30.01.2020","11,00","10,00","12,00","9,00","100","1,2%"',
    ),
    TWO_DAYS,
    ['decimal comma', 'newest first'],
  ],
  [
    'Spanish',
    lines(
      'Fecha;Apertura;Máximo;Mínimo;Cierre;Volumen',
      '30/01/2020;10,0;12,0;9,0;11,0;100',
      '31/01/2020;11,0;13,0;10,0;12,0;200',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'Italian',
    lines(
      'Data;Apertura;Massimo;Minimo;Chiusura;Volume',
      '30/01/2020;10,0;12,0;9,0;11,0;100',
      '31/01/2020;11,0;13,0;10,0;12,0;200',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'Dutch',
    lines(
      'Datum;Opening;Hoogste;Laagste;Slotkoers;Volume',
      '30-01-2020;10,0;12,0;9,0;11,0;100',
      '31-01-2020;11,0;13,0;10,0;12,0;200',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'Portuguese',
    lines(
      'Data;Abertura;Máxima;Mínima;Fechamento;Volume',
      '30/01/2020;10,0;12,0;9,0;11,0;100',
      '31/01/2020;11,0;13,0;10,0;12,0;200',
    ),
    TWO_DAYS,
    [],
  ],
  [
    'closes with the code of their currency behind them',
    lines('Date,Close', '2020-01-30,11.50 GBP', '2020-01-31,12.50 GBP'),
    [
      ['2020-01-30', 11.5],
      ['2020-01-31', 12.5],
    ],
    ['GBP, America/New_York assumed'],
  ],
  [
    'closes whose title names their currency',
    lines('Date,Close (CHF)', '2020-01-30,11.50', '2020-01-31,12.50'),
    [
      ['2020-01-30', 11.5],
      ['2020-01-31', 12.5],
    ],
    ['CHF, America/New_York assumed'],
  ],
];

describe('a file of each layout is recognised by its content', () => {
  test.each(LAYOUTS)('%s', async (_, text, bars, words, options) => {
    const found = await imported(text, options);
    expect(found.bars).toEqual(bars);
    for (const word of words) expect(found.report.understood).toContain(word);
  });

  test.each(LAYOUTS)('%s, with every option in force told', async (_, text, bars, _words, options = {}) => {
    const { report } = await imported(text, options);
    const again = await imported(text, { ...options, interval: report.interval });
    expect(again.bars).toEqual(bars);
  });

  test('what is passed over is said', async () => {
    const { report } = await imported(
      'time,open,high,low,close,MA,RSI\n1580394600,10,12,9,11,1,2\n1580481000,10,12,9,11,1,2\n',
    );
    expect(report.notices).toEqual([
      { rule: 'columns-ignored', effect: 'info', bars: 0, sentence: 'columns passed over: "MA", "RSI"' },
    ]);
    const yahoo = await imported(
      'Date\tClose\tAdj Close\nJan 30, 2020\t1\t1\nJan 30, 2020\t0.5 Dividend\nJan 31, 2020\t1\t1\n',
    );
    expect(yahoo.report.notices.map(({ sentence }) => sentence)).toEqual(['1 row passed over: dividends and splits']);
  });
});

describe('day and month', () => {
  const dates = (...given: string[]) => lines('Date,Close', ...given.map((date, index) => `${date},${index + 1}`));
  const read = async (text: string, options?: CsvOptions) => {
    const { bars, report } = await imported(text, options);
    return { dates: bars.map(([time]) => time), understood: report.understood, notices: report.notices };
  };

  test.each([
    ['a day above 12 in the last row', dates('02/01/2020', '03/01/2020', '13/01/2020'), 'day first', '2020-01-02'],
    ['a day above 12 in the first row', dates('12/31/2019', '01/02/2020', '01/03/2020'), 'month first', '2019-12-31'],
    [
      'time that would run to and fro',
      dates('12/01/2020', '01/02/2020', '02/02/2020', '03/02/2020'),
      'day first',
      '2020-01-12',
    ],
    [
      'the same, newest first',
      dates('03/02/2020', '02/02/2020', '01/02/2020', '12/01/2020'),
      'day first',
      '2020-01-12',
    ],
  ])('are told by %s', async (_, text, words, first) => {
    const found = await read(text);
    expect(found.dates[0]).toBe(first);
    expect(found.understood).toContain(`${words} dates,`);
    expect(found.notices.filter(({ rule }) => rule === 'date-order-assumed')).toEqual([]);
  });

  test('that nothing in the file tells apart are assumed, aloud, and can be overruled', async () => {
    const text = dates('01/02/2020', '02/02/2020', '03/02/2020');
    const assumed = await read(text, { interval: '1mo' });
    expect(assumed.dates).toEqual(['2020-01-02', '2020-02-02', '2020-03-02']);
    expect(assumed.understood).toContain('month first dates (assumed)');
    expect(assumed.notices.map(({ rule }) => rule)).toContain('date-order-assumed');
    const dots = await read(text.replaceAll('/', '.'));
    expect(dots.dates).toEqual(['2020-02-01', '2020-02-02', '2020-02-03']);
    expect(dots.understood).toContain('day first dates (assumed)');
    const told = await read(text, { dateOrder: 'dmy' });
    expect(told.dates).toEqual(['2020-02-01', '2020-02-02', '2020-02-03']);
    expect(told.understood).toContain('day first dates, 3 daily bars');
    expect(told.notices).toEqual([]);
  });
});

describe('numbers', () => {
  const read = async (close: string[], options?: CsvOptions, delimiter = ';') => {
    const rows = close.map((cell, index) => `2020-01-${String(index + 13)}${delimiter}${cell}`);
    const { bars, report } = await imported(lines(`Date${delimiter}Close`, ...rows), options);
    return { closes: bars.map(([, value]) => value), notices: report.notices.map(({ rule }) => rule) };
  };

  test.each([
    [['1,5', '1,25'], [1.5, 1.25], []],
    [['1,234', '1,234.5'], [1234, 1234.5], []],
    [['1.234', '1.234,5'], [1234, 1234.5], []],
    [['1,234,567', '1,234'], [1234567, 1234], []],
    [['0,123', '1,234'], [0.123, 1.234], []],
    [['1.234', '1.235'], [1.234, 1.235], ['decimal-assumed']],
    [['1,234', '1,235'], [1.234, 1.235], ['decimal-assumed']],
  ])('%j are %j', async (cells, closes, notices) => {
    expect(await read(cells)).toEqual({ closes, notices });
  });

  test('with points group thousands beside dotted dates, which is said', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, day) => `${String(day + 1).padStart(2, '0')}.01.2020;${day % 2 ? '12.345' : '998'}`,
    );
    const { bars, report } = await imported(lines('Datum;Schluss', ...rows));
    expect(bars.slice(0, 2).map(([, value]) => value)).toEqual([998, 12345]);
    expect(report.notices.map(({ rule }) => rule)).toContain('decimal-assumed');
  });

  test('named Zeit are the time of day', async () => {
    const rows = Array.from({ length: 12 }, (_, i) => `02.01.2020;09:${String(5 * i).padStart(2, '0')};${100 + i},5`);
    const { bars } = await imported(lines('Datum;Zeit;Schluss', ...rows), { timezone: 'Europe/Berlin' });
    expect(bars).toHaveLength(12);
    expect(String(bars[1]![0])).toMatch(/^2020-01-02T08:05/);
  });

  test.each([
    [
      'a lone point among decimal commas',
      ['1,25', '1,26', '1.234', '1,27'],
      '"1.234" would be read as 1234 after 1.26',
    ],
    ['the same in the first row', ['1.234', '1,25', '1,26'], '1.25 comes after "1.234", which would be read as 1234'],
    ['a lone comma among decimal points', ['1.25', '1,234', '1.27'], '"1,234" would be read as 1234 after 1.25'],
    ['with its currency', ['1,25 €', '1.234 €', '1,27 €'], '"1.234 €" would be read as 1234 after 1.25'],
    ['a lone comma among thousands', ['1.234,50', '1.235,50', '1,236'], '"1,236" would be read as 1.236 after 1235.5'],
    ['the same after a missing one', ['1,25', '', '1.234'], '"1.234" would be read as 1234 after 1.25'],
  ])('of another style are refused: %s', async (_, cells, words) => {
    await expect(read(cells)).rejects.toThrow(words);
  });

  test('that grow past a thousand or fall below it are not of another style', async () => {
    const cells = ['998,5', '1.001', '1.000,5', '999'];
    expect((await read(cells)).closes).toEqual([998.5, 1001, 1000.5, 999]);
  });

  test('marked with two currencies are refused, and the one told stands beside the one marked', async () => {
    await expect(read(['$1.25', '1.26 EUR'])).rejects.toThrow(
      '"1.26 EUR" comes after prices in USD; keep one currency',
    );
    const told = await read(['1.25 €', '1.26 €'], { currency: 'USD' });
    expect([told.closes, told.notices]).toEqual([[1.25, 1.26], ['currency-marked']]);
    await expect(read(['1.25 XYZW', '1.26 XYZW'])).rejects.toThrow('"1.25 XYZW" is not a number');
  });

  test('that may be read two ways can be overruled', async () => {
    expect((await read(['1,234', '1,235'], { decimal: '.' })).closes).toEqual([1234, 1235]);
    expect((await read(['1.234', '1.235'], { decimal: ',' })).closes).toEqual([1234, 1235]);
  });

  test('of any size are what JavaScript makes of them', async () => {
    const cells = [
      '0.1',
      '123456789012345.6',
      '1e-7',
      '0.000001234567890123',
      '999999999999999',
      '3.14159265358979',
      '5.',
    ];
    expect((await read(cells)).closes).toEqual(cells.map(Number));
  });
});

describe('the money of a file', () => {
  const money = async (...lines: string[]) => (await imported(lines.join('\n'))).report;

  test.each([
    ['Close (GBX)', 'GBX'],
    ['Close (GBp)', 'GBX'],
    ['Close (pence)', 'GBX'],
    ['Close (p)', 'GBX'],
    ['Close (GBP)', 'GBP'],
    ['Close (ZAc)', 'ZAC'],
  ])('is that of the title %s, pence staying pence', async (title, currency) => {
    expect((await money(`Date,${title}`, '2012-01-03,101', '2012-01-04,102')).understood).toContain(
      `${currency}, America`,
    );
  });

  test.each([
    ['Currency', 'GBp', 'GBX'],
    ['Devise', 'EUR', 'EUR'],
    ['Währung', 'CHF', 'CHF'],
  ])('is that of the column %s', async (title, cell, currency) => {
    const report = await money(`Date,Close,${title}`, `2012-01-03,101,${cell}`, `2012-01-04,102,${cell}`);
    expect(report.understood).toContain(`${currency}, America`);
    expect(report.notices).toEqual([]);
  });

  test('is that of the column where a sign means many, and one for all rows', async () => {
    const lines = ['Date,Close,Currency', '2012-01-03,$101,CAD'];
    expect((await money(...lines, '2012-01-04,$102,CAD')).understood).toContain('CAD, America');
    await expect(money(...lines, '2012-01-04,$102,USD')).rejects.toThrow(
      'line 3, column Currency: "USD" comes after prices in CAD; keep one currency',
    );
  });
});

test('a German volume is the number of shares, not the turnover beside it', async () => {
  const { bars } = await imported('Datum;Schlusskurs;Stücke;Volumen\n03.01.2012;1,5;200;300\n04.01.2012;1,6;100;160');
  expect(bars.map(([, , volume]) => volume)).toEqual([200, 100]);
});

test.each([
  ['Volumen (Mio.)', '2,5', 2_500_000, 'volume in millions'],
  ['Volume (thousands)', '2,5', 2_500, 'volume in thousands'],
  ["Vol. ('000)", '2,5', 2_500, 'volume in thousands'],
  ['Volume (BTC)', '2,5', 2.5, ''],
])('a volume under the title %s is counted in what it says', async (title, cell, volume, words) => {
  const { report, bars } = await imported(`Datum;Schluss;${title}\n03.01.2012;1,5;${cell}\n04.01.2012;1,6;0`);
  expect(bars[0]).toEqual(['2012-01-03', 1.5, volume]);
  expect(report.understood).toContain(words);
});
