import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../support/cli.ts';
import { temporaryFolder } from '../support.ts';

const TEXT = '31.01.2020;09:00;1.234,50\n31.01.2020;09:05;1.235,50\n31.01.2020;09:10;0\n';

test('import says back what it understood, takes every overruling flag, and previews without storing', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'dax.csv');
  writeFileSync(file, TEXT, 'latin1');
  const data = ['--symbol', 'DAX', '--data-dir', path.join(dir, 'data')];
  const flags = ['--delimiter', ';', '--decimal', ',', '--date-order', 'dmy', '--timezone', 'Europe/Berlin'];
  const more = ['--interval', '5m', '--no-header', '--currency', 'eur'];
  const preview = await runCli(['--json', 'import', file, ...data, ...flags, ...more, '--preview']);
  const sentence =
    'semicolon-separated, no header, decimal comma, thousands separators, day first dates, 2 5-minute bars, closes only, no adjusted close (prices stay as delivered); Europe/Berlin and EUR; 1 bar dropped: zero or negative price.';
  expect([preview.code, preview.lines()]).toEqual([
    0,
    [expect.objectContaining({ type: 'preview', understood: sentence })],
  ]);
  expect(readdirSync(dir)).toEqual(['dax.csv']);
  const stored = await runCli(['import', file, ...data, ...flags, ...more]);
  expect([stored.code, stored.stdout.trim()]).toEqual([0, sentence]);
});

test('import refuses an option that cannot be, and a file that cannot be read, in a sentence', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'x.csv');
  writeFileSync(file, 'Date,Close\n2020-01-02,1\n2020-01-03,ten\n');
  const data = ['--symbol', 'X', '--data-dir', path.join(dir, 'data')];
  const zone = await runCli(['import', file, ...data, '--timezone', 'Mars/Olympus']);
  expect([zone.code, zone.stderr]).toEqual([1, expect.stringContaining('--timezone Mars/Olympus: a zone such as')]);
  const bad = await runCli(['import', file, ...data]);
  expect([bad.code, bad.stderr]).toEqual([1, expect.stringContaining('line 3, column Close: "ten" is not a number')]);
  expect(readdirSync(dir)).toEqual(['x.csv']);
});

const day = (row: number) => new Date(Date.UTC(2019, 0, 1 + row)).toISOString().slice(0, 10);
const STRANGE = ['Quand;Fin, du jour', ...Array.from({ length: 70 }, (_, row) => `${day(row)};${row + 100},5`)].join(
  '\n',
);

test('which column is which can be said to import, gaf and analyze', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'x.csv');
  writeFileSync(file, STRANGE);
  const columns = ['--columns', 'date=Quand, close=Fin, du jour'];
  const data = ['--data-dir', path.join(dir, 'data')];
  const preview = await runCli(['--json', 'import', file, '--symbol', 'X', ...data, ...columns, '--preview']);
  expect([preview.code, preview.lines()[0]?.options]).toEqual([
    0,
    expect.objectContaining({ columns: expect.objectContaining({ date: '1', close: '2', volume: '' }) }),
  ]);
  const gaf = await runCli(['--json', 'gaf', '--csv', file, '--columns', 'date=1,close=2']);
  expect([gaf.code, gaf.lines()[0]]).toEqual([0, expect.objectContaining({ type: 'gaf' })]);
  const bare = await runCli(['gaf', '--csv', file]);
  expect([bare.code, bare.stderr]).toEqual([1, expect.stringContaining('names no column Date')]);
  const refused = await runCli([
    'analyze',
    'X',
    '--csv',
    file,
    ...data,
    '--columns',
    'date=Quand,close=Ende',
    '--delimiter',
    ';',
  ]);
  expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('has no column "Ende"')]);
});

test('a column map that is none is refused, and flags of a file without a file', async () => {
  const map = await runCli(['gaf', '--csv', 'x.csv', '--columns', 'shut=Close']);
  expect([map.code, map.stderr]).toEqual([1, expect.stringContaining('--columns shut=Close: write pairs such as')]);
  const twice = await runCli(['gaf', '--csv', 'x.csv', '--columns', 'close=1,close=2']);
  expect([twice.code, twice.stderr]).toEqual([1, expect.stringContaining('close stands twice')]);
  const alone = await runCli(['analyze', 'AAPL', '--timezone', 'UTC']);
  expect([alone.code, alone.stderr]).toEqual([2, expect.stringContaining('go with --csv')]);
});

test('gaf and analyze say what they assume of a file', async () => {
  const dir = temporaryFolder();
  const file = path.join(dir, 'tokyo.csv');
  const days = Array.from({ length: 120 }, (_, row) => Date.UTC(2019, 0, 7 + row)).filter(
    (date) => ![0, 6].includes(new Date(date).getUTCDay()),
  );
  const rows = days.map((date, row) => `${(date - 9 * 3_600_000) / 1000},${100 + Math.sin(row)}`);
  writeFileSync(file, ['time,close', ...rows].join('\n'));
  const sentence = expect.stringContaining('that of Asia/Tokyo');
  const gaf = await runCli(['--json', 'gaf', '--csv', file]);
  expect(gaf.lines()[0]).toMatchObject({ notices: [sentence] });
  const analyze = await runCli(['analyze', '--csv', file, '--data-dir', path.join(dir, 'data')]);
  expect([analyze.code, analyze.stderr]).toEqual([0, sentence]);
});

test.each([
  ['1wk', '1wk bars are not'],
  ['1mo', '1mo bars are not'],
])('days are not taken for bars of %s by import, gaf or analyze', async (interval, words) => {
  const dir = temporaryFolder();
  const file = path.join('resources', 'samples', 'ohlcv', 'AAPL.csv');
  const data = ['--data-dir', path.join(dir, 'data')];
  const told = ['--interval', interval];
  for (const command of [
    ['gaf', '--csv', file, ...told],
    ['gaf', '--csv', file, ...told, '--as-of', '2005-03-01'],
    ['analyze', '--csv', file, ...told, ...data],
    ['import', file, '--symbol', 'X', ...told, ...data],
  ]) {
    const refused = await runCli(command);
    expect([refused.code, refused.stderr], command[0]).toEqual([
      1,
      expect.stringContaining(`its bars are 1 day apart, which ${words}`),
    ]);
  }
});
