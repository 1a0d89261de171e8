import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import type { Watchlist } from '../../shared/domain/index.ts';
import { ask, row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

/** 1 March 2012 is a Thursday; day and month can be mistaken for each other up to the 12th. */
const GERMAN = [
  'Datum;Er\u00f6ffnung;Hoch;Tief;Schluss',
  '01.03.2012;1.400,50;1.410,00;1.390,25;1.405,75',
  '02.03.2012;1.405,75;1.420,00;1.400,00;1.411,00',
  '05.03.2012;1.411,00;1.415,00;1.380,00;1.388,40',
].join('\n');

const lists = (page: Page) => ask<Watchlist[]>(page, 'market/watchlists');
const file = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) });

async function menu(page: Page, item: string): Promise<void> {
  await page.getByLabel('Lists', { exact: true }).click();
  await page.getByRole('menuitem', { name: item, exact: true }).click();
}

async function nameList(page: Page, item: string, name: string): Promise<void> {
  await menu(page, item);
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
}

async function add(page: Page, symbol: string): Promise<void> {
  await page.getByTestId('add-symbol').fill(symbol);
  await page
    .getByRole('option', { name: new RegExp(`^${symbol}`) })
    .first()
    .click();
  await row(page, symbol).waitFor();
}

describe.skipIf(executable === null)('lists and imports on the page', () => {
  const stage = pageStage({ acceptDownloads: true });

  it('keeps a list that is renamed in other letter case, and never takes the name of another', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await nameList(page, 'New list', 'Tech');
    await page.getByText('This list is empty.').waitFor();
    await add(page, 'AAPL');
    await add(page, 'MSFT');
    await nameList(page, 'Rename this list', 'tech');
    await page.getByText('Tech is now called tech.').waitFor();
    await row(page, 'MSFT').waitFor();
    const renamed = (await lists(page)).filter((list) => /^tech$/i.test(list.name));
    expect(renamed.map((list) => [list.name, list.items.length])).toEqual([['tech', 2]]);
    await menu(page, 'Rename this list');
    await page.getByRole('textbox', { name: 'Name' }).fill('SAMPLES');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('There is already a list of this name.').waitFor();
    await page.keyboard.press('Escape');
    expect((await lists(page)).map((list) => list.name)).toEqual(['samples', 'sp500-20', 'tech']);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('shows how a file is read before it is imported, lets it be overruled, and adds the symbol to the list', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByLabel('Watchlist', { exact: true }).first().click();
    await page.getByRole('option', { name: /^tech/ }).click();
    await page
      .getByTestId('watchlist-panel')
      .locator('input[type=file]')
      .first()
      .setInputFiles(file('dax.csv', GERMAN));
    const understood = page.getByTestId('import-understood');
    await page.getByTestId('import-bars').waitFor();
    expect(await understood.textContent()).toMatch(/semicolon.*day first.*3 daily bars/i);
    expect(await page.getByTestId('import-bars').textContent()).toContain('2012-03-05');
    await page.getByTestId('import-dateOrder').selectOption('mdy');
    await page.getByTestId('import-bars').getByText('2012-05-03').waitFor();
    expect(await understood.textContent()).toMatch(/month first/i);
    await page.getByTestId('import-dateOrder').selectOption('dmy');
    await page.getByTestId('import-currency').fill('EUR');
    await page.getByTestId('import-timezone').fill('Europe/Berl');
    await page.getByRole('option', { name: 'Europe/Berlin' }).click();
    await page.getByText(/Europe\/Berlin and EUR/).waitFor();
    await page.screenshot({ path: `${SHOTS}/import.png` });
    expect(await ask<{ source: string }[]>(page, 'market/instruments')).not.toContainEqual(
      expect.objectContaining({ source: 'csv' }),
    );
    await page.getByTestId('import-confirm').click();
    await row(page, 'DAX').waitFor();
    const instruments = await ask<Record<string, unknown>[]>(page, 'market/instruments');
    expect(instruments.find((one) => one.source === 'csv')).toMatchObject({
      ...{ symbol: 'DAX', currency: 'EUR', timezone: 'Europe/Berlin', firstDate: '2012-03-01', lastDate: '2012-03-05' },
    });
    expect((await lists(page)).find((list) => list.name === 'tech')?.items).toContainEqual({
      ...{ symbol: 'DAX', source: 'csv' },
    });
    expect(await page.getByTestId('chart-symbol').textContent()).toBe('DAX');
    expect(problems).toEqual([]);
    await page.close();
  });

  it('says why a file cannot be read so, and stores nothing of it', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    const picker = page.getByTestId('watchlist-panel').locator('input[type=file]').first();
    await picker.setInputFiles(file('bad.csv', 'this is no table of prices'));
    await page.getByRole('alert').getByText('The CSV file cannot be read').waitFor();
    expect(await page.getByTestId('import-confirm').isDisabled()).toBe(true);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('lets the user say, by keyboard alone, which column of a strange file is which', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    const picker = page.getByTestId('watchlist-panel').locator('input[type=file]').first();
    await picker.setInputFiles(file('odd.csv', 'Quand;Fin\n2012-03-01;10,5\n2012-03-02;11,5\n2012-03-05;12,5\n'));
    await page.getByRole('alert').getByText('names no column Date').waitFor();
    const date = page.getByLabel('Date', { exact: true });
    await date.focus();
    await page.keyboard.press('ArrowDown');
    expect(await date.inputValue()).toBe('1');
    await page.keyboard.press('Tab');
    await page.getByTestId('import-column-close').selectOption({ label: '2: Fin' });
    await expect.poll(() => page.getByTestId('import-understood').textContent()).toMatch(/3 daily bars, closes only/);
    await page.screenshot({ path: `${SHOTS}/import-columns.png` });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('saves a list as CSV and makes a new one of it', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByLabel('Watchlist', { exact: true }).first().click();
    await page.getByRole('option', { name: /^samples/ }).click();
    const started = page.waitForEvent('download');
    await menu(page, 'Save this list as CSV');
    const download = await started;
    expect(download.suggestedFilename()).toBe('samples.csv');
    const text = readFileSync(await download.path(), 'utf8');
    expect(text.split('\r\n').slice(0, 2)).toEqual(['symbol,source', 'AAPL,samples']);
    await page.getByTestId('list-file').setInputFiles(file('samples.csv', `${text}NOSUCH,csv\r\n`));
    await page.getByText(/7 symbols\. Left out.*NOSUCH of csv/).waitFor();
    const [own, copy] = ['samples', 'samples 2'].map(async (name) =>
      (await lists(page)).find((list) => list.name === name),
    );
    expect((await copy)?.items).toEqual((await own)?.items);
    expect(problems).toEqual([]);
    await page.close();
  });
});
