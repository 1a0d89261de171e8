import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { previewCsv } from '../../../../electron/engine/market/index.ts';
import { datesOf, NOW, openCache, openMarket, rejectedBy, temporaryFolder } from '../support.ts';

const DOUBTFUL = 'Date,Close\n01/02/2020,1\n02/02/2020,2\n03/02/2020,3\n';
const input = (content: string | Uint8Array | AsyncIterable<Uint8Array>) => ({
  symbol: 'TEST',
  fileName: 'test.csv',
  content,
});
const filesOf = (dir: string) => readdirSync(path.join(dir, 'imports')).sort();

/** More than what waits in memory: 200,000 one-minute rows. */
const LARGE = `Time,Close\n${Array.from({ length: 200_000 }, (_, row) => `${new Date(Date.UTC(2019, 0, 1) + row * 60_000).toISOString()},${row + 1}`).join('\n')}\n`;

async function* streamed(text: string | Uint8Array, fail = false): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
  if (fail) throw Object.assign(new Error('the disk went'), { code: 'EIO' });
}

describe('an import is read as it was understood', () => {
  test('after a restart, without asking the file again', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv({
      ...input(DOUBTFUL),
      options: { dateOrder: 'dmy', timezone: 'Europe/Berlin', currency: 'EUR' },
    });
    const market = openMarket(dir);
    expect(await market.resolve({ symbol: 'TEST', source: 'csv' })).toMatchObject({
      interval: '1d',
      timezone: 'Europe/Berlin',
      currency: 'EUR',
    });
    expect(datesOf(await market.series({ symbol: 'TEST', source: 'csv' }))).toEqual([
      '2020-02-01',
      '2020-02-02',
      '2020-02-03',
    ]);
  });

  test('the other way, when the same bytes are imported again with other options', async () => {
    const dir = temporaryFolder();
    const cache = openCache(dir);
    const market = openMarket(dir, cache);
    await market.importCsv({ ...input(DOUBTFUL), interval: '1d', options: { dateOrder: 'dmy' } });
    await market.series({ symbol: 'TEST', source: 'csv' });
    await market.importCsv({ ...input(DOUBTFUL), interval: '1d', options: { dateOrder: 'mdy' } });
    for (const reader of [market, openMarket(dir, cache)]) {
      expect(datesOf(await reader.series({ symbol: 'TEST', source: 'csv' }))).toEqual([
        '2020-01-02',
        '2020-02-02',
        '2020-03-02',
      ]);
    }
  });

  test('an assumption stays with the bars', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv({ ...input(DOUBTFUL), interval: '1mo' });
    const { notices } = await openMarket(dir).series({ symbol: 'TEST', source: 'csv' });
    expect(notices.map(({ rule }) => rule)).toEqual(['date-order-assumed']);
  });

  test('from a card of an earlier version too', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv({ ...input('Date,Close\n2020-01-02,1\n'), interval: '1d' });
    const file = path.join(dir, 'imports', 'bars-TEST.1d.json');
    const { options: _, packed: __, sourceNotices: ___, ...earlier } = JSON.parse(readFileSync(file, 'utf8'));
    writeFileSync(file, JSON.stringify(earlier));
    expect(datesOf(await openMarket(dir).series({ symbol: 'TEST', source: 'csv' }))).toEqual(['2020-01-02']);
  });
});

