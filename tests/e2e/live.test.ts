import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { type FakeYahoo, fakeYahoo } from '../support/fake-yahoo.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();
const SHOTS = 'tests/e2e/screenshots';
const DAY = 86_400_000;

describe.skipIf(executable === null)('a live source on the page', () => {
  let yahoo: FakeYahoo;
  let engine: Engine;
  let server: RunningServer;
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    const lastDay = Date.now() - 12 * DAY;
    yahoo = fakeYahoo({ symbol: 'WIDG', name: 'Widget Works', exchange: 'NasdaqGS', lastDay });
    engine = await testEngine({ fetch: yahoo.fetch });
    server = await testServer(engine.router, { page: pageFiles(path.join('out', 'renderer')) });
    browser = await launchBrowser(executable!);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
  });

  it('is asked nothing until the user presses its name; what it finds is added, shown as old, and analyzed at a word', async () => {
    const { page, problems } = await watched(context, server.url);
    await row(page, 'AAPL').waitFor();
    await page.getByTestId('add-symbol').fill('widget');
    await page.getByText('Not among the samples and your imports').waitFor();
    expect(yahoo.asked).toEqual([]);
    await page.getByTestId('search-yahoo').click();
    const found = page.getByRole('option', { name: /^WIDG/ });
    await found.waitFor();
    expect(yahoo.asked[0]).toMatch(/search widget$/);
    expect(await found.textContent()).toMatch(/Widget Works.*NasdaqGS.*Yahoo/);
    await page.screenshot({ path: `${SHOTS}/search.png` });
    await found.click();
    await page.getByRole('button', { name: 'Latest' }).click();
    await row(page, 'WIDG')
      .getByText(/\d+ sessions behind/)
      .waitFor();
    await page
      .getByTestId('chart-legend')
      .getByText(/\d+ sessions behind/)
      .waitFor();
    await page.getByTestId('chart-notes').click();
    await page.getByText(/The last bar is \d+ sessions behind/).waitFor();
    await page.screenshot({ path: `${SHOTS}/stale.png` });
    await page.keyboard.press('Escape');
    await page.getByTestId('decision-panel').getByRole('button', { name: 'Analyze WIDG' }).click();
    await page.getByTestId('task-stale').click();
    await page.getByTestId('decision-action').waitFor({ timeout: 60_000 });
    expect(problems).toEqual([]);
    await page.close();
  });

  it('is switched on in so many words, and then finds by itself', async () => {
    const { page, problems } = await watched(context, server.url);
    await page.getByLabel('More actions').click();
    await page.getByTestId('data-sources').click();
    await page.getByText('What you type to find a symbol is sent to Yahoo').waitFor();
    await page.getByTestId('live-yahoo').click();
    await page.getByText('Live source: yahoo').waitFor();
    expect(await page.getByTestId('live-yahoo').isChecked()).toBe(true);
    await page.screenshot({ path: `${SHOTS}/data.png` });
    await page.keyboard.press('Escape');
    const before = yahoo.asked.length;
    await page.getByTestId('add-symbol').fill('widgets');
    await expect.poll(() => yahoo.asked[before]).toMatch(/search widgets$/);
    expect(await page.getByTestId('search-yahoo').count()).toBe(0);
    expect(problems).toEqual([]);
    await page.close();
  });
});
