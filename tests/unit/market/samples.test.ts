import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { BUNDLED_WATCHLISTS, createMarket, type Market } from '../../../electron/engine/market/index.ts';
import { packageRoot } from '../../../electron/engine/platform/index.ts';
import { buildIndex } from '../../../resources/samples/build-index.ts';
import { Instrument, Watchlist } from '../../../shared/domain/index.ts';
import { datesOf, NOW, openCache, openMarket, RESOURCES, rejectedBy, temporaryFolder } from './support.ts';

const SAMPLES = path.join(RESOURCES, 'samples');
const DELIVERED = path.join(packageRoot(), '..', 'shared', 'data');
let market: Market;
beforeAll(() => {
  market = openMarket(path.join(packageRoot(), 'no-such-folder'), null, Date.parse('2024-01-02T12:00:00Z'));
});

describe('the bundled bars', () => {
  test('are as index.json says', () => {
    expect(JSON.parse(readFileSync(path.join(SAMPLES, 'index.json'), 'utf8'))).toEqual(buildIndex());
  });

  test.skipIf(!existsSync(DELIVERED))(
    'are byte for byte those of the shared data (skipped where these are absent)',
    () => {
      const names = readdirSync(path.join(DELIVERED, 'ohlcv'));
      expect(names.length).toBe(7);
      for (const name of names) {
        const copy = readFileSync(path.join(SAMPLES, 'ohlcv', name.replace('^', '')));
        expect(copy.equals(readFileSync(path.join(DELIVERED, 'ohlcv', name)))).toBe(true);
      }
      const closes = readFileSync(path.join(SAMPLES, 'closes', 'sp500-20.csv.gz'));
      expect(closes.equals(readFileSync(path.join(DELIVERED, 'closes', 'sp500-20.csv.gz')))).toBe(true);
    },
  );

  test('come with their licences', () => {
    const notice = readFileSync(path.join(SAMPLES, 'NOTICE.md'), 'utf8');
    for (const words of [
      'public domain: Quandl WIKI prices',
      'arch 8.0 (NCSA licence)',
      'skfolio 1.12 (BSD-3-Clause)',
    ]) {
      expect(notice).toContain(words);
    }
  });

  test('are 7 instruments with candles and 20 of closes, all valid, with file names that every system takes', async () => {
    const instruments = await market.instruments();
    expect(instruments.map((instrument) => Instrument.parse(instrument))).toEqual(instruments);
    expect(instruments.filter(({ source }) => source === 'samples').map(({ symbol }) => symbol)).toEqual([
      'AAPL',
      'IBM',
      'MSFT',
      'GOOG',
      'FB',
      '^GSPC',
      '^IXIC',
    ]);
    expect(instruments.filter(({ source, closeOnly }) => source === 'samples-closes' && closeOnly)).toHaveLength(20);
    expect(readdirSync(path.join(SAMPLES, 'ohlcv')).every((name) => /^[A-Z]+\.csv$/.test(name))).toBe(true);
  });

  test('hold no bad bar, and as many bars as the index says', async () => {
    for (const instrument of await market.instruments()) {
      const series = await market.series(instrument);
      expect([instrument.symbol, series.marks, series.time.length]).toEqual([instrument.symbol, [], instrument.bars]);
      expect([datesOf(series)[0], datesOf(series).at(-1)]).toEqual([instrument.firstDate, instrument.lastDate]);
    }
  });

  test('open at an as-of with 144 bars before it and 32 ahead, for every symbol', async () => {
    for (const instrument of await market.instruments()) {
      const seen = (await market.series(instrument, instrument.defaultAsOf!)).time.length;
      expect(seen).toBeGreaterThanOrEqual(144);
      expect(instrument.bars - seen).toBeGreaterThanOrEqual(32);
    }
  });

  test('FB on its first day is the bar of the file', async () => {
    const fb = await market.series({ symbol: 'FB' }, '2012-05-18');
    expect([fb.open, fb.high, fb.low, fb.close, fb.volume].map((column) => Array.from(column!))).toEqual([
      [42.05],
      [45],
      [38],
      [38.2318],
      [573576400],
    ]);
    expect([fb.adjustment, fb.currency, fb.timezone, new Date(fb.asOf).toISOString()]).toEqual([
      'point-in-time',
      'USD',
      'America/New_York',
      '2012-05-19T04:00:00.000Z',
    ]);
  });

  test('closes are a line, and say that their levels are not those of the day', async () => {
    const jnj = await market.series({ symbol: 'JNJ' }, '1990-01-03');
    expect(Array.from(jnj.close)).toEqual([3.438, 3.452]);
    expect([jnj.closeOnly, jnj.adjustment, jnj.open, jnj.high, jnj.low, jnj.volume]).toEqual([
      true,
      'none',
      null,
      null,
      null,
      null,
    ]);
    expect(jnj.notices.map(({ rule, effect }) => [rule, effect])).toEqual([['adjusted-at-source', 'info']]);
    expect(jnj.notices[0]!.sentence).toBe(
      'Closes come adjusted for splits and dividends up to 2022-12-28: levels are not the prices of the day, moves between bars are.',
    );
  });
});

