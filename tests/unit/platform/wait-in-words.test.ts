import { expect, it } from 'vitest';
import { waitInWords } from '../../../electron/engine/platform/index.ts';

it.each([
  [null, 'a few minutes'],
  [0, '1 second'],
  [1000, '1 second'],
  [1001, '2 seconds'],
  [119_000, '119 seconds'],
  [120_000, '2 minutes'],
  [7_200_000, '2 hours'],
  [200_000_000, 'more than two days'],
])('%s ms is %s', (ms, words) => {
  expect(waitInWords(ms)).toBe(words);
});