describe('the bytes of an import', () => {
  test('are stored packed where they are many, and nothing else is left', async () => {
    const dir = temporaryFolder();
    const report = await openMarket(dir).importCsv(input(streamed(LARGE)));
    expect([report.bars, report.interval]).toEqual([200_000, '1m']);
    const [original, card, ...others] = filesOf(dir);
    expect([card, others]).toEqual(['bars-TEST.1m.json', []]);
    expect(gunzipSync(readFileSync(path.join(dir, 'imports', original!))).toString()).toBe(LARGE);
    const series = await openMarket(dir).series({ symbol: 'TEST', source: 'csv' });
    expect([series.time.length, series.close.at(-1)]).toEqual([200_000, 200_000]);
  });

  test('are stored as they came where they came packed', async () => {
    const dir = temporaryFolder();
    const bytes = gzipSync('Date,Close\n2020-01-02,1\n');
    await openMarket(dir).importCsv(input(bytes));
    const [original] = filesOf(dir);
    expect(original).toMatch(/\.csv\.gz$/);
    expect(readFileSync(path.join(dir, 'imports', original!)).equals(bytes)).toBe(true);
    expect(datesOf(await openMarket(dir).series({ symbol: 'TEST', source: 'csv' }))).toEqual(['2020-01-02']);
  });

  test.each([
    ['a fault in the last line', streamed(`${LARGE}2019-12-31T00:00:00Z,x\n`), 'BAD_CSV'],
    ['a source that fails', streamed(LARGE, true), undefined],
  ])('leave nothing behind after %s', async (_, content, code) => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input('Date,Close\n2020-01-02,1\n'));
    const before = filesOf(dir);
    const error = await openMarket(dir)
      .importCsv(input(content))
      .catch((reason: { code?: string }) => reason);
    expect((error as { code?: string }).code).toBe(code ?? 'EIO');
    expect(filesOf(dir)).toEqual(before);
  });

  test('that a killed process left half written are taken away by the next large import', async () => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input('Date,Close\n2020-01-02,1\n'));
    writeFileSync(path.join(dir, 'imports', 'incoming-1-1.tmp'), 'half');
    await openMarket(dir).importCsv({ ...input(streamed(LARGE)), symbol: 'LARGE' });
    expect(filesOf(dir).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test.each([
    ['turned', (bytes: Buffer) => bytes.map((byte, index) => (index === bytes.length >> 1 ? byte ^ 1 : byte))],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length >> 1)],
  ])('that were packed and then %s are said to be changed', async (_, damage) => {
    const dir = temporaryFolder();
    await openMarket(dir).importCsv(input(streamed(LARGE)));
    const file = path.join(dir, 'imports', filesOf(dir)[0]!);
    writeFileSync(file, damage(readFileSync(file)));
    const { code, sentence } = await rejectedBy(openMarket(dir).series({ symbol: 'TEST', source: 'csv' }));
    expect([code, sentence]).toEqual(['FILE_UNREADABLE', expect.stringContaining('were changed since the import')]);
  });
});

describe('a preview', () => {
  test('shows the first rows as delivered, every option in force, and stores nothing', async () => {
    const rows = Array.from({ length: 12 }, (_, day) => `${13 + day}.01.2020;${day === 1 ? '' : `${day},5`};7`);
    const preview = await previewCsv(input(['Datum;Schluss;Volumen', ...rows].join('\n')), NOW);
    expect(preview.options).toEqual({
      ...{ delimiter: ';', decimal: ',', dateOrder: 'dmy', timezone: 'America/New_York', interval: '1d' },
      ...{ header: true, currency: 'USD', acceptDamage: false },
      columns: {
        ...{ date: '1', time: '', open: '', high: '', low: '', close: '2', adjClose: '', volume: '3' },
      },
    });
    expect(preview.titles).toEqual(['Datum', 'Schluss', 'Volumen']);
    expect(preview.bars).toHaveLength(10);
    const empty = { open: null, high: null, low: null };
    expect(preview.bars.slice(0, 2)).toEqual([
      { time: Date.parse('2020-01-13'), ...empty, close: 0.5, volume: 7 },
      { time: Date.parse('2020-01-14'), ...empty, close: null, volume: 7 },
    ]);
    expect(preview.understood).toBe(
      'semicolon-separated, decimal comma, day first dates, 11 daily bars, closes only, no adjusted close (prices stay as delivered); America/New_York and USD assumed; 1 bar dropped: a price is missing.',
    );
    expect([preview.error, preview.notices.map(({ rule }) => rule)]).toEqual([null, ['price-missing']]);
  });

  test('of a file that cannot be read is its refusal', async () => {
    const preview = await previewCsv(input('Date,Close\n2020-01-02,x\n'), NOW);
    expect(preview).toEqual({
      understood: null,
      options: null,
      titles: ['Date', 'Close'],
      bars: [],
      notices: [],
      error: expect.objectContaining({ code: 'BAD_CSV' }),
    });
  });

  test('of a file without a usable bar shows how it was read', async () => {
    const { error, bars, options } = await previewCsv(input('Date,Close\n2030-01-02,1\n'), NOW);
    expect([error?.code, bars.length, options?.interval]).toEqual(['BAD_CSV', 1, '1d']);
  });
});