describe('a bundled file that was changed', () => {
  const damages: [name: string, file: string, symbol: string, damage: (bytes: Buffer) => Buffer][] = [
    [
      'a price of candles',
      'ohlcv/AAPL.csv',
      'AAPL',
      (bytes) => Buffer.from(bytes.toString().replace('101.25', '191.25')),
    ],
    ['candles cut short', 'ohlcv/AAPL.csv', 'AAPL', (bytes) => bytes.subarray(0, 5000)],
    ['packed closes cut short', 'closes/sp500-20.csv.gz', 'KO', (bytes) => bytes.subarray(0, 5000)],
    ['no gzip at all', 'closes/sp500-20.csv.gz', 'KO', () => Buffer.from('Date,KO\n2020-01-02,1\n')],
  ];
  test.each(damages)('%s is refused, and read again once it is whole', async (_, file, symbol, damage) => {
    const dir = temporaryFolder();
    const resourcesDir = path.join(dir, 'resources');
    cpSync(SAMPLES, path.join(resourcesDir, 'samples'), { recursive: true });
    const cache = openCache(dir);
    const open = () =>
      createMarket({ cache, importsDir: path.join(dir, 'imports'), resourcesDir, clock: { now: () => NOW } });
    const [copy, whole] = [path.join(resourcesDir, 'samples', file), readFileSync(path.join(SAMPLES, file))];
    writeFileSync(copy, damage(whole));
    const running = open();
    const error = await rejectedBy(running.series({ symbol }));
    expect([error.code, error.sentence]).toEqual([
      'FILE_UNREADABLE',
      `The file resources/samples/${file} cannot be read: its SHA-256 is not the one in index.json; reinstall, or run git checkout on it.`,
    ]);
    expect((await running.series({ symbol: 'IBM' })).time.length).toBe(3270);
    writeFileSync(copy, whole);
    const expected = await market.series({ symbol }, '2012-12-31');
    for (const again of [running, open()]) expect(await again.series({ symbol }, '2012-12-31')).toEqual(expected);
  });
});

test.each(['{', '{"instruments":[{"symbol":"AAPL"}]}'])('a damaged index %s is said to be', async (text) => {
  const dir = temporaryFolder();
  mkdirSync(path.join(dir, 'samples'));
  writeFileSync(path.join(dir, 'samples', 'index.json'), text);
  const damaged = createMarket({ cache: null, importsDir: dir, resourcesDir: dir, clock: { now: () => NOW } });
  expect((await rejectedBy(damaged.instruments())).sentence).toBe(
    'The file resources/samples/index.json cannot be read: it is damaged; reinstall, or run git checkout on it.',
  );
});

describe('the bundled watchlists', () => {
  test('are valid, and every line is an instrument with the as-of of its list', async () => {
    const instruments = await market.instruments();
    expect(BUNDLED_WATCHLISTS.map(({ name, items }) => [name, items.length])).toEqual([
      ['samples', 7],
      ['sp500-20', 20],
    ]);
    for (const list of BUNDLED_WATCHLISTS) {
      expect(Watchlist.parse(list)).toEqual(list);
      for (const item of list.items) {
        const found = instruments.find(({ symbol, source }) => symbol === item.symbol && source === item.source);
        expect(found?.defaultAsOf).toBe(list.defaultAsOf);
      }
    }
  });
});
