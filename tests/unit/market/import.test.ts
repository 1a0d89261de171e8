import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importStem } from '../../../electron/engine/market/import-names.ts';
import { INTERVALS, Ticker } from '../../../shared/domain/index.ts';
import { datesOf, HEADER, openCache, openMarket, rejectedBy, temporaryFolder } from './support.ts';

const TEXT = `${HEADER}\n2020-01-02,10,11,9,10.5,10.5,100\n2020-01-03,10,11,9,0,10,100\n2020-01-06,10,11,9,10.6,10.6,100\n`;
const input = (symbol: string, content = TEXT) => ({ symbol, interval: '1d' as const, fileName: 'mine.csv', content });

describe('importing a file', () => {
  test('says back what was understood', async () => {
    const market = openMarket(temporaryFolder());
    expect(await market.importCsv(input(' tsla '))).toEqual({
      symbol: 'TSLA',
      interval: '1d',
      bars: 2,
      firstDate: '2020-01-02',
      lastDate: '2020-01-06',
      closeOnly: false,
      notices: [
        { rule: 'price-not-positive', effect: 'dropped', bars: 1, sentence: '1 bar dropped: zero or negative price' },
      ],
      understood:
        'comma-separated, ISO dates, 2 daily bars, open, high, low and close, with adjusted close; America/New_York and USD assumed; 1 bar dropped: zero or negative price.',
    });
  });

  test('says that a file is newest first, of closes, without adjusted close', async () => {
    const { understood } = await openMarket(temporaryFolder()).importCsv(
      input('X', 'Date,Close\n2020-01-03,2\n2020-01-02,1\n'),
    );
    expect(understood).toBe(
      'comma-separated, ISO dates, 2 daily bars, closes only, no adjusted close (prices stay as delivered), newest first; America/New_York and USD assumed.',
    );
  });

  test('makes an instrument that stands before the sample of the same symbol', async () => {
    const market = openMarket(temporaryFolder());
    expect((await market.resolve({ symbol: 'AAPL' })).source).toBe('samples');
    await market.importCsv(input('AAPL'));
    expect(await market.resolve({ symbol: 'AAPL' })).toMatchObject({
      source: 'csv',
      bars: 2,
      name: 'mine.csv',
      defaultAsOf: null,
    });
    expect((await market.instruments())[0]).toMatchObject({ symbol: 'AAPL', source: 'csv' });
    expect(datesOf(await market.series({ symbol: 'AAPL' }))).toEqual(['2020-01-02', '2020-01-06']);
    expect((await market.series({ symbol: 'AAPL', source: 'samples' })).time.length).toBe(3270);
  });

  test('is there after a restart, with and without the cache', async () => {
    const dir = temporaryFolder();
    await openMarket(dir, openCache(dir)).importCsv(input('TSLA'));
    for (const cache of [openCache(dir), null]) {
      expect(datesOf(await openMarket(dir, cache).series({ symbol: 'TSLA' }))).toEqual(['2020-01-02', '2020-01-06']);
    }
  });

  test('again replaces the bars, at once and after a restart, and leaves one text behind', async () => {
    const dir = temporaryFolder();
    const cache = openCache(dir);
    const market = openMarket(dir, cache);
    await market.importCsv(input('TSLA'));
    await market.series({ symbol: 'TSLA' });
    await market.importCsv(input('TSLA', 'Date,Close\n2020-02-03,7\n'));
    for (const reader of [market, openMarket(dir, cache)]) {
      expect(Array.from((await reader.series({ symbol: 'TSLA' })).close)).toEqual([7]);
    }
    expect(readdirSync(path.join(dir, 'imports')).filter((name) => name.endsWith('.csv'))).toHaveLength(1);
  });

  test('keeps the text as it came', async () => {
    const dir = temporaryFolder();
    const text = `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`;
    await openMarket(dir).importCsv(input('TSLA', text));
    const stored = readdirSync(path.join(dir, 'imports')).find((name) => name.endsWith('.csv'))!;
    expect(readFileSync(path.join(dir, 'imports', stored), 'utf8')).toBe(text);
    expect(datesOf(await openMarket(dir).series({ symbol: 'TSLA' }))).toEqual(['2020-01-02', '2020-01-06']);
  });

  test('keeps intervals of one symbol apart', async () => {
    const market = openMarket(temporaryFolder());
    await market.importCsv(input('ES=F'));
    await market.importCsv({ ...input('ES=F', 'Datetime,Close\n2020-01-02T14:30:00Z,5\n'), interval: '5m' });
    expect(await market.resolve({ symbol: 'ES=F' })).toMatchObject({ interval: '1d', bars: 2 });
    expect(await market.resolve({ symbol: 'ES=F', interval: '5m' })).toMatchObject({
      bars: 1,
      firstDate: '2020-01-02',
    });
  });
});

