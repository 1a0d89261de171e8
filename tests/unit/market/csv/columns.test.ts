import { describe, expect, test } from 'vitest';
import { previewCsv } from '../../../../electron/engine/market/index.ts';
import type { CsvOptions } from '../../../../shared/domain/index.ts';
import { NOW, openMarket, seriesOf, temporaryFolder } from '../support.ts';
import { imported, refusal } from './support.ts';

const day = (index: number) => new Date(Date.UTC(2019, 0, 1 + index)).toISOString().slice(0, 10);
/** Sound candles with a volume of tens of thousands, and what a close is in them. */
const CANDLES = Array.from({ length: 40 }, (_, index) => {
  const open = 50 + Math.sin(index) * 3;
  const close = 50 + Math.sin(index + 1) * 3;
  const [high, low] = [Math.max(open, close) + 1, Math.min(open, close) - 1];
  return { open, high, low, close, adjClose: close * 0.9, volume: 20_000 + ((index * 7919) % 30_000) };
});
type Name = keyof (typeof CANDLES)[number];
const file = (titles: string, names: readonly Name[], rows = CANDLES) =>
  [titles, ...rows.map((row, index) => [day(index), ...names.map((name) => row[name])].join(','))].join('\n');

const TITLES = 'Date,Open,High,Low,Close,Volume';
const ALL: readonly Name[] = ['open', 'high', 'low', 'close', 'volume'];
const swap = (a: Name, b: Name) => ALL.map((name) => (name === a ? b : name === b ? a : name));

describe('columns whose values contradict their titles are refused by name', () => {
  test.each([
    ['close', 'volume', '"Close" and "Volume"'],
    ['high', 'low', '"High" and "Low"'],
    ['open', 'high', '"Open" and "High"'],
    ['low', 'close', '"Low" and "Close"'],
    ['open', 'volume', '"Open" and "Volume"'],
  ] as const)('%s and %s swapped', async (a, b, words) => {
    const found = await refusal(file(TITLES, swap(a, b)));
    expect(found).toContain(`BAD_CSV: its columns ${words} look swapped in`);
    expect(found).toContain('of 40 rows; say which column is which');
  });

  test('close and adjusted close swapped', async () => {
    const text = file('Date,Open,High,Low,Adj Close,Close', ['open', 'high', 'low', 'close', 'adjClose']);
    expect(await refusal(text)).toContain('"Close" and "Adj Close" look swapped');
  });

  test('all four prices turned round', async () => {
    const text = file(TITLES, ['high', 'low', 'open', 'close', 'volume']);
    expect(await refusal(text)).toMatch(/rows "High" is not the highest price or "Low" not the lowest; say which/);
  });

  test('closes that jump as volumes do beside volumes that move as closes do', async () => {
    expect(await refusal(file('Date,Close,Volume', ['volume', 'close']))).toMatch(
      /its columns "Close" and "Volume" look swapped: "Close" usually changes by \d+ % from row to row/,
    );
  });

  test('also where a series is made without an import', () => {
    expect(() => seriesOf(file(TITLES, swap('close', 'volume')))).toThrow('"Close" and "Volume" look swapped');
  });

  test('and nothing sound is: candles, flat candles, few traded, closes with volumes', async () => {
    const flat = CANDLES.map((row) => ({ ...row, open: 50, high: 50, low: 50, close: 50 }));
    const thin = CANDLES.map((row) => ({ ...row, volume: 50 }));
    for (const text of [
      file(TITLES, ALL),
      file(TITLES, ALL, flat),
      file(TITLES, ALL, thin),
      file('Date,Close,Volume', ['close', 'volume']),
    ])
      expect((await imported(text)).bars).toHaveLength(40);
  });
});

