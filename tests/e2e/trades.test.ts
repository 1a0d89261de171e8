import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axeViolations } from '../support/axe.ts';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

const trades = (page: Page) => page.getByTestId('trades');

describe.skipIf(executable === null)('manual trades, in a real browser', () => {
  const stage = pageStage();

  it('stand as pending while they are open, are closed by editing, and can be taken back and brought back', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await page.getByText('Memory', { exact: true }).first().click();
    await page.getByText('No trade yet').waitFor();
    await page.getByTestId('open-trade').click();
    await page.getByRole('form', { name: 'Log a trade' }).getByLabel('Symbol').fill('AAPL');
    await page.getByTestId('trade-entry').fill('100');
    await page.getByTestId('trade-exit').fill('110');
    expect(await page.getByTestId('trade-log').isDisabled()).toBe(true);
    await page.getByTestId('trade-exit').fill('');
    await page.getByTestId('trade-log').click();
    await trades(page).getByText('pending').waitFor();
    expect(await axeViolations(page)).toEqual([]);

    await page.getByLabel('Edit the long AAPL').click();
    const form = page.getByRole('form', { name: 'Correct a trade' });
    await form.waitFor();
    expect(await page.getByTestId('trade-entry').inputValue()).toBe('100');
    await page.getByTestId('trade-exit').fill('110,5');
    await page.getByTestId('trade-pnl').fill('9');
    await page.screenshot({ path: `${SHOTS}/trades.png` });
    await page.getByTestId('trade-log').click();
    await trades(page).getByText('110.5').waitFor();
    expect(await trades(page).getByText('pending').count()).toBe(0);

    await page.getByLabel('Take back the long AAPL').click();
    await page.getByText('No trade yet').waitFor();
    await page.getByTestId('undo').click();
    await trades(page).getByText('110.5').waitFor();
    expect(problems).toEqual([]);
    await page.close();
  });
});
