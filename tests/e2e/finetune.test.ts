import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';
import { madeCsv } from '../unit/vision/finetune/service.ts';

const executable = findBrowser();
const SHOTS = 'tests/e2e/screenshots';
const LONG = { timeout: 240_000 };

async function openModels(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(/search/i).fill('Go to Models');
  await page.keyboard.press('Enter');
  await page.getByTestId('finetune').scrollIntoViewIfNeeded();
}

describe.skipIf(executable === null)('fine-tuning on the page', () => {
  let engine: Engine;
  let server: RunningServer;
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    engine = await testEngine();
    await engine.importCsv({ symbol: 'SWING', fileName: 'swing.csv', content: madeCsv(3000, 'swing') });
    const page = pageFiles(process.env.TEST_PAGE ?? path.join('out', 'renderer'));
    server = await testServer(engine.router, { page });
    browser = await launchBrowser(executable!);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
  });

  it.each(['dark', 'light'] as const)(
    'is tried, kept, cancelled and rolled back by keys (%s)',
    async (scheme) => {
      const own = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme });
      await own.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
      const { page, problems } = await watched(own, server.url);
      await row(page, 'AAPL').waitFor();
      await page.getByRole('button', { name: 'Latest' }).click();
      await openModels(page);

      await page.getByTestId('finetune-dry').press('Enter');
      await page.getByTestId('finetune-progress').waitFor();
      await page.getByTestId('finetune-cancel').press('Enter');
      await page.getByTestId('finetune-cancelled').waitFor();

      await page.getByTestId('finetune-symbols').fill('swing');
      await page.getByTestId('finetune-symbols').press('Enter');
      await page.getByTestId('finetune-progress').waitFor();
      await page.getByTestId('finetune-progress').screenshot({ path: `${SHOTS}/finetune-progress-${scheme}.png` });
      await page.getByText(/^Dry run: .*would be kept; nothing was stored\.$/).waitFor(LONG);
      await page.getByTestId('finetune-keep').press('Enter');
      await page.getByText(/in force as h-/).waitFor(LONG);
      expect(await page.getByTestId('finetune-result').textContent()).toMatch(/direction.*Better/);
      await page.getByTestId('heads-versions').getByText('In force').waitFor();
      await page.getByTestId('finetune').screenshot({ path: `${SHOTS}/finetune-${scheme}.png` });
      expect(await axeViolations(page)).toEqual([]);

      await page.getByTestId('heads-rollback').press('Enter');
      await page.getByTestId('heads-versions').locator('tr[data-in-force=true]').getByText('Shipped heads').waitFor();
      expect((await engine.client.models.heads.list()).inForce).toBe(null);
      expect(problems).toEqual([]);
      await own.close();
    },
    600_000,
  );
});
