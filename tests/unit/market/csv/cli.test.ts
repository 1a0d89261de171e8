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
