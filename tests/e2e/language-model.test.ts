import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { axeViolations } from '../support/axe.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { temporaryFolder, testEngine } from '../support/engine.ts';
import { type ModelServer, modelContent, startModelServer } from '../support/model-server.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();
const SHOTS = 'tests/e2e/screenshots';
const PHI_BYTES = 2_393_232_672;

async function openModels(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.getByPlaceholder(/search/i).fill('Go to Models');
  await page.keyboard.press('Enter');
  await page.getByTestId('language-model').scrollIntoViewIfNeeded();
}

describe.skipIf(executable === null)('the language model on the page', () => {
  let engine: Engine;
  let server: RunningServer;
  let mirror: ModelServer;
  let browser: Browser;
  const own = path.join(temporaryFolder('own'), 'mine.gguf');
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    writeFileSync(own, modelContent(5000));
    mirror = await startModelServer(1000);
    engine = await testEngine({ env: { BRAINNET_LOG: 'silent', BRAINNET_MODEL_MIRROR: mirror.address } });
    const page = pageFiles(process.env.TEST_PAGE ?? path.join('out', 'renderer'));
    server = await testServer(engine.router, { page });
    browser = await launchBrowser(executable!);
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    await engine?.close();
    mirror?.stop();
  });

  it.each(['dark', 'light'] as const)(
    'is downloaded on word only, paused, resumed and thrown away; a file is used, verified and left (%s)',
    async (scheme) => {
      await mirror.set({ claim: PHI_BYTES });
      await mirror.asked();
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: scheme });
      await context.addInitScript((name) => localStorage.setItem('mantine-color-scheme-value', name), scheme);
      const { page, problems } = await watched(context, server.url);
      await row(page, 'AAPL').waitFor();
      await openModels(page);
      const text = async (id: string) => (await page.getByTestId(id).textContent()) ?? '';

      await page.getByTestId('model-problem').waitFor();
      expect(await text('model-problem')).toMatch(/^There is no language model .*brainnet models download/);
      expect(await mirror.asked()).toEqual([]);
      await page.getByTestId('language-model').screenshot({ path: `${SHOTS}/language-model-none-${scheme}.png` });

      await page.getByTestId('model-download').press('Enter');
      await page.getByText(/^Downloading: .+ of 2\.4 GB, .+ a second, .+ left$/).waitFor();
      await page.getByTestId('language-model').screenshot({ path: `${SHOTS}/language-model-progress-${scheme}.png` });
      await page.getByTestId('model-pause').press('Enter');
      await page.getByText(/^Paused: /).waitFor();
      await page.getByTestId('model-resume').press('Enter');
      await page.getByText(/^Downloading: /).waitFor();
      expect((await mirror.asked()).map(({ range }) => range?.replace(/\d+/, 'n') ?? null)).toEqual([null, 'bytes=n-']);
      await page.getByTestId('model-cancel').press('Enter');
      await page.getByTestId('model-download').waitFor();

      await mirror.set({ html: true });
      await page.getByTestId('model-download').press('Enter');
      await page.getByTestId('model-failed').waitFor();
      expect(await text('model-failed')).toMatch(/it sends a web page instead of the model/);

      await page.getByTestId('model-path').fill(own);
      await page.getByTestId('model-path').press('Enter');
      await page.getByTestId('model-in-use').waitFor();
      expect(await text('model-in-use')).toMatch(/mine\.gguf, a file of your own.*another model than the one/);
      await page.getByTestId('model-verify').press('Enter');
      await page.getByTestId('language-model').screenshot({ path: `${SHOTS}/language-model-own-${scheme}.png` });
      expect(await axeViolations(page)).toEqual([]);
      await page.getByTestId('model-default').press('Enter');
      await page.getByTestId('model-problem').waitFor();
      expect((await engine.client.models.files.list()).inUse).toBe(null);
      expect(problems).toEqual([]);
      await context.close();
    },
    240_000,
  );
});