describe('an import that cannot be', () => {
  test.each([
    ['no bar at all', 'Date,Close\n', 'BAD_CSV'],
    ['no usable bar', 'Date,Close\n2020-01-02,0\n2030-01-02,1\n', 'BAD_CSV'],
    ['a fault in the last line', `${TEXT}2020-01-07,10\n`, 'BAD_CSV'],
    ['too much of it', 'x'.repeat(16 * 1024 * 1024 + 1), 'TOO_LARGE'],
  ])('%s stores nothing', async (_, content, code) => {
    const dir = temporaryFolder();
    const market = openMarket(dir);
    expect((await rejectedBy(market.importCsv(input('TSLA', content)))).code).toBe(code);
    expect(readdirSync(dir)).toEqual([]);
    expect((await rejectedBy(market.resolve({ symbol: 'TSLA' }))).code).toBe('UNKNOWN_SYMBOL');
  });

  test('leaves the earlier import alone', async () => {
    const market = openMarket(temporaryFolder());
    await market.importCsv(input('TSLA'));
    await rejectedBy(market.importCsv(input('TSLA', 'Date,Close\n2020-01-02,x\n')));
    expect((await market.series({ symbol: 'TSLA' })).time.length).toBe(2);
  });

  test.each(['', '../AAPL', 'A B', 'A\\B', '.', 'A'.repeat(21), 'Ä'])('the symbol %j is refused', async (symbol) => {
    expect((await rejectedBy(openMarket(temporaryFolder()).importCsv(input(symbol)))).code).toBe('INVALID_INPUT');
  });

  test('a folder that cannot be written is a sentence', async () => {
    const dir = temporaryFolder();
    writeFileSync(path.join(dir, 'imports'), 'a file where the folder should be');
    expect((await rejectedBy(openMarket(dir).importCsv(input('TSLA')))).code).toBe('FILE_UNWRITABLE');
  });
});

