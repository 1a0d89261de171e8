import { expect, test } from 'vitest';
import { CsvOptions } from '../../../../shared/domain/index.ts';

test.each([
  ['GBp', 'GBX'],
  ['ZAc', 'ZAC'],
  ['gbp', 'GBP'],
  ['GBP', 'GBP'],
  ['usd', 'USD'],
])('a currency told as %s is %s: pence never become pounds', (told, meant) => {
  expect(CsvOptions.parse({ currency: told }).currency).toBe(meant);
});
