import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { temporaryFolder } from '../support/engine.ts';
import { damageDecisions, storeDecisions, storedDecision } from '../support/journal.ts';
import { row, watched } from '../support/page.ts';
import { type ServerProcess, startServerProcess } from '../support/server.ts';

const executable = findBrowser();
const STORED = 1500;

/** Signal confidence 0 to 1, the least and the greatest stored first, where only the newest thousand would miss them. */
const confidence = (i: number) => ({ value: i < 2 ? i : 0.2 + (i % 600) / 1000, ...METHOD });
const METHOD = { eps: 0.1, interval: null, method: 'numeric', asks: 1 } as const;
const weekly = {
  interval: '1wk',
  action: 'short',
  lastBarDate: '2012-12-24',
  asOf: '2012-12-29T05:00:00.000Z',
  knownAt: '2012-12-29T05:00:00.000Z',
} as const;

describe.skipIf(executable === null)('a long history in a real browser', () => {
  const dataDir = temporaryFolder('history');
  let server: ServerProcess;
  let browser: Browser;
  beforeAll(async () => {
    const decisions = Array.from({ length: STORED }, (_, i) => storedDecision({ confidence: confidence(i) }));
    storeDecisions(dataDir, [...decisions, storedDecision(weekly), storedDecision({ ...weekly, symbol: 'IBM' })]);
    [server, browser] = await Promise.all([startServerProcess(dataDir), launchBrowser(executable!)]);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.stop();
  });

  const first = (page: Page, column: number) =>
    page.locator(`[data-testid="history-row"] td:nth-child(${column})`).first();
  const press = (page: Page, title: string) =>
    page.getByTestId('history-panel').getByRole('button', { name: title, exact: true }).click();
  const count = (page: Page, text: string) => page.getByTestId('history-count').getByText(text).waitFor();
  const shot = (page: Page, name: string) => page.screenshot({ path: `tests/e2e/screenshots/${name}.png` });

  for (const [width, height] of [
    [1440, 900],
    [1024, 700],
  ] as const)
    for (const colorScheme of ['dark', 'light'] as const)
      it(`is sorted and paged over everything, by interval too (${width} x ${height}, ${colorScheme})`, async () => {
        const context = await browser.newContext({ viewport: { width, height }, colorScheme });
        context.setDefaultTimeout(10_000);
        await context.addInitScript(
          (scheme) => localStorage.setItem('mantine-color-scheme-value', scheme),
          colorScheme,
        );
        const { page, problems } = await watched(context, server.url);
        await count(page, '1,502');
        await press(page, 'C');
        await first(page, 5).getByText('1.00').waitFor();
        await press(page, 'C');
        await first(page, 5).getByText('0.00').waitFor();
        await page.getByRole('button', { name: 'Next page' }).click();
        await page.getByText('2 of 16').waitFor();
        await shot(page, `history-${colorScheme}-${width}`);
        await page.getByLabel('Only this interval').selectOption('1wk');
        await count(page, '2');
        await expect.poll(() => page.getByTestId('history-row').count()).toBe(2);
        expect(await row(page, 'IBM').textContent()).toContain('none');
        await page.getByTestId('history-row').first().click();
        await row(page, 'IBM').getByText('C 0.50, 1wk').waitFor();
        await row(page, 'MSFT').getByText('1wk none').waitFor();
        await shot(page, `weekly-${colorScheme}-${width}`);
        await row(page, 'MSFT').click();
        await row(page, 'MSFT').getByText('none', { exact: true }).waitFor();
        const over = await page.evaluate(() => {
          const bar = document.querySelector('[data-testid="history-panel"] > div')!;
          return bar.scrollWidth - bar.clientWidth;
        });
        expect(over).toBeLessThanOrEqual(0);
        expect(problems).toEqual([]);
        await context.close();
      });

  it('says that the journal is damaged when it becomes so', async () => {
    const folder = temporaryFolder('history');
    storeDecisions(
      folder,
      Array.from({ length: STORED }, (_, i) =>
        storedDecision({ symbol: 'IBM', source: 'yahoo', confidence: { value: 1 - i / STORED, ...METHOD } }),
      ),
    );
    const own = await startServerProcess(folder);
    onTestFinished(() => own.stop());
    const context = await browser.newContext({ viewport: { width: 1024, height: 700 } });
    context.setDefaultTimeout(10_000);
    const { page } = await watched(context, own.url);
    await count(page, '1,500');
    damageDecisions(folder);
    await press(page, 'C');
    const said = page.getByTestId('history-panel').getByRole('alert');
    await said.waitFor();
    expect(await said.textContent()).toMatch(/journal\.db is damaged; the next start sets it aside/);
    await shot(page, 'damaged');
    await context.close();
  });
});