describe('the stored files', () => {
  const ticker = fc
    .stringMatching(/^[A-Z0-9^][A-Z0-9^.\-=_/]{0,19}$/)
    .filter((symbol) => Ticker.safeParse(symbol).success);

  test('have names that every file system takes and that lead nowhere else', () => {
    fc.assert(
      fc.property(ticker, fc.constantFrom(...INTERVALS), (symbol, interval) => {
        expect(`${importStem(symbol, interval)}.json`).toMatch(/^bars-[A-Za-z0-9%-]+\.[a-z0-9]+\.json$/);
      }),
    );
    expect(importStem('BTC/USD', '1d')).toBe('bars-BTC%2fUSD.1d');
  });

  test('differ wherever symbols differ, also where case does not count', () => {
    fc.assert(
      fc.property(ticker, ticker, (one, other) => {
        expect(importStem(one, '1d').toLowerCase() === importStem(other, '1d').toLowerCase()).toBe(one === other);
      }),
    );
  });

  test.each(['^GSPC', 'ES=F', 'BTC/USD', 'BRK.B', 'CON', 'A_B', 'A..', 'NUL'])(
    'bring %s back after a restart',
    async (symbol) => {
      const dir = temporaryFolder();
      await openMarket(dir).importCsv(input(symbol));
      expect(await openMarket(dir).resolve({ symbol, source: 'csv' })).toMatchObject({
        symbol,
        source: 'csv',
        bars: 2,
      });
      expect(readdirSync(dir)).toEqual(['imports']);
    },
  );

  test('of a crash between text and card are passed over, the earlier import stands', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input('TSLA'));
    writeFileSync(path.join(dir, 'imports', 'bars-TSLA.1d.0123456789abcdef.csv'), 'Date,Clo');
    writeFileSync(path.join(dir, 'imports', 'bars-TSLA.1d.json.4711.tmp'), '{"symbol":');
    expect((await openMarket(dir).series({ symbol: 'TSLA' })).time.length).toBe(2);
  });

  test('that are no cards of ours are left alone and spoil nothing', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input('TSLA'));
    const foreign = { 'bars-X.1d.json': '{', 'bars-Y.1d.json': '{"stored":"../../secret.csv"}', 'notes.txt': 'mine' };
    for (const [name, text] of Object.entries(foreign)) writeFileSync(path.join(dir, 'imports', name), text);
    mkdirSync(path.join(dir, 'imports', 'bars-Z.1d.json'));
    const symbols = (await openMarket(dir).instruments())
      .filter(({ source }) => source === 'csv')
      .map(({ symbol }) => symbol);
    expect(symbols).toEqual(['TSLA']);
    for (const [name, text] of Object.entries(foreign)) {
      expect(readFileSync(path.join(dir, 'imports', name), 'utf8')).toBe(text);
    }
  });

  test('that were changed or lost are said to be, and other symbols still read', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input('TSLA'));
    const stored = path.join(
      dir,
      'imports',
      readdirSync(path.join(dir, 'imports')).find((name) => name.endsWith('.csv'))!,
    );
    writeFileSync(stored, TEXT.replace('10.6', '99'));
    const market = openMarket(dir);
    const error = await rejectedBy(market.series({ symbol: 'TSLA' }));
    expect([error.code, error.sentence]).toEqual([
      'FILE_UNREADABLE',
      expect.stringContaining('were changed since the import; import them again'),
    ]);
    expect((await market.series({ symbol: 'IBM' })).time.length).toBe(3270);
  });

  const POSIX = process.platform !== 'win32';
  const instead: [name: string, put: (file: string) => void][] = [
    ['a folder', (file) => mkdirSync(file)],
    ['a pipe', (file) => execFileSync('mkfifo', [file])],
    ['a device', (file) => symlinkSync('/dev/zero', file)],
    [
      'a file of 4 TiB',
      (file) => {
        writeFileSync(file, '');
        truncateSync(file, 2 ** 42);
      },
    ],
  ];

  test.skipIf(!POSIX).each(instead)(
    'with %s in place of the bars are said to have changed (not on Windows)',
    async (_, put) => {
      const dir = temporaryFolder();
      await openMarket(dir).importCsv(input('TSLA'));
      const file = storedFile(dir);
      rmSync(file);
      put(file);
      const error = await rejectedBy(openMarket(dir).series({ symbol: 'TSLA' }));
      expect([error.code, error.sentence]).toEqual([
        'FILE_UNREADABLE',
        expect.stringContaining('were changed since the import; import them again'),
      ]);
    },
  );

  test.skipIf(!POSIX).each(instead)(
    'with %s in place of a card leave that import out (not on Windows)',
    async (_, put) => {
      const dir = temporaryFolder();
      await openMarket(dir).importCsv(input('TSLA'));
      put(path.join(dir, 'imports', 'bars-X.1d.json'));
      expect(await imported(dir)).toEqual(['TSLA']);
    },
  );

  test.each([
    ['an unknown', 'Mars/Olympus'],
    ['an empty', ''],
    ['an impossible', '+25:00'],
    ['an endless', 'A'.repeat(5000)],
  ])('with %s zone leave that import out, and others read', async (_, timezone) => {
    const dir = temporaryFolder();
    for (const symbol of ['TSLA', 'X']) await openMarket(dir).importCsv(input(symbol));
    const file = path.join(dir, 'imports', 'bars-X.1d.json');
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), timezone }));
    expect(await imported(dir)).toEqual(['TSLA']);
    const market = openMarket(dir);
    expect((await rejectedBy(market.series({ symbol: 'X' }, '2020-01-06'))).code).toBe('UNKNOWN_SYMBOL');
    expect((await market.series({ symbol: 'TSLA' })).time.length).toBe(2);
    await market.importCsv(input('X'));
    expect((await market.series({ symbol: 'X' })).time.length).toBe(2);
  });
});

function storedFile(dir: string): string {
  const folder = path.join(dir, 'imports');
  return path.join(folder, readdirSync(folder).find((name) => name.endsWith('.csv'))!);
}

/** Symbols of what a market that starts now finds imported. */
async function imported(dir: string): Promise<string[]> {
  const instruments = await openMarket(dir).instruments();
  return instruments.filter(({ source }) => source === 'csv').map(({ symbol }) => symbol);
}
