import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { row, watched } from '../support/page.ts';
import { executable, pageStage, SHOTS } from '../support/stage.ts';

const SAMPLES = ['AAPL', 'IBM', 'MSFT', 'GOOG', 'FB', '^GSPC', '^IXIC'];

async function analyzeAndWait(page: Page, total: number): Promise<void> {
  await page.getByTestId('analyze-button').click();
  await page.waitForFunction(
    (count) => document.querySelectorAll('[data-testid="history-row"]').length >= count,
    total,
    { timeout: 90_000 },
  );
}

describe.skipIf(executable === null)('the page in a real browser', () => {
  const stage = pageStage({ colorScheme: 'dark' });

  it('opens on the bundled samples at the first start, with a chart and a clock that leaves outcomes ahead', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    for (const symbol of SAMPLES) await row(page, symbol).waitFor();
    expect(page.url()).not.toContain('token');
    expect(await page.getByTestId('clock-input').inputValue()).toBe('2012-12-31');
    await page.getByTestId('chart-legend').waitFor();
    await page.screenshot({ path: `${SHOTS}/first-start.png` });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('analyzes the watchlist, shows progress, and puts a decision on every row and into the history', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await row(page, 'AAPL').waitFor();
    await analyzeAndWait(page, SAMPLES.length);
    await page.getByTestId('task-run').first().waitFor();
    for (const symbol of SAMPLES) {
      await page.waitForFunction(
        (id) => /long|short|hold/i.test(document.querySelector(`[data-testid="${id}"]`)?.textContent ?? ''),
        `watchlist-row-${symbol}`,
      );
    }
    await page.screenshot({ path: `${SHOTS}/analyzed.png` });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('opens a decision and says what its confidence is and is not', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByTestId('history-row').first().click();
    await page.getByTestId('decision-action').waitFor();
    expect(await page.getByTestId('decision-action').textContent()).toMatch(/long|short|hold/i);
    expect(await page.getByTestId('decision-confidence').textContent()).toMatch(/\d\.\d\d/);
    const text = (await page.getByTestId('decision-panel').textContent()) ?? '';
    expect(text).toContain('uncalibrated (n = 0)');
    expect(text).not.toMatch(/\d\s?% (chance|probability) of (profit|winning)/i);
    await page.screenshot({ path: `${SHOTS}/decision.png` });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('finds everything again after a reload', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByTestId('history-row').first().waitFor();
    const before = await page.getByTestId('history-row').count();
    await page.reload();
    await page.getByTestId('history-row').first().waitFor();
    expect(await page.getByTestId('history-row').count()).toBe(before);
    await page.getByTestId('task-run').first().waitFor();
    expect(await row(page, 'AAPL').textContent()).toMatch(/long|short|hold/i);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('cancels half-way and keeps what was decided', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    const api = new URL('/api/', page.url()).href;
    const decidedSoFar = () =>
      page.evaluate(async (base) => (await (await fetch(`${base}system/snapshot`)).json()).decisions as number, api);
    const before = await decidedSoFar();
    const names = await page.evaluate(async (base) => {
      const instruments: { symbol: string; source: string }[] = await (await fetch(`${base}market/instruments`)).json();
      const items = instruments.map(({ symbol, source }) => ({ symbol, source }));
      const body = JSON.stringify({ name: 'everything', items, defaultAsOf: '2011-06-30' });
      await fetch(`${base}market/saveWatchlist`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      });
      return items.length;
    }, api);
    expect(names).toBe(27);
    await page.reload();
    await page.getByLabel('Watchlist', { exact: true }).first().click();
    await page.getByRole('option', { name: /everything/ }).click();
    await row(page, 'XOM').waitFor();
    await page.getByTestId('analyze-button').click();
    await page.getByTestId('task-cancel').first().click();
    await page
      .getByTestId('task-run')
      .first()
      .getByText(/cancelled/i)
      .first()
      .waitFor();
    const decided = (await decidedSoFar()) - before;
    expect(decided).toBeLessThan(27);
    expect(problems).toEqual([]);
    await page.close();
  });

  it('can be used by keyboard alone', async () => {
    const { page, problems } = await watched(stage.context, stage.server.url);
    await page.getByTestId('history-row').first().waitFor();
    await row(page, 'AAPL').focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement?.closest('[data-testid^="watchlist-row-"]') !== null);
    const before = await page.getByTestId('task-run').count();
    await page.keyboard.press('Control+Shift+A');
    await page.waitForFunction((count) => document.querySelectorAll('[data-testid="task-run"]').length > count, before);
    await page.keyboard.press('Control+K');
    await page.getByPlaceholder(/search|command/i).waitFor();
    await page.keyboard.press('Escape');
    expect(problems).toEqual([]);
    await page.close();
  });
});