describe('adjusted closes', () => {
  const closes = CANDLES.map(({ close }) => close);

  test.each(['Close (Adjusted)', 'Adj. Close', 'Adjusted', 'Schlusskurs (bereinigt)', 'Clôture ajustée'])(
    'alone under %s are read as such, aloud',
    async (title) => {
      const { bars, report } = await imported(file(`Date,${title}`, ['close']));
      expect(bars.map(([, close]) => close)).toEqual(closes);
      expect(report.understood).toContain('adjusted closes (prices stay as delivered)');
      expect(report.notices.map(({ rule }) => rule)).toEqual(['adjusted-at-source']);
    },
  );

  test('alone are said with every series of the file', async () => {
    const market = openMarket(temporaryFolder());
    await market.importCsv({ symbol: 'A', fileName: 'a.csv', content: file('Date,Adj Close', ['close']) });
    const { notices } = await market.series({ symbol: 'A', source: 'csv' });
    expect(notices.map(({ rule }) => rule)).toEqual(['adjusted-at-source']);
  });

  test.each(['Close (adj)', 'Adjusted', 'Close adj.', 'adj_close', 'AdjClose', 'Adjusted Close'])(
    'under %s beside the close adjust it',
    async (title) => {
      const rows = CANDLES.map((row, index) => ({ ...row, adjClose: row.close * (index < 20 ? 0.5 : 1) }));
      const { bars, report } = await imported(file(`Date,Close,${title}`, ['close', 'adjClose'], rows));
      expect(report.understood).toContain('with adjusted close');
      expect(bars[0]![1]).toBeCloseTo(closes[0]! / 2, 9);
      expect(bars[39]![1]).toBe(closes[39]);
    },
  );

  test.each(['Close (USD)', 'Close (unadjusted)', 'Close (adjusted for splits)'])(
    'are not meant by %s',
    async (title) => {
      const { report } = await imported(file(`Date,${title}`, ['close']));
      expect(report.understood).toContain('no adjusted close');
    },
  );
});

describe('a file of which more than 5 % is bad', () => {
  const damaged = (bad: number) =>
    file(
      TITLES,
      ALL,
      CANDLES.map((row, index) => (index < bad ? { ...row, open: 0 } : row)),
    );

  test('is refused with the reasons, and 5 % is not', async () => {
    expect(await refusal(damaged(3))).toBe(
      'BAD_CSV: 3 of its 40 bars would be dropped or repaired, more than 5 % (3 bars dropped: zero or negative price); look at its columns, or accept the damage.',
    );
    const { bars, report } = await imported(damaged(2));
    expect(bars).toHaveLength(38);
    expect(report.notices.map(({ rule }) => rule)).toEqual(['price-not-positive']);
  });

  test('is taken by a word of the user, which is said with every series of it', async () => {
    const market = openMarket(temporaryFolder());
    const report = await market.importCsv({
      ...{ symbol: 'OLD', fileName: 'old.csv', content: damaged(10), options: { acceptDamage: true } },
    });
    expect(report.bars).toBe(30);
    expect(report.notices.map(({ rule }) => rule)).toEqual(['price-not-positive', 'damage-accepted']);
    const { notices, time } = await market.series({ symbol: 'OLD', source: 'csv' });
    expect([time.length, notices.map(({ rule }) => rule)]).toEqual([30, ['price-not-positive']]);
  });

  /** 40 days of which so many lie after the clock's 2020-06-15. */
  const ahead = (later: number) =>
    [
      'Date,Close',
      ...CANDLES.map(({ close }, index) => {
        const date = new Date(Date.UTC(2020, 5, 14 - 39 + later + (index >= 40 - later ? 1 : 0) + index));
        return `${date.toISOString().slice(0, 10)},${close}`;
      }),
    ].join('\n');

  test('counts bars later than now: years misread, or a clock set back', async () => {
    const refused = await refusal(ahead(3));
    expect(refused).toBe(
      'BAD_CSV: 3 of its 40 bars would be dropped or repaired, more than 5 % (3 bars dropped: later than now); look at its columns, its dates and the clock of this machine, or accept the damage.',
    );
    const { report } = await imported(ahead(2));
    expect([report.bars, report.notices.map(({ rule, bars }) => [rule, bars])]).toEqual([38, [['later-than-now', 2]]]);
    expect((await imported(ahead(30), { acceptDamage: true })).report.bars).toBe(10);
  });

  test('counts no bar that has not closed yet', async () => {
    const today = CANDLES.map(({ close }) => `2020-06-15,${close}`);
    const rows = [...CANDLES.slice(1).map(({ close }, index) => `${day(index)},${close}`), today[0]];
    const { report } = await imported(['Date,Close', ...rows].join('\n'), { interval: '1d' });
    expect(report.notices.map(({ rule, bars }) => [rule, bars])).toContainEqual(['unfinished', 1]);
  });
});

