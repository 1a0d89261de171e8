import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../electron/engine/index.ts';
import { pageFiles } from '../../electron/hosts/page-files.ts';
import type { RunningServer } from '../../electron/hosts/server.ts';
import { findBrowser, launchBrowser } from '../support/browser.ts';
import { testEngine } from '../support/engine.ts';
import { row, watched } from '../support/page.ts';
import { testServer } from '../support/transports.ts';

const executable = findBrowser();
const SMALL = { width: 1024, height: 700 };

describe.skipIf(executable === null)('a restart of the server under an open page', () => {
  const page = pageFiles(path.join('out', 'renderer'));
  let engine: Engine;
  let browser: Browser;
  beforeAll(async () => {
    [engine, browser] = await Promise.all([testEngine(), launchBrowser(executable!)]);
  });
  afterAll(async () => {
    await browser?.close();
    await engine?.close();
  });

  const restarted = async (before: RunningServer) => {
    await before.close();
    return testServer(engine.router, { page, port: before.port });
  };

  it('keeps the view, asks for the new address, and goes on from there; after F5 a page says where that is', async () => {
    const before = await testServer(engine.router, { page });
    const context = await browser.newContext({ viewport: SMALL });
    const { page: open } = await watched(context, before.url);
    await row(open, 'AAPL').waitFor();
    const after = await restarted(before);
    await open.getByTestId('new-token').waitFor({ timeout: 30_000 });
    expect(await open.getByTestId('new-token').textContent()).toMatch(/restarted.*Everything stored is safe/);
    expect(await row(open, 'AAPL').isVisible()).toBe(true);
    expect(await open.getByTestId('chart-legend').isVisible()).toBe(true);
    await open.screenshot({ path: 'tests/e2e/screenshots/restarted.png' });
    await open.getByTestId('new-address').fill('nonsense');
    await open.getByTestId('open-address').click();
    await open.getByText(/neither an address/).waitFor();
    await open.getByTestId('new-address').fill(after.url);
    await open.getByTestId('open-address').click();
    await open.waitForFunction(
      () => document.querySelector('[data-testid="connection-state"]')?.getAttribute('data-state') === 'live',
    );
    await row(open, 'AAPL').waitFor();
    expect(await open.getByTestId('new-token').count()).toBe(0);
    expect(open.url()).not.toContain('token');
    const again = await restarted(after);
    for (const colorScheme of ['dark', 'light'] as const) {
      await open.emulateMedia({ colorScheme });
      for (const size of [SMALL, { width: 1440, height: 900 }]) {
        await open.setViewportSize(size);
        const answer = await open.reload();
        expect(answer?.status()).toBe(401);
        await open.getByRole('heading', { name: "This page needs the server's new address" }).waitFor();
        await open.screenshot({ path: `tests/e2e/screenshots/new-address-${colorScheme}-${size.width}.png` });
        const wide = await open.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wide).toBeLessThanOrEqual(0);
      }
    }
    await open.goto(again.url);
    await row(open, 'AAPL').waitFor();
    await context.close();
    await again.close();
  });
});
