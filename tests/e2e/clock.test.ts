import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

const textOf = async (page: Page, id: string) => (await page.getByTestId(id).textContent()) ?? '';

describe.skipIf(executable === null)('the clock on the page', () => {
  const stage = pageStage();

  it('before the first bar leaves names in the rows, and nothing of the field before', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByTestId('history-panel').getByText('Nothing has been decided yet.').waitFor();
    await page.getByTestId('field-panel').getByText('to 2012-12-31').first().waitFor();
    await page.getByTestId('clock-input').fill('1970-01-01');
    await row(page, 'AAPL').getByText('No bars at this date').waitFor();
    expect(await row(page, 'AAPL').textContent()).toContain('Apple');
    await page.getByTestId('field-panel').getByText('0 bars up to 1970-01-01').waitFor();
    expect(await textOf(page, 'field-panel')).not.toContain('2012');
    expect(await page.getByTestId('field-gasf').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is shown again where its box was cleared and left', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    const box = page.getByTestId('clock-input');
    const before = await box.inputValue();
    expect(before).not.toBe('');
    await box.fill('');
    await page.getByTestId('chart-symbol').click();
    await expect.poll(() => box.inputValue()).toBe(before);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('at the latest bars dates rows that end apart, and a decision older than its row', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByLabel('Reset the clock to the date of the list').click();
    await row(page, 'AAPL').getByText('532.17').waitFor();
    expect(await row(page, 'AAPL').textContent()).not.toContain('2012-12-31');
    await page.getByTestId('analyze-button').click();
    await row(page, '^IXIC')
      .getByText(/long|short|hold/i)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Latest' }).click();
    await row(page, '^GSPC').getByText('2018-12-31').waitFor();
    await row(page, 'AAPL').getByText('2013-03-01').waitFor();
    expect(await row(page, 'AAPL').textContent()).toContain('2012-12-31');
    await page.screenshot({ path: `${SHOTS}/latest.png` });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('on closes adjusted at their source says so beside the price', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByLabel('Watchlist', { exact: true }).first().click();
    await page.getByRole('option', { name: /sp500-20/ }).click();
    await row(page, 'XOM').getByText('adjusted', { exact: true }).waitFor();
    await page.getByTestId('chart-legend').getByText('adjusted', { exact: true }).waitFor();
    await page.getByTestId('decision-panel').getByRole('button', { name: 'Analyze AAPL' }).click();
    await page
      .getByTestId('decision-panel')
      .getByText('137.57 USD, adjusted at the source, not the traded price')
      .waitFor({ timeout: 60_000 });
    expect(problems).toEqual([]);
    await page.close();
  });
});
