import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { BrainnetError } from '../../../../shared/errors.ts';
import { openMarket, temporaryFolder } from '../support.ts';
import { type BadFile, CORPUS } from './corpus.ts';

/** What an import makes of a file; where it is refused, nothing may be stored. */
async function outcome({ content, options }: BadFile): Promise<BadFile['expected']> {
  const dir = temporaryFolder();
  const market = openMarket(dir);
  try {
    const report = await market.importCsv({ symbol: 'BAD', fileName: 'bad.csv', content, options });
    const { close } = await market.series({ symbol: 'BAD', source: 'csv' });
    expect(close.length).toBe(report.bars);
    return {
      closes: Array.from(close),
      notices: Object.fromEntries(report.notices.map(({ rule, bars }) => [rule, bars])),
    };
  } catch (error) {
    if (!(error instanceof BrainnetError)) throw error;
    expect(readdirSync(dir)).toEqual([]);
    return `${error.code}: ${error.message.replace('The CSV file cannot be read: ', '')}`;
  }
}

describe('a bad file is refused in a sentence or repaired with a notice', () => {
  test.each(CORPUS.map((file) => [file.name, file] as const))('%s', async (_, file) => {
    expect(await outcome(file)).toEqual(file.expected);
  });

  test('there are at least 60 of them, each of its own name', () => {
    expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length);
    expect(CORPUS.length).toBeGreaterThanOrEqual(60);
  });
});