describe('columns that the user names', () => {
  const strange = file('Quand,a,b,c,d,e', ALL);
  const closesOf = async (text: string, columns: CsvOptions['columns'], more: CsvOptions = {}) =>
    (await imported(text, { columns, ...more })).bars.map((bar) => (bar.length > 2 ? bar[4] : bar[1]));
  const closes = CANDLES.map(({ close }) => close);

  test('by title or by number are read', async () => {
    expect(await refusal(strange)).toContain('names no column Date');
    expect(await closesOf(strange, { date: 'Quand', close: 'd' })).toEqual(closes);
    expect(await closesOf(strange, { date: '1', close: '5' })).toEqual(closes);
    const whole = { date: 'quand', open: '2', high: '3', low: '4', close: 'D', volume: 'e' };
    expect((await imported(strange, { columns: whole })).bars[0]).toEqual([
      day(0),
      ...ALL.map((name) => CANDLES[0]![name]),
    ]);
  });

  test('put swapped ones right', async () => {
    const text = file(TITLES, swap('close', 'volume'));
    expect(await closesOf(text, { close: 'Volume', volume: 'Close' })).toEqual(closes);
  });

  test('need no header', async () => {
    const bare = strange
      .split('\n')
      .slice(1)
      .map((line) => `x,${line}`)
      .join('\n');
    expect(await closesOf(bare, { date: '2', close: '6' }, { header: false })).toEqual(closes);
  });

  test('under lines of another kind are found', async () => {
    expect(await closesOf(`My bars\nfrom,a,b,c,d,e\n${strange}`, { date: '1', close: '5' })).toEqual(closes);
  });

  test('choose among two of one title, and none where the text is empty', async () => {
    const two = file('Date,Close,Close', ['adjClose', 'close']);
    expect(await refusal(two)).toContain('names the column Close twice');
    expect(await closesOf(two, { close: '3' })).toEqual(closes);
    const { report } = await imported(file('Date,Close,Volume', ['close', 'volume']), { columns: { volume: '' } });
    expect(report.notices.map(({ sentence }) => sentence)).toEqual(['columns passed over: "Volume"']);
  });

  test.each([
    [{ close: 'Fin' }, 'line 1 has no column "Fin"; it has "Quand", "a", "b", "c", "d", "e"'],
    [{ close: '7' }, 'line 1 has no column "7"; it has'],
    [{ date: '1', close: '1' }, 'line 1 has one column "1", which cannot be both date and close'],
    [{ date: '1', close: '5', high: '3' }, 'a candle needs open, high and low; open and low is not there'],
  ])('%j are refused in words', async (columns, words) => {
    expect(await refusal(strange, { columns })).toContain(words);
  });

  test('are refused where the one named as date holds none', async () => {
    const text = 'Nom,Quand,Fin\nX,2019-01-01,1\nX,2019-01-02,2\n';
    expect(await refusal(text, { columns: { date: 'Nom', close: 'Fin' } })).toContain(
      'its column "Nom" holds no dates',
    );
  });

  test('are in force when the stored file is read again', async () => {
    const market = openMarket(temporaryFolder());
    const columns = { date: 'Quand', close: 'd' };
    await market.importCsv({ symbol: 'M', fileName: 'm.csv', content: strange, options: { columns } });
    expect(Array.from((await market.series({ symbol: 'M', source: 'csv' })).close)).toEqual(closes);
  });

  test('are offered for a file that cannot be read without them', async () => {
    const preview = await previewCsv({ symbol: 'P', fileName: 'p.csv', content: strange }, NOW);
    expect([preview.error?.code, preview.titles]).toEqual(['BAD_CSV', ['Quand', 'a', 'b', 'c', 'd', 'e']]);
    const german = 'Wann;Preis\n2019-01-02;1,5\n2019-01-03;2,5\n';
    const commas = await previewCsv({ symbol: 'P', fileName: 'p.csv', content: german }, NOW);
    expect(commas.titles).toEqual(['Wann', 'Preis']);
    const told = { columns: { date: '1', close: '5' } };
    const again = await previewCsv({ symbol: 'P', fileName: 'p.csv', content: strange, options: told }, NOW);
    expect([again.error, again.titles[4], again.options?.columns.close]).toEqual([null, 'd', '5']);
  });
});
