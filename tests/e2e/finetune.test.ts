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
    await engine.importCsv({ symbol: 'SWING', fileName: 'swing.csv', content: madeCsv(1500, 'swing', 0.003) });
    const page = pageFiles(process.env.TEST_PAGE ?? path.join('out', 'renderer'));
    server = await testServer(engine.router, { page });
    browser = await launchBrowser(executable!);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
  });

  const opened = async (scheme: 'dark' | 'light') => {
    const own = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme });
    await own.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
    const { page, problems } = await watched(own, server.url);
    await row(page, 'AAPL').waitFor();
    await page.getByRole('button', { name: 'Latest' }).click();
    await openModels(page);
    const shot = (id: string, name: string) =>
      page.getByTestId(id).screenshot({ path: `${SHOTS}/${name}-${scheme}.png` });
    return { own, page, problems, shot };
  };

  it('is cancelled, tried, kept and rolled back by keys, and tells a page that is opened later of it, dark or light', async () => {
    const dark = await opened('dark');
    const { page } = dark;

    await page.getByTestId('finetune-dry').press('Enter');
    await page.getByTestId('finetune-progress').waitFor();
    await page.getByTestId('finetune-cancel').press('Enter');
    await page.getByTestId('finetune-cancelled').waitFor();

    await page.getByTestId('finetune-symbols').fill('swing');
    await page.getByTestId('finetune-symbols').press('Enter');
    await page.getByTestId('finetune-progress').waitFor();
    await dark.shot('finetune-progress', 'finetune-progress');
    await page.getByText(/^Dry run: .*would be kept; nothing was stored\.$/).waitFor(LONG);
    expect((await engine.client.models.heads.list()).versions).toEqual([]);
    await page.getByTestId('finetune-keep').press('Enter');
    await page.getByText(/in force as h-.* for SWING 1d \(csv\) and nothing else/).waitFor(LONG);

    const light = await opened('light');
    for (const one of [dark, light]) {
      await one.page.getByText(/in force as h-/).waitFor();
      const direction = one.page.getByTestId('finetune-result').getByRole('row').filter({ hasText: 'direction' });
      expect(await direction.textContent()).toMatch(/Better$/);
      await one.page.getByTestId('heads-versions').getByText('In force').waitFor();
      await one.page
        .getByText(/on SWING 1d \(csv\), validated through 20\d\d-\d\d-\d\d/)
        .first()
        .waitFor();
      expect(await one.page.getByTestId('model-heads').textContent()).toMatch(
        /^fine-tuned heads h-.* read SWING 1d \(csv\);/,
      );
      await one.shot('finetune', 'finetune');
      expect(await axeViolations(one.page)).toEqual([]);
    }

    await light.page.getByTestId('heads-rollback').press('Enter');
    for (const one of [dark, light]) {
      const versions = one.page.getByTestId('heads-versions');
      await versions.locator('tr[data-in-force=true]').getByText('Shipped heads').waitFor();
      expect(one.problems).toEqual([]);
      await one.own.close();
    }
    expect((await engine.client.models.heads.list()).inForce).toBe(null);
  }, 600_000);
});
